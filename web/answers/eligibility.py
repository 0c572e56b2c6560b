"""Whether people are eligible, with every reason and the rule behind it."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.promotion.facts import Eligibility
from domain.record import Sealed, Text
from projections.models.eligibility import Answers
from web.answers.answer import Answer, taken
from web.answers.boards import ReasonShown, reason


class Candidate(Answer):
    """Whether one person is eligible; never a score.

    NOT_ELIGIBLE `until` what bars ends (null: no end is known), HELD to be looked at
    again on `review_on`, UNDETERMINED for what is `missing`, else ELIGIBLE. Whatever
    the result is, all reasons are there; those that are only `shown` bar nothing.
    """

    person: str
    name: Text
    result: str
    until: date | None
    review_on: date | None
    missing: Sequence[str]
    reasons: Sequence[ReasonShown]


class Standing(Answer):
    """Who is eligible as of a day, as known at a position of the log.

    Asked for the same position, it says the same for ever. `unknown` are those of whom
    there is no file within your reach.
    """

    rulebook: str
    purpose: str
    ladder: str
    level: str
    as_of: date
    position: int
    candidates: Sequence[Candidate]
    unknown: Sequence[str]


def candidate(found: Eligibility, name: Sealed | str) -> Candidate:
    shown: Candidate = taken(
        Candidate,
        found,
        person=found.question.person,
        name=name,
        reasons=[reason(known) for known in found.reasons],
    )
    return shown


def answered(found: Answers, names: Mapping[str, Sealed | str]) -> Standing:
    """Show who is eligible, in the order in which they were asked about."""
    rows = [candidate(row, names[row.question.person]) for row in found.rows]
    shown: Standing = taken(Standing, found, found.asked, candidates=rows)
    return shown
