"""Whether a rulebook contradicts itself: names nobody defined, dates that never are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from domain.errors import Invalid
from domain.regime.calendar import shift
from domain.regime.duration import Duration
from domain.regime.rule_coherence import rule_faults
from domain.regime.section_coherence import section_faults
from domain.regime.types import Population, Rulebook

DAYS_OF_THE_WEEK = 7
# What was declared is kept so long, and what is kept of a person as such.
KEPT = ("retention", "retention_after_departure")
HANDLING_SPANS = (*KEPT, "subject_access", "correction", "break_glass", "delayed_by")
NO_TIME = Duration("0d")


def faults(book: Rulebook) -> tuple[str, ...]:
    """Return what is wrong with the rulebook: place, field, and what is allowed."""
    whole = [fault for check in CHECKS for fault in check(book)]
    single = [
        f"rule {rule.id}, {fault}"
        for rule in book.rules
        for fault in rule_faults(rule, book)
    ]
    return (*whole, *single, *section_faults(book))


def _dates(book: Rulebook) -> Iterator[str]:
    if book.effective_to and book.effective_to <= book.effective_from:
        yield f"effective_to: it must come after effective_from, {book.effective_from}"


def _zone(book: Rulebook) -> Iterator[str]:
    try:
        ZoneInfo(book.timezone)
    except (KeyError, ValueError, OSError):
        known = 'write one such as "Asia/Shanghai"'
        yield f"timezone: {book.timezone!r} is unknown; {known}"


def _week(book: Rulebook) -> Iterator[str]:
    if len(set(book.calendar.weekend)) == DAYS_OF_THE_WEEK:
        yield "calendar.weekend: leave at least one day of the week to work on"
    both = set(book.calendar.holidays) & set(book.calendar.working)
    if both:
        yield f"calendar: both worked and a holiday: {min(both)}"


def _twice(book: Rulebook) -> Iterator[str]:
    for name in _doubled(book.ranks):
        yield f"ranks: {name} stands there twice"
    for name in _doubled(rule.id for rule in book.rules):
        yield f"rules: the id {name} is used twice; each rule needs its own"


def _populations(book: Rulebook) -> Iterator[str]:
    named = {f"population {name}": part for name, part in book.populations.items()}
    for place, part in ({"scope": book.scope} | named).items():
        for rank in _ranks(part):
            if rank not in book.ranks:
                yield f"{place}: rank {rank} is not in ranks: {', '.join(book.ranks)}"
        yield from _population(place, part, book)


def _ranks(part: Population) -> Iterator[str]:
    yield from part.ranks
    bounds = (part.rank_at_least, part.rank_below, part.last_rank_at_least)
    yield from filter(None, bounds)


def _population(place: str, part: Population, book: Rulebook) -> Iterator[str]:
    if part == Population():
        yield f"{place}: it says nothing; write any = true for everybody"
    if part.any and part != Population(any=True, status=part.status):
        yield f"{place}: any = true leaves no room for other conditions"
    for name in part.either:
        if name not in book.populations or book.populations[name].either:
            yield f"{place}, either: {name} must be a population without an either"


def _handling(book: Rulebook) -> Iterator[str]:
    handling = book.handling
    for name in HANDLING_SPANS:
        span = getattr(handling, name)
        if span is not None and span.amount <= 0:
            yield f"handling.{name}: {span} is no length of time; write more than 0"
    if handling.break_glass and handling.break_glass.unit not in ("h", "d"):
        written = f"{handling.break_glass} is not written in hours or days"
        yield f'handling.break_glass: {written}; write one such as "24h"'
    if bool(handling.delayed_readers) != bool(handling.delayed_by):
        yield "handling.delayed_by: it goes with delayed_readers; give both or neither"


def _kept(book: Rulebook) -> Iterator[str]:
    """Yield a fault where names would be gone before what was declared under them."""
    ends = {}
    for name in KEPT:
        span = getattr(book.handling, name)
        try:
            ends[name] = shift(book.effective_from, span or NO_TIME, book.calendar)
        except Invalid:
            yield f"handling.{name}: {span} is more than a calendar can hold"
    declared, named = book.handling.retention, book.handling.retention_after_departure
    if declared and named and ends.get(KEPT[1], date.max) < ends.get(KEPT[0], date.min):
        yield f"handling.{KEPT[1]}: {named} is shorter than the retention, {declared}"


def _doubled(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


CHECKS = (_dates, _zone, _week, _twice, _populations, _handling, _kept)
