"""Reminds of what is due, on the days that the rulebook plans."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from psycopg import Connection

from domain.duties import SendReminder
from domain.record import Given
from domain.regime.deadline import remind_on
from domain.rulebook import Regime, regime_stream, rule_of
from projections.models.calendar import Duty, due_between
from projections.models.paging import Page
from projections.runs import Cursor
from scheduler.office import Asked, Office
from scheduler.openings import day_of
from scheduler.reads import pages

REMINDING = "remind"

Planned = Callable[[str, int, str, date], Sequence[date]]
"""Of a rulebook, its version, a rule and a due date: the day to remind of now."""


def remind(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Send the reminders whose day has come.

    The mail itself is written in reaction to the reminder. What is past its due date is
    not reminded of: it is overdue.
    """
    planned = planner(office.given(now), now)
    yesterday = now.date() - timedelta(days=1)  # somewhere it is yesterday still

    def ask(connection: Connection[Any], after: str | None) -> Page[Duty]:
        return due_between(connection, now.date(), yesterday, date.max, after=after)

    for duties, place in pages(office, ask, cursor):
        asked = [
            Asked(SendReminder(obligation=duty.stream, planned_on=day))
            for duty in duties
            for day in planned(duty.rulebook, duty.version, duty.rule, duty.due_on)
            if day not in duty.reminded
        ]
        office.carry_out(asked, job=REMINDING, now=now)
        yield place


def planner(given: Given, now: datetime) -> Planned:
    """Return what tells the day to remind of now: the latest that has come, if any has.

    Earlier days that were missed, or lay before the duty arose, are let go: one mail
    says what two would.
    """

    @cache
    def planned(rulebook: str, version: int, rule: str, due_on: date) -> Sequence[date]:
        regime = given.look(Regime(), regime_stream(rulebook))
        book, today = regime.version(version), day_of(regime, now)
        days = remind_on(rule_of(book, rule), book, due_on)
        return [day for day in days if day <= today <= due_on][-1:]

    return planned
