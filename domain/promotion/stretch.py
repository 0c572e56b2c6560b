"""A stretch: something that may be in the way of a promotion, day by day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol, Self, TypeVar
from uuid import UUID

from domain.promotion.facts import Source
from domain.record import Citation, Recorded, Value
from domain.regime.discipline import Purpose
from domain.regime.scrutiny import FindingClass, Mental


class Stretch(Value):
    """What the log says of one impediment; what it bars, the law says when it is asked.

    Attributes:
        source, key, code: what it is, and which one; see `Reason`.
        cited: the rule under which it came about; None: the law that is asked says.
        from_on, until_on: from which day on, up to but not including which; None: open.
        blocks: what it stands in the way of, as it was recorded. Of an open case and of
            a finding the law cited says it.
        ladders: on which ladders it blocks a promotion; none: on all.
        review_on: when it is looked at again.
        track: the disciplinary track, of sanctions and measures.
        stage: the stage of a case that was reached.
        class_, mental: what was found.
        told: whether the person has been told: else it does not exist for them yet.
        events: the events that say so, in their order.
    """

    source: Source
    key: str
    code: str
    from_on: date
    cited: Citation | None = None
    until_on: date | None = None
    blocks: tuple[Purpose, ...] = ()
    ladders: tuple[str, ...] = ()
    review_on: date | None = None
    track: str | None = None
    stage: str | None = None
    class_: FindingClass | None = None
    mental: Mental | None = None
    told: bool = True
    events: tuple[UUID, ...] = ()

    def on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class Lasting(Protocol):
    """Something that holds from one day up to, not including, another; or for ever."""

    @property
    def from_on(self) -> date: ...
    @property
    def until_on(self) -> date | None: ...


L = TypeVar("L", bound=Lasting)


class Trail(Protocol):
    """What one stream has left of impediments; `note` copies and never refuses."""

    def note(self, record: Recorded[Any]) -> Self:
        """Return it with one more event of its stream."""

    def stretches(self) -> Sequence[Lasting]:
        """Return what is in the way, and when; nothing that never was."""


def lasting(*those: Iterable[L]) -> tuple[L, ...]:
    """Return those that last for a day at least."""
    return tuple(
        each
        for some in those
        for each in some
        if each.until_on is None or each.from_on < each.until_on
    )


def day_of(record: Recorded[Any]) -> date:
    """Return the day of the server on which it was recorded (UTC).

    What somebody claims of another day is shown, and decides nothing.
    """
    return record.recorded_at.date()


def found(record: Recorded[Any]) -> Stretch | None:
    """Return what a finding may bar; one outside all classes bars nothing by itself."""
    fact = record.fact
    return fact.class_ and Stretch(
        source="finding",
        key=fact.finding,
        code=f"finding:{fact.class_}",
        cited=fact.cited,
        from_on=day_of(record),
        class_=fact.class_,
        mental=fact.mental,
        events=(record.event_id,),
    )
