"""What people asked of their own records, and what of a report was released."""

from collections.abc import Sequence
from datetime import date

from domain.record import Text
from domain.records.access_request import SubjectAccessAnswered
from domain.records.correction import CorrectionDecided
from web.answers.answer import Answer, Citation, cited, taken
from web.answers.records import last
from web.matters import Matter


class AccessRequestRecord(Answer):
    """A request to see what is kept of one; `due_on` is null where no rule sets it."""

    id: str
    version: int
    person: str
    received_on: date
    due_on: date | None
    cited: Citation
    text: Text | None
    answered: bool
    outcome: str | None
    answer: Text | None
    turn_to: str | None


class CorrectionRecord(Answer):
    """A request to correct a report; granted, a note now stands beside the report."""

    id: str
    version: int
    person: str
    disclosure: str
    field: str | None
    received_on: date
    due_on: date | None
    cited: Citation
    text: Text
    decided: bool
    granted: bool | None
    answer: Text | None
    turn_to: str | None


class ReleaseRecord(Answer):
    """A decision to release fields of a report, and whether it still holds."""

    id: str
    version: int
    person: str
    disclosure: str
    fields: Sequence[str]
    to: str
    recipient: Text | None
    cited: Citation
    basis: str | None
    reasons: Text
    proportionality: Text | None
    live: bool


def access_request(matter: Matter) -> AccessRequestRecord:
    """Show a request to see what is kept of one, and how it was answered."""
    asked = matter.state.asked
    answer = last(matter, SubjectAccessAnswered)
    shown: AccessRequestRecord = taken(
        AccessRequestRecord,
        matter,
        matter.state,
        asked,
        cited=cited(asked.cited),
        outcome=answer.outcome if answer else None,
        answer=answer.text if answer else None,
        turn_to=answer.turn_to if answer else None,
    )
    return shown


def correction(matter: Matter) -> CorrectionRecord:
    """Show a request to correct a report, and how it was decided."""
    asked = matter.state.asked
    decision = last(matter, CorrectionDecided)
    shown: CorrectionRecord = taken(
        CorrectionRecord,
        matter,
        matter.state,
        asked,
        cited=cited(asked.cited),
        granted=decision.granted if decision else None,
        answer=decision.text if decision else None,
        turn_to=decision.turn_to if decision else None,
    )
    return shown


def release(matter: Matter) -> ReleaseRecord:
    """Show a decision to release fields of a report: which, to whom, and why."""
    decided = matter.state.decided
    shown: ReleaseRecord = taken(
        ReleaseRecord, matter, matter.state, decided, cited=cited(decided.cited)
    )
    return shown
