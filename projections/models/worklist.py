"""Questions to the worklist: which disclosures await review, by whom, until when."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import (
    FIRST_DAY,
    FIRST_STREAM,
    LIMIT,
    Page,
    given,
    page,
    place,
    size,
)
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("worklist_questions.sql"))
ORDER = "review_due_on"


@dataclass(frozen=True, slots=True)
class Review:
    """A disclosure under review; the order of the fields is that of the SQL.

    `unit` and `rank` are the person's on the day that was asked about. `deficiencies`
    is how many are open, `cure_by` the nearest day by which one is to be cured. What is
    `Said` may be sealed.
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
    received_on: date
    review_due_on: date
    flags: list[Said]
    stage: str
    reviewer: str | None
    deficiencies: int
    cure_by: date | None
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which disclosures: every condition that is given must hold.

    Attributes:
        unit: the unit of the declarant, with all units below it.
        due_before: the review is due before this day; today means it is overdue.
        unassigned: nobody is to review it yet.
    """

    reviewer: str | None = None
    unassigned: bool = False
    person: str | None = None
    unit: str | None = None
    category: str | None = None
    due_before: date | None = None


ALL = Which()


def waiting(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Review]:
    """Return a page of the disclosures that await review, by the day it is due.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        which: which disclosures.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    start = (FIRST_DAY, FIRST_STREAM)
    day, stream = place(after, ORDER, tuple[date, UUID], start)
    conditions = given(which)
    values = {
        **conditions,
        "today": today,
        "after_day": day,
        "after_stream": stream,
    }
    question = SQL.asking("select_waiting", conditions, "then_by_day", size(limit))
    rows = answers(connection, question, values, Review)
    return page(rows, limit, ORDER, lambda row: (row.review_due_on, row.stream))
