"""Questions to the calendar: what is due, overdue, late, and to be reminded of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple
from uuid import UUID

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import (
    FIRST_DAY,
    FIRST_STREAM,
    LAST_DAY,
    LAST_STREAM,
    LIMIT,
    MOST,
    Page,
    given,
    page,
    place,
    size,
)
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("calendar_questions.sql"))
Stage = Literal["open", "fulfilled", "waived", "cancelled"]
Sort = Literal["due_on", "-due_on", "days_late", "-days_late", "person"]
# What is late by more days was due earlier.
ORDERS: Mapping[Sort, str] = {
    "due_on": "then_earliest_first",
    "-due_on": "then_latest_first",
    "days_late": "then_latest_first",
    "-days_late": "then_earliest_first",
    "person": "then_by_person",
}


class Key(NamedTuple):
    """What a list is sorted by; the person in one of the orders alone."""

    person: str
    day: date
    stream: UUID


START: Mapping[str, Key] = {
    "then_earliest_first": Key("", FIRST_DAY, FIRST_STREAM),
    "then_latest_first": Key("", LAST_DAY, LAST_STREAM),
    "then_by_person": Key("", FIRST_DAY, FIRST_STREAM),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation, and whose it is; the order of the fields is that of the SQL.

    `unit` and `rank` are the person's on the day that was asked about. `days_late`
    counts to the receipt, and while the obligation is open to that day. `reminded` has
    the planned days for which a reminder went out. What is `Said` may be sealed.
    """

    stream: UUID
    person: str
    name: Said
    email: Said | None
    unit: str | None
    unit_name: str | None
    rank: str | None
    rulebook: str
    version: int
    rule: str
    category: str
    legal_basis: list[str]
    key: str
    trigger: str
    triggered_on: date
    first_due_on: date
    due_on: date
    raised_on: date
    nil_return: bool
    flag: str | None
    stage: Stage
    received_on: date | None
    days_late: int
    disclosure: str | None
    reminded: list[date]
    overdue_marked: bool
    asked_until: date | None
    justification: Said | None
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which obligations: every condition that is given must hold.

    Attributes:
        unit: the unit, with all units below it.
        due_from, due_to: the first and the last due date.
        late: the least number of days by which it came late, or is late by now.
        unmarked: leave out what was marked overdue.
    """

    stage: Stage | None = None
    stream: UUID | None = None
    person: str | None = None
    unit: str | None = None
    category: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    late: int | None = None
    unmarked: bool = False


ALL = Which()


def duties(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    sort: Sort = "due_on",
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Duty]:
    """Return a page of obligations.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        which: which obligations.
        sort: by what; a minus reverses it.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    then = ORDERS[sort]
    person, day, stream = place(after, then, Key, START[then])
    conditions = given(which)
    values = {
        **conditions,
        "today": today,
        "after_person": person,
        "after_day": day,
        "after_stream": stream,
    }
    asked = [
        "open" if name == "stage" and which.stage == "open" else name
        for name in conditions
    ]
    question = SQL.asking("select_duties", asked, then, size(limit))
    rows = answers(connection, question, values, Duty)
    return page(rows, limit, then, lambda row: (row.person, row.due_on, row.stream))


def overdue(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    sort: Sort = "-days_late",
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Duty]:
    """Return a page of what is open and past its due date; see `duties`."""
    latest = today - timedelta(days=max(which.late or 1, 1))
    due_to = min(latest, which.due_to or latest)
    open_ones = replace(which, stage="open", late=None, due_to=due_to)
    return duties(connection, today, open_ones, sort=sort, after=after, limit=limit)


def late(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    sort: Sort = "due_on",
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Duty]:
    """Return a page of what was fulfilled after its due date; see `duties`."""
    least = max(which.late or 1, 1)
    done = replace(which, stage="fulfilled", late=least)
    return duties(connection, today, done, sort=sort, after=after, limit=limit)


def due_between(
    connection: Connection[Any],
    today: date,
    first: date,
    last: date,
    *,
    after: str | None = None,
    limit: int = MOST,
) -> Page[Duty]:
    """Return a page of what is open and due from one day to another, both included."""
    which = Which(stage="open", due_from=first, due_to=last)
    return duties(connection, today, which, after=after, limit=limit)


def open_due_before(
    connection: Connection[Any],
    today: date,
    *,
    after: str | None = None,
    limit: int = MOST,
) -> Page[Duty]:
    """Return a page of what is open, past its due date, and not yet marked overdue."""
    which = Which(unmarked=True)
    return overdue(connection, today, which, after=after, limit=limit)


def duty(connection: Connection[Any], today: date, stream: UUID) -> Duty | None:
    """Return the obligation of this stream, if there is one."""
    found = duties(connection, today, Which(stream=stream), limit=1)
    return next(iter(found.rows), None)
