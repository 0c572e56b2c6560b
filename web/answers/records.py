"""What is kept of records themselves: holds, requests, releases, verifications."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from domain.record import Fact, Text
from domain.records.access_request import SubjectAccessAnswered
from domain.records.correction import CorrectionDecided
from domain.records.custody import Custody, SubjectKeyDestroyed
from domain.verification import RegisterQueried, VerificationConcluded
from web.answers.answer import Answer, Citation, cited, taken
from web.matters import Matter


class LegalHold(Answer):
    """Nothing of the person's is destroyed while it lasts."""

    hold: str
    basis: str
    review_on: date


class DestructionOrder(Answer):
    """An order that waits for a second person; see `DestroyedRecords`."""

    order: int
    basis: str
    ordered_by: str
    relative: str | None
    year: int | None


class DestroyedRecords(Answer):
    """What nobody can open any more.

    `relative`: null is the person and all relatives, "" the person alone. `year`: null
    is all there was, 0 what is kept as long as there is a file.
    """

    on: date
    basis: str
    relative: str | None
    year: int | None
    order: int | None
    cited: Sequence[Citation]


class RecordsHeld(Answer):
    """What may be done with a person's records; `id` is the person's number."""

    id: str
    version: int
    holds: Sequence[LegalHold]
    orders: Sequence[DestructionOrder]
    destroyed: Sequence[DestroyedRecords]


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


class ExportRecord(Answer):
    """An export that left the register; `sha256` is the digest of the file."""

    id: str
    version: int
    kind: str
    rows: int
    masked: bool
    purpose: str
    authority: str
    sha256: str | None


class SourceRecord(Answer):
    """A register outside that may be asked, what for, and by what law."""

    id: str
    version: int
    name: str
    purpose: str
    legal_basis: str


class VerificationRecord(Answer):
    """A check of what somebody declared: the sources asked, and what it came to."""

    id: str
    version: int
    person: str
    relative: str | None
    basis: str
    asked: Sequence[str]
    concluded: bool
    text: Text | None


F = TypeVar("F", bound=Fact)


def last(matter: Matter, kind: type[F]) -> F | None:
    """Return the last fact of a kind in the history of a matter."""
    facts = (record.fact for record in reversed(matter.history))
    return next((fact for fact in facts if isinstance(fact, kind)), None)


def custody(matter: Matter) -> RecordsHeld:
    """Show the holds on a person's records, and what of them was destroyed."""
    state: Custody = matter.state
    return RecordsHeld(
        id=matter.id,
        version=matter.version,
        holds=[taken(LegalHold, hold) for hold in state.holds.values()],
        orders=[taken(DestructionOrder, order) for order in state.orders.values()],
        destroyed=[destruction(fact) for fact in state.destroyed],
    )


def destruction(fact: SubjectKeyDestroyed) -> DestroyedRecords:
    shown: DestroyedRecords = taken(
        DestroyedRecords, fact, cited=[cited(each) for each in fact.cited]
    )
    return shown


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


def export(matter: Matter) -> ExportRecord:
    """Show what left the register in an export, without saying of whom."""
    shown: ExportRecord = taken(ExportRecord, matter, matter.state.made)
    return shown


def source(matter: Matter) -> SourceRecord:
    """Show a source that is declared now."""
    shown: SourceRecord = taken(SourceRecord, matter, matter.state.declared)
    return shown


def verification(matter: Matter) -> VerificationRecord:
    """Show a verification: whom it is about, on what ground, and what was asked."""
    facts = (record.fact for record in matter.history)
    end = last(matter, VerificationConcluded)
    shown: VerificationRecord = taken(
        VerificationRecord,
        matter,
        matter.state,
        matter.state.opened,
        asked=[fact.source for fact in facts if isinstance(fact, RegisterQueried)],
        text=end.text if end else None,
    )
    return shown
