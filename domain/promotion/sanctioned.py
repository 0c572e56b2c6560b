"""What sanctions and measures stand in the way of, on one track of one person."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self
from uuid import UUID

from msgspec.structs import replace

from domain.promotion.facts import Source
from domain.promotion.stretch import Stretch, lasting
from domain.record import Citation, Recorded, Value
from domain.regime.discipline import Purpose
from domain.sanction.facts import (
    MeasureTaken,
    ReleaseWithheld,
    RightsRestored,
    SanctionImposed,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
    Terms,
)

UNDONE = "undone"
Pause = tuple[date, date | None]


class Imposed(Value):
    """A sanction or a measure as it stands; `pauses` are its stays."""

    id: str
    source: Source
    track: str
    kind: str
    cited: Citation
    from_on: date
    until_on: date | None
    blocks: tuple[Purpose, ...]
    ladders: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    withheld_on: date | None = None
    released_on: date | None = None
    quashed: bool = False
    events: tuple[UUID, ...] = ()

    @property
    def end(self) -> date | None:
        """Return when its period ends: released or not, once it is over it is over."""
        ends = [day for day in (self.until_on, self.released_on) if day]
        return min(ends, default=None)

    def runs(self) -> Iterator[Pause]:
        """Yield when it runs: until its end, and not while it is stayed."""
        start: date | None = self.from_on
        for paused, resumed in self.pauses:
            if start and paused != resumed:
                yield start, earlier(paused, self.end)
                start = resumed and max(resumed, self.from_on)
        if start:
            yield start, self.end

    def stretches(self) -> Iterator[Stretch]:
        """Yield what it bars, and what it holds while its release is withheld.

        Of one that was quashed nothing is left, and of the findings that it rested on
        nothing either (I17): not even before its own first day.
        """
        if self.quashed:
            gone = replace(self.bar(date.min, None), source="finding", code=UNDONE)
            yield from (replace(gone, key=finding) for finding in self.findings)
            return
        yield from (self.bar(start, end) for start, end in self.runs())
        if self.withheld_on:
            over = self.until_on or self.withheld_on
            held = self.bar(over, self.released_on)
            yield replace(held, source="release", code=f"release_pending:{self.kind}")

    def bar(self, start: date, end: date | None) -> Stretch:
        return Stretch(
            source=self.source,
            key=self.id,
            code=f"live_{self.source}:{self.kind}",
            cited=self.cited,
            from_on=start,
            until_on=end,
            blocks=self.blocks,
            ladders=self.ladders,
            track=self.track,
            events=self.events,
        )


class Sanctioned(Value):
    """The sanctions and measures of one track, as far as they are in the way."""

    imposed: tuple[Imposed, ...] = ()

    def note(self, record: Recorded[Any]) -> Self:  # noqa: PLR0911, C901  one line a fact
        fact = record.fact
        match fact:
            case SanctionImposed():
                return self.added(sanction_of(fact), record)
            case MeasureTaken():
                return self.added(measure_of(fact), record)
            case SanctionPeriodRecomputed() | RightsRestored() | SanctionVaried():
                return self.changed(record, **terms_of(fact.terms))
            case SanctionQuashed():
                return self.changed(record, quashed=True)
            case SanctionReleased():
                return self.changed(record, released_on=fact.on)
            case ReleaseWithheld():
                return self.changed(record, withheld_on=fact.on)
            case SanctionStayed() | StayEnded():
                return self.stayed(record)
        return self

    def added(self, imposed: Imposed, record: Recorded[Any]) -> Self:
        news = replace(imposed, events=(record.event_id,))
        return replace(self, imposed=(*self.imposed, news))

    def changed(self, record: Recorded[Any], **changes: object) -> Self:
        def after(known: Imposed) -> Imposed:
            if known.id != record.fact.sanction:
                return known
            return replace(known, **changes, events=(*known.events, record.event_id))

        return replace(self, imposed=tuple(map(after, self.imposed)))

    def stayed(self, record: Recorded[Any]) -> Self:
        fact = record.fact
        known = [k for k in self.imposed if k.id == fact.sanction]
        pauses = known[0].pauses if known else ()
        if isinstance(fact, SanctionStayed):
            return self.changed(record, pauses=(*pauses, (fact.on, None)))
        begun = pauses[-1:]
        ended = tuple((start, fact.on) for start, _ in begun)
        return self.changed(record, pauses=(*pauses[:-1], *ended))

    def stretches(self) -> tuple[Stretch, ...]:
        return lasting(*(known.stretches() for known in self.imposed))


def sanction_of(fact: SanctionImposed) -> Imposed:
    return Imposed(
        id=fact.sanction,
        source="sanction",
        track=fact.track,
        findings=tuple(one.finding for one in fact.determined),
        **terms_of(fact.terms),
    )


def terms_of(terms: Terms) -> dict[str, Any]:
    names = ("kind", "cited", "from_on", "until_on", "blocks", "ladders")
    return {name: getattr(terms, name) for name in names}


def measure_of(fact: MeasureTaken) -> Imposed:
    """Return what a measure bars: without a period it is over on its own day."""
    return Imposed(
        id=fact.measure,
        source="measure",
        track=fact.track,
        kind=fact.kind,
        cited=fact.cited,
        from_on=fact.decided_on,
        until_on=fact.until_on or fact.decided_on,
        blocks=fact.blocks,
    )


def earlier(day: date, other: date | None) -> date:
    return min(day, other) if other else day
