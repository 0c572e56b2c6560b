"""Which personnel somebody belongs to, day by day, as it was known."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self

from msgspec.structs import replace

from domain.person import CoveredPerson
from domain.record import Recorded, Value


class Serves(Value):
    """As what personnel somebody serves in a post: its category, and its employer's."""

    category: str | None = None
    employer_type: str = ""


class Stint(Value):
    """What personnel somebody is from one day up to, not including, another.

    `posts` are what their posts make them; None: no post of theirs has begun.
    """

    from_on: date
    until_on: date | None = None
    posts: tuple[Serves, ...] | None = None


class Served(Value):
    """The posts that somebody has held; not who it is."""

    person: CoveredPerson = CoveredPerson()

    def note(self, record: Recorded[Any]) -> Self:
        known = self.person.evolve(record.fact)
        return replace(self, person=replace(known, name="", email=None))

    def stretches(self) -> tuple[Stint, ...]:
        """Return all of time, in pieces; nothing of who is not registered."""
        return tuple(joined(self.person)) if self.person.number else ()


def personnel(person: CoveredPerson, day: date) -> tuple[Serves, ...] | None:
    """Return what the posts that somebody holds on a day make them, each kind once.

    Of who holds none, those of the last; None where there was none yet.
    """
    begun = [post for post in person.posts if post.from_on <= day]
    if not begun:
        return None
    last = max(begun, key=lambda post: post.from_on)
    held = [post for post in begun if post.holds(day)] or [last]
    known = {(post.category or "", post.employer_type) for post in held}
    return tuple(
        Serves(category=category or None, employer_type=employer)
        for category, employer in sorted(known)
    )


def joined(person: CoveredPerson) -> Iterator[Stint]:
    """Yield what the person was, from one turn of the career to the next."""
    turns = {day for post in person.posts for day in (post.from_on, post.to_on) if day}
    days = [date.min, *sorted(turns - {date.min})]
    for start, end in zip(days, [*days[1:], None], strict=True):
        posts = personnel(person, start)
        yield Stint(from_on=start, until_on=end, posts=posts)
