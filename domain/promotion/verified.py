"""What a verification leaves open, and what was found in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self
from uuid import UUID

from msgspec.structs import replace

from domain.promotion.stretch import Stretch, day_of, found, lasting
from domain.record import Citation, Recorded, Value
from domain.verification.facts import (
    DiscrepancyDetected,
    DiscrepancyResolved,
    VerificationConcluded,
    VerificationFinding,
    VerificationOpened,
)

OPEN, CONCLUDED, UNPROVEN = "verification_open", "verified", "unproven_discrepancy"
OCCASION = "promotion"


class Doubt(Value):
    """A discrepancy that nobody has explained or proven yet."""

    discrepancy: int
    on: date
    event: UUID


class Verified(Value):
    """A verification as far as it matters to a board.

    Only one opened for a promotion holds anything up while it runs, or counts as done:
    another is no business of the board's. Discrepancies are shown while nobody has
    explained or proven them, and never bar (S1-13).
    """

    verification: str = ""
    occasion: bool = False
    relative: str | None = None
    cited: Citation | None = None
    opened_on: date | None = None
    concluded_on: date | None = None
    doubts: tuple[Doubt, ...] = ()
    findings: tuple[Stretch, ...] = ()
    events: tuple[UUID, ...] = ()

    def note(self, record: Recorded[Any]) -> Self:
        fact = record.fact
        match fact:
            case VerificationOpened():
                return self.opened(record)
            case VerificationConcluded():
                events = (*self.events, record.event_id)
                day = day_of(record)
                return replace(self, concluded_on=day, doubts=(), events=events)
            case DiscrepancyDetected():
                news = Doubt(
                    discrepancy=fact.discrepancy,
                    on=day_of(record),
                    event=record.event_id,
                )
                return replace(self, doubts=(*self.doubts, news))
            case DiscrepancyResolved(discrepancy=number):
                left = tuple(d for d in self.doubts if d.discrepancy != number)
                return replace(self, doubts=left)
            case VerificationFinding():
                made = found(record)
                return replace(self, findings=(*self.findings, made)) if made else self
        return self

    def opened(self, record: Recorded[Any]) -> Self:
        fact = record.fact
        return replace(
            self,
            verification=fact.verification,
            occasion=fact.basis == OCCASION,
            relative=fact.relative,
            cited=fact.cited,
            opened_on=day_of(record),
            events=(record.event_id,),
        )

    def stretches(self) -> tuple[Stretch, ...]:
        return lasting(self.course(), self.doubted(), self.findings)

    def course(self) -> Iterator[Stretch]:
        """Yield when it ran, and since when it is done, if it was for a promotion."""
        start, end = self.opened_on, self.concluded_on
        if start is None or not self.occasion:
            return
        yield self.stretch(OPEN, start, end)
        if end is not None and self.relative is None:
            yield self.stretch(CONCLUDED, end)

    def doubted(self) -> Iterator[Stretch]:
        if self.doubts:
            shown = self.stretch(UNPROVEN, min(doubt.on for doubt in self.doubts))
            events = tuple(doubt.event for doubt in self.doubts)
            yield replace(shown, told=False, events=events)

    def stretch(self, code: str, start: date, end: date | None = None) -> Stretch:
        return Stretch(
            source="verification",
            key=self.verification,
            code=code,
            cited=self.cited,
            from_on=start,
            until_on=end,
            events=self.events,
        )
