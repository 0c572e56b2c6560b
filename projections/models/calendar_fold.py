"""Writes the calendar: each obligation as its facts have left it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from domain.obligation import (
    ExtensionDenied,
    ExtensionGranted,
    ExtensionRequested,
    FulfilmentWithdrawn,
    JustificationRecorded,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
    ReminderSent,
)
from domain.record import Fact, Text
from projections.models.model import Event, Part, ReadModel
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard
from projections.models.rows import Rows


class ObligationRow(msgspec.Struct):
    """One row of `calendar.obligation`; the order of the columns is that of the SQL."""

    stream: str
    person: str
    rulebook: str
    version: int
    rule: str
    category: str
    legal_basis: Sequence[str]
    key: str
    trigger: str
    triggered_on: date
    first_due_on: date
    due_on: date
    raised_on: date
    nil_return: bool
    flag: str | None
    stage: str
    received_on: date | None
    days_late: int
    disclosure: str | None
    reminded: list[date]
    overdue_marked: bool
    asked_until: date | None
    justification: Text | None
    event_id: UUID


def raised(event: Event) -> ObligationRow:
    fact = event.fact
    return ObligationRow(
        stream=event.stream,
        person=fact.person,
        rulebook=fact.cited.rulebook,
        version=fact.cited.version,
        rule=fact.cited.rule,
        category=fact.category,
        legal_basis=fact.cited.legal_basis,
        key=fact.key,
        trigger=fact.trigger,
        triggered_on=fact.triggered_on,
        first_due_on=fact.due_on,
        due_on=fact.due_on,
        raised_on=event.day,
        nil_return=fact.nil_return,
        flag=fact.flag,
        stage="open",
        received_on=None,
        days_late=0,
        disclosure=None,
        reminded=[],
        overdue_marked=False,
        asked_until=None,
        justification=None,
        event_id=event.record.event_id,
    )


def reminded(row: ObligationRow, fact: ReminderSent) -> None:
    row.reminded.append(fact.planned_on)


def asked(row: ObligationRow, fact: ExtensionRequested) -> None:
    row.asked_until = fact.until


def extended(row: ObligationRow, fact: ExtensionGranted) -> None:
    row.due_on, row.asked_until, row.overdue_marked = fact.until, None, False


def denied(row: ObligationRow, _: ExtensionDenied) -> None:
    row.asked_until = None


def fulfilled(row: ObligationRow, fact: ObligationFulfilled) -> None:
    row.stage, row.days_late = "fulfilled", 0
    row.disclosure, row.received_on = fact.disclosure, fact.received_on


def fulfilled_late(row: ObligationRow, fact: ObligationFulfilledLate) -> None:
    row.stage, row.days_late = "fulfilled", fact.days_late
    row.disclosure, row.received_on = fact.disclosure, fact.received_on


def reopened(row: ObligationRow, _: FulfilmentWithdrawn) -> None:
    row.stage, row.days_late = "open", 0
    row.disclosure = row.received_on = None


def overdue(row: ObligationRow, _: ObligationBecameOverdue) -> None:
    row.overdue_marked = True


def justified(row: ObligationRow, fact: JustificationRecorded) -> None:
    row.justification = fact.text


def waived(row: ObligationRow, _: ObligationWaived) -> None:
    row.stage = "waived"


def cancelled(row: ObligationRow, _: ObligationCancelled) -> None:
    row.stage = "cancelled"


FOLDS: Mapping[type[Fact], Callable[[ObligationRow, Any], None]] = {
    ReminderSent: reminded,
    ExtensionRequested: asked,
    ExtensionGranted: extended,
    ExtensionDenied: denied,
    ObligationFulfilled: fulfilled,
    ObligationFulfilledLate: fulfilled_late,
    FulfilmentWithdrawn: reopened,
    ObligationBecameOverdue: overdue,
    JustificationRecorded: justified,
    ObligationWaived: waived,
    ObligationCancelled: cancelled,
}


class Calendar(ReadModel):
    name: ClassVar = "calendar"
    sources: ClassVar = (*ROSTER, "calendar.sql", "calendar_fold.py")
    guards: ClassVar = {**GUARDS, "obligation": Guard()}

    def build(self) -> Sequence[Part]:
        sql = self.statements("calendar.sql")
        kept = Rows(
            sql,
            "obligations",
            ObligationRow,
            begin={ObligationRaised: raised},
            folds=FOLDS,
        )
        return (*roster(self), kept)
