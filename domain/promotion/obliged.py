"""What a duty to report leaves in the way while it is overdue, and the flag it sets."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from msgspec.structs import replace

from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
)
from domain.promotion.stretch import Stretch, day_of, lasting
from domain.record import Citation, Recorded, Value

# Duties that everybody has by a calendar or a post: from a person's file alone it can
# be told where in the log they are. A board is asked about no others.
TRIGGERS = frozenset({"calendar", "appointment"})


class Obliged(Value):
    """One duty: overdue once that is recorded, until it is fulfilled or waived.

    `cited` is None of duties that are of no concern.
    """

    cited: Citation | None = None
    key: str = ""
    due_on: date = date.max
    overdue: bool = False
    until_on: date | None = None
    flag: str | None = None
    flagged_on: date = date.max
    flag_ended_on: date | None = None
    events: tuple[UUID, ...] = ()

    def note(self, record: Recorded[Any]) -> Self:  # noqa: PLR0911, C901  one line a fact
        fact = record.fact
        if isinstance(fact, ObligationRaised):
            return self.raised(record)
        if self.cited is None:
            return self
        match fact:
            case ExtensionGranted():
                return replace(self, due_on=fact.until, overdue=False, until_on=None)
            case ObligationBecameOverdue():
                return self.told(record, overdue=True, until_on=None)
            case ObligationFulfilledLate():
                return self.told(record, overdue=True, until_on=fact.received_on)
            case ObligationFulfilled() | ObligationCancelled():
                ended = self.flag_ended_on
                if isinstance(fact, ObligationCancelled):
                    ended = ended or day_of(record)
                return self.told(record, until_on=self.due_on, flag_ended_on=ended)
            case FulfilmentWithdrawn():
                return self.told(record, until_on=None)
            case ObligationWaived():
                return self.told(record, until_on=day_of(record))
        return self

    def raised(self, record: Recorded[Any]) -> Self:
        fact = record.fact
        if not concerns(fact):
            return self
        return replace(
            self,
            cited=fact.cited,
            key=f"{fact.cited.rulebook}:{fact.cited.rule}:{fact.key}",
            due_on=fact.due_on if fact.trigger in TRIGGERS else date.max,
            flag=fact.flag,
            flagged_on=min(fact.triggered_on, day_of(record)),
            events=(record.event_id,),
        )

    def told(self, record: Recorded[Any], **changes: object) -> Self:
        return replace(self, **changes, events=(*self.events, record.event_id))

    def stretches(self) -> tuple[Stretch, ...]:
        return lasting(self.late(), self.flags())

    def late(self) -> Iterator[Stretch]:
        if not self.overdue or self.due_on == date.max:
            return
        yield self.stretch(self.due_on + timedelta(days=1), self.until_on)

    def flags(self) -> Iterator[Stretch]:
        if self.flag:
            flag = self.stretch(self.flagged_on, self.flag_ended_on)
            code, events = f"flag:{self.flag}", self.events[:1]
            yield replace(flag, source="flag", code=code, events=events)

    def stretch(self, start: date, end: date | None) -> Stretch:
        return Stretch(
            source="overdue",
            key=self.key,
            code="overdue",
            cited=self.cited,
            from_on=start,
            until_on=end,
            events=self.events,
        )


def concerns(fact: ObligationRaised) -> bool:
    """Return whether a board may be asked about a duty: a regular one, or a flag."""
    return fact.trigger in TRIGGERS or fact.flag is not None
