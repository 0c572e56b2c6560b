"""What is done with records: held, destroyed, exported, verified."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from domain.record import Fact
from domain.records.custody import Custody, SubjectKeyDestroyed
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


def export(matter: Matter) -> ExportRecord:
    """Show what left the register in an export, without saying of whom."""
    shown: ExportRecord = taken(ExportRecord, matter, matter.state.made)
    return shown
