"""Whether a rulebook contradicts itself: names nobody defined, dates that never are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from domain.regime.rule_coherence import rule_faults
from domain.regime.types import Population, Rulebook

DAYS_OF_THE_WEEK = 7


def faults(book: Rulebook) -> tuple[str, ...]:
    """Return what is wrong with the rulebook: place, field, and what is allowed."""
    whole = [fault for check in CHECKS for fault in check(book)]
    single = [
        f"rule {rule.id}, {fault}"
        for rule in book.rules
        for fault in rule_faults(rule, book)
    ]
    return (*whole, *single)


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


def _doubled(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


CHECKS = (_dates, _zone, _week, _twice, _populations)
