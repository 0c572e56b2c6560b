"""The units that a read model keeps for itself."""

from uuid import UUID

import msgspec

from domain.unit import UnitEstablished, UnitHeadNamed, UnitMoved
from projections.models.model import Event
from projections.models.rows import Rows
from projections.statements import Statements


class UnitRow(msgspec.Struct):
    """One row of `unit`; the order of the columns is that of the SQL."""

    stream: str
    code: str
    name: str
    parent: str | None
    head: str | None
    event_id: UUID


def established(event: Event) -> UnitRow:
    fact = event.fact
    return UnitRow(
        stream=event.stream,
        code=fact.code,
        name=fact.name,
        parent=fact.parent,
        head=None,
        event_id=event.record.event_id,
    )


def moved(row: UnitRow, fact: UnitMoved) -> None:
    row.parent = fact.parent


def headed(row: UnitRow, fact: UnitHeadNamed) -> None:
    row.head = fact.head


def units(sql: Statements) -> Rows[UnitRow]:
    """Return what keeps the table `unit`; its parents are the whole hierarchy."""
    return Rows(
        sql,
        "units",
        UnitRow,
        begin={UnitEstablished: established},
        folds={UnitMoved: moved, UnitHeadNamed: headed},
    )
