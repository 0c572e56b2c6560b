"""Searches all filings, and never finds one that whoever asks may not read (S1-20)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import (
    LAST_DAY,
    LAST_STREAM,
    LIMIT,
    Page,
    given,
    page,
    place,
    size,
)
from projections.models.reach import Reach
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("search_questions.sql"))
MODEL = "worklist"  # the read model that is searched
ORDER = "-received_on"


@dataclass(frozen=True, slots=True)
class Filing:
    """A disclosure that was found; the order of the fields is that of the SQL.

    `unit` and `rank` are the person's on the day that was asked about. `subject` says
    whom it is about: the person ("self"), or what a relative is to them. `secrecy` is
    the class of what it says. `deficiencies` counts those that are open, `days_late` is
    0 where it came in time. What is `Said` may be sealed.
    """

    stream: UUID
    disclosure: str
    person: str
    name: Said
    unit: str | None
    unit_name: str | None
    rank: str | None
    rulebook: str
    version: int
    rule: str
    category: str
    subject: str
    secrecy: str
    received_on: date
    review_due_on: date
    stage: str
    reviewer: str | None
    flags: int
    deficiencies: int
    days_late: int
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which filings: every condition that is given must hold.

    Attributes:
        unit: the unit of the declarant, with all units below it.
        subject: "self", or what the relative is to the declarant.
        flagged: something in it was flagged.
        late: it came too late for what it fulfilled.
    """

    disclosure: str | None = None
    person: str | None = None
    unit: str | None = None
    rulebook: str | None = None
    rule: str | None = None
    category: str | None = None
    subject: str | None = None
    secrecy: str | None = None
    stage: str | None = None
    reviewer: str | None = None
    flagged: bool = False
    late: bool = False
    received_from: date | None = None
    received_to: date | None = None


ALL = Which()


def search_filings(
    connection: Connection[Any],
    today: date,
    reach: Reach,
    which: Which = ALL,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Filing]:
    """Return a page of the filings within a reach, those received last first.

    Args:
        connection: as probity_web, which may see what is within the reach (`within`),
            or as probity_scheduler.
        today: the day on which people stand in their units.
        reach: whose filings may be found; what its reader is excluded from is not.
        which: which of those.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    day, stream = place(after, ORDER, tuple[date, UUID], (LAST_DAY, LAST_STREAM))
    conditions = {**limits(reach), **given(which)}
    values = {
        **conditions,
        "reader": reach.reader or "",
        "today": today,
        "after_day": day,
        "after_stream": stream,
    }
    question = SQL.asking(
        "select_filings", conditions, "then_newest_first", size(limit)
    )
    rows = answers(connection, question, values, Filing)
    return page(rows, limit, ORDER, lambda row: (row.received_on, row.stream))


def limits(reach: Reach) -> dict[str, Any]:
    """Return the conditions that hold of whatever lies within a reach."""
    named = [reach.person] if reach.persons is None else list(reach.persons)
    found: dict[str, Any] = {
        "reach_persons": None if named == [None] else named,
        "reach_unit": reach.unit,
        "reach_matters": None if reach.matters is None else list(reach.matters),
        "barred": list(reach.barred) or None,
    }
    return {name: value for name, value in found.items() if value is not None}
