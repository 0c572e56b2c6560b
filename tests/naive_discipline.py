"""Sanctions, measures and cases by the naive way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.case import facts as case
from domain.record import Recorded
from domain.sanction.facts import (
    MeasureTaken,
    ReleaseWithheld,
    SanctionImposed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    StayEnded,
)
from tests.naive_past import Naive, Records, recorded_on

OPENING = (case.PreliminaryInquiryOpened, case.CaseReopened)
ENDING = (case.DecisionMade, case.CaseClosed, case.NoCaseFound)
STAGES: Mapping[str, type[Any]] = {
    "inquiry": case.PreliminaryInquiryOpened,
    "investigation": case.InvestigationOpened,
    "notice": case.NoticeOfAllegationsServed,
}


def sanctions(naive: Naive, asked: Any) -> None:
    for name, records in naive.by("sanction", object).items():
        facts = [record.fact for record in records]
        first = facts[0]
        if not isinstance(first, SanctionImposed):
            continue
        if any(isinstance(f, SanctionQuashed) for f in facts):
            continue
        if asked.tracks and first.track not in asked.tracks:
            continue
        terms = [f.terms for f in facts if getattr(f, "terms", None)][-1]
        if naive.blocked(terms.blocks, terms.ladders):
            period(naive, name, facts, terms)


def period(naive: Naive, name: str, facts: Sequence[Any], terms: Any) -> None:
    released = [f.on for f in facts if isinstance(f, SanctionReleased)][-1:]
    withheld = [f.on for f in facts if isinstance(f, ReleaseWithheld)][-1:]
    stays = list(stays_in(facts))

    def runs(day: date) -> bool:
        over = any(end <= day for end in (terms.until_on, *released) if end)
        stayed = any(a <= day and (b is None or day < b) for a, b in stays)
        return terms.from_on <= day and not over and not stayed

    days = {terms.until_on, *released, *(day for stay in stays for day in stay)}
    if runs(naive.day):
        until = next_not(runs, days, naive.day)
        naive.add("bars", "sanction", name, f"live_sanction:{terms.kind}", until)
    pends = withheld and (terms.until_on or withheld[0]) <= naive.day
    if pends and (not released or naive.day < released[0]):
        naive.add("holds", "release", name, f"release_pending:{terms.kind}")


def stays_in(facts: Sequence[Any]) -> Iterator[tuple[date, date | None]]:
    begun = [f.on for f in facts if isinstance(f, SanctionStayed)]
    ended: list[date | None] = [f.on for f in facts if isinstance(f, StayEnded)]
    yield from zip(begun, ended + [None] * len(begun), strict=False)


def next_not(
    holds: Callable[[date], bool], days: Iterable[date | None], day: date
) -> date | None:
    """Return the first of some days after *day* on which it does not hold."""
    later = sorted(each for each in days if each and each > day)
    return next((each for each in later if not holds(each)), None)


def measures(naive: Naive, asked: Any) -> None:
    for name, records in naive.by("measure", MeasureTaken).items():
        fact = records[0].fact
        elsewhere = asked.tracks and fact.track not in asked.tracks
        if elsewhere or name in naive.fallen():
            continue
        book = naive.cited(fact)
        ladders = ladders_of(naive, book)
        runs = fact.until_on and fact.decided_on <= naive.day < fact.until_on
        if runs and naive.blocked(fact.blocks, ladders):
            code = f"live_measure:{fact.kind}"
            naive.add("bars", "measure", name, code, fact.until_on)


def ladders_of(naive: Naive, book: Any) -> set[str]:
    """Return the ladders of all posts together; none, where one post has them all."""
    ladders: set[str] = set()
    for post in naive.posts() or ():
        names = (post.category, post.employer_type)
        rows = {row.id: set(row.ladders) for row in book.track.personnel}
        found = next((rows[name] for name in names if name in rows), None)
        if not found:
            return set()
        ladders |= found
    return ladders


def cases(naive: Naive, asked: Any) -> None:
    names = naive.by("case", case.PreliminaryInquiryOpened)
    for name, opened in names.items():
        stream = opened[0].originator_id
        records = [r for r in naive.mine if r.originator_id == stream]
        if asked.tracks:
            track = naive.cited(opened[0].fact).track
            if track is None or track.id not in asked.tracks:
                continue
        pending(naive, name, records)
        interim(naive, name, records)


def pending(naive: Naive, name: str, records: Records) -> None:
    law = naive.cited(records[0].fact).due_process
    assert law
    begins = STAGES[law.pending.from_stage]
    reached = [day_of(r) for r in records if isinstance(r.fact, begins)][:1]
    timed = (case.InvestigationOpened, case.DecisionTimeExtended)
    reviews = [r.fact.decide_by for r in records if isinstance(r.fact, timed)]
    open_ = any(naive.day in span for span in spans(list(turns(records))))
    held = naive.blocked(law.pending.blocks) and open_
    if held and reached and reached[0] <= naive.day:
        review = reviews[-1] if reviews else None
        naive.add("holds", "case", name, "open_case", None, review)


def day_of(record: Recorded[Any]) -> date:
    """Return the day that a fact of a case names, or else that of its recording."""
    names = ("opened_on", "served_on", "decided_on", "closed_on")
    days = [getattr(record.fact, name, None) for name in names]
    return next((day for day in days if day), recorded_on(record))


def turns(records: Records) -> Iterator[tuple[date, bool]]:
    """Yield on which days a case was opened, and was over."""
    now = False
    for record in records:
        opens = isinstance(record.fact, OPENING)
        if (opens and not now) or (now and isinstance(record.fact, ENDING)):
            now = opens
            yield day_of(record), now


def spans(turns: Sequence[tuple[date, bool]]) -> Iterator["Span"]:
    """Yield when something was so, from its turns in the order of the log."""
    begun: date | None = None
    for day, on in turns:
        if on:
            begun = day
        elif begun:
            yield Span(begun, day)
            begun = None
    if begun:
        yield Span(begun, date.max)


@dataclass
class Span:
    first: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end


def interim(naive: Naive, name: str, records: Records) -> None:  # noqa: C901  it is plain on purpose
    for nth, record in enumerate(records):
        fact = record.fact
        if not isinstance(fact, case.InterimMeasureImposed):
            continue
        ends = [fact.until_on] if fact.until_on else []
        review = fact.until_on
        for later in records[nth:]:
            lifts = isinstance(later.fact, case.InterimMeasureLifted)
            if lifts and later.fact.measure == fact.measure:
                ends.append(recorded_on(later))
            if isinstance(later.fact, case.CaseClosed):
                ends.append(later.fact.closed_on)
        runs = fact.from_on <= naive.day and all(naive.day < end for end in ends)
        if runs and naive.blocked(fact.blocks):
            key = f"{name}:{fact.measure.removeprefix(name + ':')}"
            naive.add("holds", "interim", key, "interim_measure", None, review)
