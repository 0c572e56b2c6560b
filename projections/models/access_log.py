"""Questions to the access log: who was shown whose data, and what was unusual."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import LIMIT, Page, given, page, place, size
from projections.statements import Statements

HERE = Path(__file__).parent
SQL = Statements(HERE / "access_log_questions.sql")
VOLUMES = Statements(HERE / "volume_questions.sql")
Happening = Literal["read", "glass_broken", "glass_reviewed"]
LAST_POSITION = 2**62
NEWEST, BY_DAY = "-position", "-day"


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as the person sees it whose data were shown; the order is the SQL's."""

    position: int
    at: datetime
    reader: str
    role: str
    event: Happening
    what: str
    key: str
    purpose: str
    authority: str
    classes: list[str]
    fields: list[str]
    masked: bool
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Access:
    """An entry as an auditor sees it; the order of the fields is that of the SQL.

    Attributes:
        relative, superior: what the person was to the reader, as the log had it then.
        unassigned: a reviewer read a report that they had not been given.
        break_glass: it was shown because somebody broke the glass.
        volume: of how many persons the reader was shown data on that day (UTC).
        shown_from: from when on the person sees the entry.
    """

    position: int
    at: datetime
    reader: str
    reader_name: Said | None
    role: str
    event: Happening
    what: str
    key: str
    person: str
    name: Said | None
    purpose: str
    authority: str
    classes: list[str]
    fields: list[str]
    masked: bool
    own: bool
    reason: Said | None
    relative: bool
    superior: bool
    unassigned: bool
    break_glass: bool
    volume: int
    shown_from: datetime
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which entries: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands today, with all units below it.
        since, until: from this time on, and before that.
        others: leave out what people were shown of themselves.
        unusual: only what is: read by a relative or a subordinate, without assignment,
            or by breaking the glass.
        many: what a reader was shown on a day of more persons than that is unusual too.
    """

    person: str | None = None
    unit: str | None = None
    reader: str | None = None
    role: str | None = None
    what: str | None = None
    key: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    others: bool = False
    unusual: bool = False
    many: int | None = None


ALL = Which()


def seen(
    connection: Connection[Any],
    person: str,
    now: datetime,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Seen]:
    """Return a page of who else was shown a person's data: for that person.

    What a rulebook delays comes later, and nothing is ever left out for good.

    Args:
        connection: as probity_web, which may see what is about the person.
        person: the personnel number.
        now: the time, for what is delayed.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    behind = place(after, NEWEST, int, LAST_POSITION)
    values = {"person": person, "now": now, "after": behind, "limit": size(limit)}
    rows = answers(connection, SQL["select_seen"], values, Seen)
    return page(rows, limit, NEWEST, lambda row: row.position)


def accesses(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Access]:
    """Return a page of the access log, for an auditor; the newest first.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        which: which entries.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    start = (LAST_POSITION, "")
    position, person = place(after, NEWEST, tuple[int, str], start)
    values = given(which)
    conditions = [name for name in values if name != "many"]
    if which.unusual and which.many is not None:
        conditions[conditions.index("unusual")] = "unusual_or_many"
    behind = {"after_position": position, "after_person": person}
    values |= {**behind, "today": today}
    question = SQL.asking("select_shown", conditions, "then_newest_first", size(limit))
    rows = answers(connection, question, values, Access)
    return page(rows, limit, NEWEST, lambda row: (row.position, row.person))


@dataclass(frozen=True, slots=True)
class Volume:
    """How much a reader was shown on one day (UTC), of others than themself.

    `reads` is how often; `persons` counts each person each time.
    """

    reader: str
    reader_name: Said | None
    day: date
    reads: int
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Which days of which reader; `least` is the least number of persons."""

    reader: str | None = None
    first: date | None = None
    last: date | None = None
    least: int | None = None


def volumes(
    connection: Connection[Any],
    which: Days,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Volume]:
    """Return a page of how much readers were shown, the last day first.

    Args and errors are those of `accesses`.
    """
    day, reader = place(after, BY_DAY, tuple[date, str], (date.max, ""))
    conditions = given(which)
    values = {**conditions, "after_day": day, "after_reader": reader}
    ending = ("then_last_day_first", size(limit))
    question = VOLUMES.asking("select_volumes", conditions, *ending)
    rows = answers(connection, question, values, Volume)
    return page(rows, limit, BY_DAY, lambda row: (row.day, row.reader))
