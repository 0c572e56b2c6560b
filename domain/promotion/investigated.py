"""What a case holds up while it is open, stage by stage, and by interim measures."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self
from uuid import UUID

from msgspec.structs import replace

from domain.case.facts import (
    CaseClosed,
    CaseFinding,
    CaseReopened,
    DecisionMade,
    DecisionTimeExtended,
    InterimMeasureImposed,
    InterimMeasureLifted,
    InvestigationOpened,
    NoCaseFound,
    NoticeOfAllegationsServed,
    PreliminaryInquiryOpened,
)
from domain.promotion.stretch import Stretch, day_of, found, lasting
from domain.record import Citation, Recorded, Value


class Reached(Value):
    """A stage that a case has reached, on which day, and under which rule."""

    stage: str
    on: date
    cited: Citation
    event: UUID


class Span(Value):
    """A time for which the case is open: up to, not including, its determination."""

    from_on: date
    until_on: date | None = None
    events: tuple[UUID, ...] = ()


class Investigated(Value):
    """A case as far as it is in the way; decided, it is not: what it led to may be.

    Of its findings only those bar that its decision rests on: nothing comes of others.
    """

    case: str = ""
    reached: tuple[Reached, ...] = ()
    spans: tuple[Span, ...] = ()
    review_on: date | None = None
    interim: tuple[Stretch, ...] = ()
    findings: tuple[Stretch, ...] = ()
    rests_on: tuple[str, ...] = ()

    def note(self, record: Recorded[Any]) -> Self:  # noqa: PLR0911, C901  one line a fact
        fact = record.fact
        match fact:
            case PreliminaryInquiryOpened():
                day = day_of(record)
                named = replace(self, case=fact.case).opened(record, day)
                return named.at("inquiry", record, day)
            case InvestigationOpened():
                known = replace(self, review_on=fact.decide_by)
                return known.at("investigation", record, fact.opened_on)
            case DecisionTimeExtended():
                return replace(self, review_on=fact.decide_by)
            case NoticeOfAllegationsServed():
                return self.at("notice", record, fact.served_on).undecided()
            case InterimMeasureImposed():
                return replace(self, interim=(*self.interim, self.measure(record)))
            case InterimMeasureLifted():
                return self.lifted(record, day_of(record), fact.measure)
            case CaseFinding():
                news = found(record)
                return replace(self, findings=(*self.findings, news)) if news else self
            case NoCaseFound():
                return self.ended(record, day_of(record)).undecided()
            case DecisionMade():
                decided = self.ended(record, fact.decided_on)
                return replace(decided, rests_on=fact.findings)
            case CaseClosed():
                closed = self.ended(record, fact.closed_on)
                return closed.lifted(record, fact.closed_on)
            case CaseReopened():
                return self.opened(record, fact.opened_on).undecided()
        return self

    def opened(self, record: Recorded[Any], day: date) -> Self:
        if self.spans and self.spans[-1].until_on is None:
            return self
        span = Span(from_on=day, events=(record.event_id,))
        return replace(self, spans=(*self.spans, span))

    def ended(self, record: Recorded[Any], day: date) -> Self:
        if not self.spans or self.spans[-1].until_on is not None:
            return self
        last = self.spans[-1]
        events = (*last.events, record.event_id)
        over = replace(last, until_on=day, events=events)
        return replace(self, spans=(*self.spans[:-1], over))

    def undecided(self) -> Self:
        """Return it without what was found, of which nothing can come any more."""
        return replace(self, findings=(), rests_on=())

    def at(self, stage: str, record: Recorded[Any], day: date) -> Self:
        """Return it with a stage reached; what was reached once stays so."""
        if stage in [known.stage for known in self.reached]:
            return self
        news = Reached(
            stage=stage, on=day, cited=record.fact.cited, event=record.event_id
        )
        return replace(self, reached=(*self.reached, news))

    def measure(self, record: Recorded[Any]) -> Stretch:
        fact = record.fact
        own = fact.measure.startswith(f"{self.case}:")
        return Stretch(
            source="interim",
            key=fact.measure if own else f"{self.case}:{fact.measure}",
            code="interim_measure",
            cited=fact.cited,
            from_on=fact.from_on,
            until_on=fact.until_on,
            blocks=fact.blocks,
            review_on=fact.until_on,
            events=(record.event_id,),
        )

    def lifted(
        self, record: Recorded[Any], day: date, measure: str | None = None
    ) -> Self:
        """Return it with one interim measure lifted, or all that still run."""

        def after(known: Stretch) -> Stretch:
            meant = measure is None or known.key in (measure, f"{self.case}:{measure}")
            if not meant or not known.on(max(day, known.from_on)):
                return known
            events = (*known.events, record.event_id)
            return replace(known, until_on=day, events=events)

        return replace(self, interim=tuple(map(after, self.interim)))

    def stretches(self) -> tuple[Stretch, ...]:
        interim = (replace(each, told=self.told) for each in self.interim)
        stand = (each for each in self.findings if each.key in self.rests_on)
        return lasting(self.pending(), interim, stand)

    @property
    def told(self) -> bool:
        """Return whether notice was served: before, nobody tells the person of it."""
        return "notice" in [known.stage for known in self.reached]

    def pending(self) -> Iterator[Stretch]:
        """Yield, for each stage, when the case was open and had come so far."""
        for span in self.spans:
            for reached in self.reached:
                yield self.open(reached, span)

    def open(self, reached: Reached, span: Span) -> Stretch:
        events = dict.fromkeys((span.events[0], reached.event, *span.events))
        return Stretch(
            source="case",
            key=self.case,
            code="open_case",
            cited=reached.cited,
            from_on=max(span.from_on, reached.on),
            until_on=span.until_on,
            review_on=self.review_on,
            stage=reached.stage,
            told=self.told,
            events=tuple(events),
        )
