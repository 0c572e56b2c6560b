"""What is held of a person, from a hold's placing to its lifting."""

from typing import Any, Self

from msgspec.structs import replace

from domain.hold import (
    HoldLifted,
    HoldNotified,
    HoldOverridden,
    HoldPlaced,
    HoldReviewed,
)
from domain.promotion.stretch import Stretch, day_of, lasting
from domain.record import Recorded, Value

OVERRIDDEN = "hold_overridden"


class Held(Value):
    """All holds of one person, as far as they are in the way.

    A hold on one document holds up that document and nothing else. What one override
    lets through once is shown, and the hold stays.
    """

    holds: tuple[Stretch, ...] = ()
    overridden: tuple[Stretch, ...] = ()

    def note(self, record: Recorded[Any]) -> Self:
        fact = record.fact
        match fact:
            case HoldPlaced():
                whole = fact.type != "document" or fact.target is None
                news = (placed(record),) if whole else ()
                return replace(self, holds=(*self.holds, *news))
            case HoldNotified():
                return self.changed(record, told=True)
            case HoldReviewed():
                return self.changed(record, review_on=fact.review_on)
            case HoldLifted():
                return self.changed(record, until_on=fact.on)
            case HoldOverridden():
                return self.override(record)
        return self

    def changed(self, record: Recorded[Any], **changes: object) -> Self:
        def after(known: Stretch) -> Stretch:
            if known.key != record.fact.hold:
                return known
            return replace(known, **changes, events=(*known.events, record.event_id))

        return replace(self, holds=tuple(map(after, self.holds)))

    def override(self, record: Recorded[Any]) -> Self:
        news = [
            replace(
                known,
                code=f"{OVERRIDDEN}:{record.fact.target}",
                from_on=day_of(record),
                until_on=None,
                review_on=None,
                events=(record.event_id,),
            )
            for known in self.holds
            if known.key == record.fact.hold
        ]
        return replace(self, overridden=(*self.overridden, *news))

    def stretches(self) -> tuple[Stretch, ...]:
        return lasting(self.holds, self.overridden)


def placed(record: Recorded[Any]) -> Stretch:
    fact = record.fact
    return Stretch(
        source="hold",
        key=fact.hold,
        code=f"hold:{fact.type}:{fact.basis}",
        cited=fact.cited,
        from_on=fact.from_on,
        blocks=fact.blocks,
        review_on=fact.review_on,
        told=False,
        events=(record.event_id,),
    )
