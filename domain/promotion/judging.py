"""Whether somebody is eligible: the law applied to what is in the way, and no score."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from domain.promotion.applied import Applied, Books, Effect
from domain.promotion.facts import Eligibility, Question, Reason, Result
from domain.promotion.served import Serves
from domain.promotion.stretch import Stretch
from domain.regime.types import Rulebook

# The worst first: all reasons are listed, and the worst of them makes the result.
RESULTS: tuple[tuple[Effect, Result], ...] = (
    ("bars", "NOT_ELIGIBLE"),
    ("holds", "HELD"),
    ("missing", "UNDETERMINED"),
)
ORDER = {"bars": 0, "holds": 1, "missing": 2, "shown": 3}


class Judge:
    """One question under one law, to be answered of many people.

    What bars comes before what holds, and that before what is missing: NOT_ELIGIBLE
    until the last end of what bars that day, None where one of them has none; HELD, to
    be looked at again on the first day that is set for it; UNDETERMINED. All reasons
    are listed whatever the result is.
    """

    def __init__(self, question: Question, book: Rulebook, books: Books) -> None:
        """Ask it.

        Args:
            question: for what, as of which day; of nobody in particular.
            book: the rulebook on eligibility that is in force on that day.
            books: returns the rulebook that a stretch cites.
        """
        self.question, self.applied = question, Applied(question, book, books)

    def judge(
        self,
        person: str,
        posts: Sequence[Serves] | None,
        stretches: Sequence[Stretch],
    ) -> Eligibility:
        """Return whether a person is eligible on the day, with every reason.

        Args:
            person: the personnel number.
            posts: as what personnel the person serves on that day, post by post;
                None: no post of theirs is known.
            stretches: all that is recorded of the person; of other days too.
        """
        found = self.applied.reasons(person, posts or (), stretches)
        reasons = tuple(sorted(found, key=order))
        missing = [r.code for r in reasons if r.effect == "missing"]
        if posts is None:
            missing.append("post")
        return Eligibility(
            question=replace(self.question, person=person),
            result=result_of(reasons, missing),
            until=last_end([r.until_on for r in reasons if r.effect == "bars"]),
            review_on=first_look(reasons),
            missing=tuple(missing),
            reasons=reasons,
        )


def order(reason: Reason) -> tuple[int, str, str, str, date]:
    begins = reason.from_on or date.min
    return (ORDER[reason.effect], reason.source, reason.key, reason.code, begins)


def result_of(reasons: Sequence[Reason], missing: Sequence[str]) -> Result:
    effects: set[str] = {reason.effect for reason in reasons}
    for effect, result in RESULTS:
        if effect in effects or (effect == "missing" and missing):
            return result
    return "ELIGIBLE"


def last_end(ends: Sequence[date | None]) -> date | None:
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def first_look(reasons: Sequence[Reason]) -> date | None:
    days = [r.review_on for r in reasons if r.effect == "holds" and r.review_on]
    return min(days, default=None)
