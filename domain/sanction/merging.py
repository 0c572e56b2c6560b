"""What violations decided together come to: one kind, and what may be chosen of it."""

from collections.abc import Sequence
from datetime import date

from domain.errors import Invalid
from domain.record import Value
from domain.regime.calendar import shift
from domain.regime.discipline import SanctionKind
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.sanction.law import kind_named, rule_on, track_of, weight

MOST_WRITTEN = 9999  # what the number in a duration can be


class Executed(Value):
    """The kind of sanction that is executed, for how many violations, and why it."""

    kind: SanctionKind
    times: int = 1
    basis: str = "single"


def executed(book: Rulebook, kinds: Sequence[str]) -> Executed:
    """Return which kind is executed where each violation deserves one of *kinds*."""
    track = track_of(book)
    heaviest = max(kinds, key=lambda kind: weight(book, kind))
    found, times = kind_named(book, heaviest), list(kinds).count(heaviest)
    if len(kinds) == 1:
        return Executed(kind=found)
    if track.concurrent.rule == "one_heavier":
        return Executed(kind=heavier(book, found), basis="one_heavier")
    if times > 1 and found.period:
        return Executed(kind=found, times=times, basis="same_kind_range")
    return Executed(kind=found, basis="most_severe")


def heavier(book: Rulebook, kind: SanctionKind) -> SanctionKind:
    """Return the next grade, unless there is none, or it is never reached like that."""
    track = track_of(book)
    above = track.kinds[weight(book, kind.id) + 1 :]
    if not above or above[0].id == track.concurrent.never:
        return kind
    return above[0]


def period_for(
    book: Rulebook, done: Executed, chosen: str | None, day: date
) -> Duration | None:
    """Return the period that is chosen, or the only one there is."""
    least, basis = done.kind.period, track_of(book).concurrent.legal_basis
    if least is None:
        if chosen is not None:
            reason = f"{done.kind.id} has none"
            raise Invalid("period", reason, rule=rule_on(book, done.kind.legal_basis))
        return None
    most = longest(book, least, done.times, day)
    ends = [shift(day, each, book.calendar) for each in (least, most)]
    allowed = f"from {least} to {most}" if ends[0] < ends[1] else str(least)
    if chosen is None:
        if ends[0] < ends[1]:
            raise Invalid("period", f"choose one {allowed}", rule=rule_on(book, basis))
        return least
    period = span("period", chosen)
    if not ends[0] <= shift(day, period, book.calendar) <= ends[1]:
        reason = f"{chosen} is not {allowed}, as it is for {done.kind.id}"
        raise Invalid("period", reason, rule=rule_on(book, basis))
    return period


def least_for(
    book: Rulebook, done: Executed, chosen: str | None, day: date
) -> Duration | None:
    """Return the period that is chosen; where none is, the shortest there is."""
    return period_for(book, done, chosen or done.kind.period, day)


def longest(book: Rulebook, one: Duration, times: int, day: date) -> Duration:
    """Return the sum of so many periods, or the cap where that is less."""
    whole = Duration(f"{min(one.amount * times, MOST_WRITTEN)}{one.unit}")
    cap = track_of(book).concurrent.cap
    if times == 1 or cap is None:
        return whole
    return min(whole, cap, key=lambda each: shift(day, each, book.calendar))


def term_for(
    book: Rulebook, kind: SanctionKind, chosen: str | None, day: date
) -> Duration | None:
    """Return the term of a probation that is chosen, or the only one there is."""
    rule = rule_on(book, kind.legal_basis)
    if kind.counts_from != "rights_restored" or kind.term_min is None:
        if chosen is not None:
            raise Invalid("term", f"{kind.id} has none", rule=rule)
        return None
    least, most = kind.term_min, kind.term_max or kind.term_min
    if chosen is None:
        if least == most:
            return least
        raise Invalid("term", f"choose one from {least} to {most}", rule=rule)
    term = span("term", chosen)
    ends = [shift(day, each, book.calendar) for each in (least, term, most)]
    if ends != sorted(ends):
        reason = f"{chosen} is not from {least} to {most}"
        raise Invalid("term", reason, rule=rule)
    return term


def span(field: str, text: str) -> Duration:
    try:
        return Duration(text)
    except ValueError as error:
        raise Invalid(field, str(error), rule="durations") from None
