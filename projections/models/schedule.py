"""Questions on retention: what is kept until when, before it is destroyed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import (
    FIRST_DAY,
    LIMIT,
    MOST,
    Page,
    given,
    page,
    place,
    size,
)
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("retention_questions.sql"))
MODEL = "records"
ORDER = "start_on"
START = (FIRST_DAY, "", 0, "")


@dataclass(frozen=True, slots=True)
class Retained:
    """What is kept under one key, or more; the order of the fields is that of the SQL.

    Attributes:
        relative: whom it is about: "" the person, else the relative; None, in year 0,
            the person and all relatives.
        year: in which it was declared; 0 for what is kept of a person as such.
        rulebooks: all under which any of it was declared.
        start_on: from when on it is kept for so long: the first day after the year, or
            on which the last of it came, or on which the person left.
        due_on: when, under the law of the day asked about, it is destroyed; None where
            one of the rulebooks sets no end.
        held: a legal hold forbids it.
    """

    person: str
    name: Said
    relative: str | None
    year: int
    rulebooks: list[str]
    start_on: date
    due_on: date | None
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of it: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands, with all units below it.
        due_by: it is destroyed on this day, or earlier.
        free: no legal hold forbids it.
    """

    person: str | None = None
    unit: str | None = None
    due_by: date | None = None
    free: bool = False


ALL = Which()


def retained(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Retained]:
    """Return a page of what is kept of years that are over, and of those who have left.

    The longest kept comes first.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day whose law decides, and on which people stand in their units.
        which: which of it.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    day, person, year, relative = place(after, ORDER, tuple[date, str, int, str], START)
    conditions = given(which)
    values = {
        **conditions,
        "today": today,
        "after_day": day,
        "after_person": person,
        "after_year": year,
        "after_relative": relative,
    }
    ending = ("then_kept_longest_first", size(limit))
    question = SQL.asking("select_retention", conditions, *ending)
    rows = answers(connection, question, values, Retained)
    return page(rows, limit, ORDER, key)


def key(row: Retained) -> tuple[date, str, int, str]:
    return (row.start_on, row.person, row.year, row.relative or "")


def retention_due(
    connection: Connection[Any],
    today: date,
    *,
    after: str | None = None,
    limit: int = MOST,
) -> Page[Retained]:
    """Return a page of what is to be destroyed by now, and no legal hold forbids."""
    due = Which(due_by=today, free=True)
    return retained(connection, today, due, after=after, limit=limit)
