"""Which yearly duties have opened: what the rulebooks' calendars demand, and when."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from domain.matter import local_day
from domain.regime.deadline import due_on, opens_on
from domain.regime.types import Due, Rule, Rulebook
from domain.rulebook import Regime
from projections.runs import Sweep


def day_of(regime: Regime, at: datetime) -> date:
    """Return the day that it is then where the rulebook holds."""
    return local_day(regime.version(max(regime.published)), at)


def openings(regime: Regime, *, since: datetime, now: datetime) -> Iterator[Sweep]:
    """Yield the yearly duties that stand open at *now*, or opened and fell due *since*.

    A duty opens on the day its rule says, else on 1 January of the year in which it
    falls due; and not before there is a version in force that knows it. The version in
    force on that day decides, so that each rule has one opening a year.
    """
    found = [
        opening
        for number in regime.published
        for opening in _of_version(regime, regime.version(number), since, now)
    ]
    by_year = attrgetter("rule", "year")
    found.sort(key=attrgetter("rule", "year", "triggered_on"))
    for _, same in groupby(found, key=by_year):
        yield next(same)


def _of_version(
    regime: Regime, book: Rulebook, since: datetime, now: datetime
) -> Iterator[Sweep]:
    first, today = local_day(book, since), local_day(book, now)
    for rule in book.rules:
        if rule.trigger != "calendar":
            continue
        for year in range(first.year - 1, today.year + 2):
            opening = _opening(book, rule, year)
            open_now = opening and opening.triggered_on <= min(today, opening.due_on)
            if opening and open_now and opening.due_on >= first:
                decisive = regime.in_force(opening.triggered_on)
                if decisive and decisive.version == book.version:
                    yield opening


def _opening(book: Rulebook, rule: Rule, year: int) -> Sweep | None:
    """Return the duty that falls due in the year; of a fixed day only in its year."""
    due = due_on(rule, book, {}, year=year)
    if due.year != year and not (rule.due and _yearly(rule.due)):
        return None
    opens = opens_on(rule, book, due) or date(year, 1, 1)
    return Sweep(
        rulebook=book.id,
        rule=rule.id,
        key=str(year),
        year=year,
        triggered_on=max(opens, book.effective_from),
        due_on=due,
        anchors={},
    )


def _yearly(due: Due) -> bool:
    return bool(due.yearly) or any(map(_yearly, (*due.earliest, *due.latest)))
