"""Whether a disciplinary track and its due process can be carried out as written."""

from collections.abc import Iterable, Iterator
from datetime import date

from domain.errors import Invalid
from domain.regime.calendar import shift
from domain.regime.discipline import SanctionKind, Track
from domain.regime.duration import Duration
from domain.regime.types import Rulebook


def track_faults(book: Rulebook) -> Iterator[str]:
    """Yield what is wrong with the track and its due process: what is allowed."""
    if book.track is not None:
        yield from _kinds(book.track, book)
        yield from _parts(book.track)
        yield from _others(book.track, book)
    process = book.due_process
    if process and process.extended_by and not process.decide_within:
        yield "due_process, extended_by: it goes with decide_within; give both"


def _kinds(track: Track, book: Rulebook) -> Iterator[str]:
    for place, name in _named(track):
        kinds = [kind.id for kind in track.kinds]
        if name not in kinds:
            yield f"track, {place}: {name} is not one of the kinds: {_list(kinds)}"
    for kind in track.kinds:
        for fault in _kind(kind, book):
            yield f"track, kinds {kind.id}.{fault}"


def _parts(track: Track) -> Iterator[str]:
    for violation in track.violations:
        if not violation.tiers or not all(violation.tiers.values()):
            missing = "name at least one tier, and at least one kind in each"
            yield f"track, violations {violation.id}.tiers: {missing}"
    for measure in track.measures:
        if bool(measure.blocks) != bool(measure.period):
            goes = "it goes with blocks; give both or neither"
            yield f"track, measures {measure.id}.period: {goes}"


def _named(track: Track) -> Iterator[tuple[str, str]]:
    """Yield every place in which a kind of sanction is named, and its name."""
    change = track.personnel_change
    lists = {f"personnel {p.id}.kinds": p.kinds for p in track.personnel}
    for row in track.violations:
        lists |= {f"violations {row.id}.tiers {t}": k for t, k in row.tiers.items()}
    lists["concurrent.never"] = tuple(filter(None, [track.concurrent.never]))
    lists["personnel_change.kinds"] = change.kinds if change else ()
    for place, names in lists.items():
        for name in names:
            yield place, name


def _kind(kind: SanctionKind, book: Rulebook) -> Iterator[str]:
    if kind.for_ever and kind.period:
        yield "period: what blocks for ever has none; give one of them"
    if kind.blocks and not (kind.for_ever or kind.period):
        yield "period: say how long it blocks, or for_ever = true"
    if not kind.blocks and (kind.for_ever or kind.period):
        yield "blocks: name what it blocks meanwhile"
    yield from _term(kind, book)


def _term(kind: SanctionKind, book: Rulebook) -> Iterator[str]:
    if kind.counts_from == "decision":
        if kind.term_min or kind.term_max:
            yield 'term_min, term_max: they go with counts_from = "rights_restored"'
        return
    if not kind.period:
        yield "period: say how long it runs once rights are restored"
    if not (kind.term_min and kind.term_max):
        yield "term_min, term_max: say how long until rights are restored"
    elif _longer(kind.term_min, kind.term_max, book):
        yield f"term_min: {kind.term_min} is longer than term_max, {kind.term_max}"


def _others(track: Track, book: Rulebook) -> Iterator[str]:
    if track.sequential.rule == "apart" and track.sequential.cap:
        yield 'track, sequential.cap: it goes with rule = "remainder_plus_new"'
    if track.concurrent.rule == "one_heavier" and track.concurrent.cap:
        yield 'track, concurrent.cap: it goes with rule = "most_severe"'
    if track.concurrent.rule == "most_severe" and track.concurrent.never:
        yield 'track, concurrent.never: it goes with rule = "one_heavier"'
    change = track.personnel_change
    if change and change.at_most and _longer(change.within, change.at_most, book):
        longer = f"{change.within} is longer than at_most, {change.at_most}"
        yield f"track, personnel_change.within: {longer}"


def _longer(one: Duration, other: Duration, book: Rulebook) -> bool:
    """Return whether *one* is the longer, counted from the day the book begins."""
    try:
        return _end(one, book) > _end(other, book)
    except Invalid:  # said where all lengths of time are looked at
        return False


def _end(span: Duration, book: Rulebook) -> date:
    return shift(book.effective_from, span, book.calendar)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
