"""What a decision on appeal has undone: it stands in nobody's way, nor ever did."""

from datetime import date
from typing import Any, Self

from msgspec.structs import replace

from domain.appeal import AppealDecided
from domain.promotion.sanctioned import UNDONE
from domain.promotion.stretch import Stretch, lasting
from domain.record import Recorded, Value


class Appealed(Value):
    """The findings and measures that fell with a decision that imposed no sanction."""

    undone: tuple[Stretch, ...] = ()

    def note(self, record: Recorded[Any]) -> Self:
        fact = record.fact
        if not isinstance(fact, AppealDecided):
            return self
        fallen = tuple(
            Stretch(
                source="finding",
                key=name,
                code=UNDONE,
                from_on=date.min,
                cited=fact.cited,
                events=(record.event_id,),
            )
            for name in fact.undone
        )
        return replace(self, undone=fallen)

    def stretches(self) -> tuple[Stretch, ...]:
        return lasting(self.undone)
