"""Questions to the calendar: what is due, overdue, late, and to be reminded of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row

from domain.errors import Invalid
from projections.models.paging import FIRST, LAST, LIMIT, Page, page, place, size
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("calendar_questions.sql"))
Stage = Literal["open", "fulfilled", "waived", "cancelled"]
Sort = Literal["days_late", "due_on", "person"]


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation, and whose it is; the order of the fields is that of the SQL.

    `unit` and `rank` are the person's on the day that was asked about. `days_late` counts
    to the receipt, and while the obligation is open to that day. `reminded` lists the
    planned days for which a reminder went out.
    """

    stream: UUID
    person: str
    name: str
    email: str | None
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
    justification: str | None
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which obligations: every condition that is given must hold.

    `unit` means the unit and all below it, `due_from` and `due_to` include their day,
    `late` is the least number of days by which the report came late.
    """

    stage: Stage | None = None
    person: str | None = None
    unit: str | None = None
    category: str | None = None
    due_from: date = date.min
    due_to: date = date.max
    late: int | None = None
    unmarked: bool = False
