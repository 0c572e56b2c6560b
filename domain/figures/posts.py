"""Under which rank and unit somebody counts on a day."""

from datetime import date

from domain.person import CoveredPerson, Post


def post_then(person: CoveredPerson, day: date) -> Post | None:
    """Return the post held on the day; of whoever held none, the last before."""
    post = person.post_on(day)
    if post is None:
        ended = [p for p in person.posts if p.to_on and p.from_on < p.to_on <= day]
        post = max(ended, key=lambda p: (p.to_on, p.from_on), default=None)
    return post
