"""Questions to the docket: which cases and recommendations there are, by their time."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import (
    FIRST_DAY,
    FIRST_STREAM,
    LAST_DAY,
    LIMIT,
    Page,
    page,
    place,
    size,
)
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("docket_questions.sql"))
BY_DECISION, BY_ANSWER = "decide_by", "answer_by"


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case in the docket; the order of the fields is that of the SQL."""

    case: str
    person: str
    name: Said
    rulebook: str
    basis: str
    stage: Literal["inquiry", "investigation", "notice", "decided", "closed"]
    opened_on: date
    investigated_on: date | None
    decide_by: date | None
    answer_by: date | None
    decided_on: date | None
    closing: str | None
    closed_on: date | None
    referred: bool
    stream: UUID
    event_id: UUID


@dataclass(frozen=True, slots=True)
class RecommendationEntry:
    """A recommendation in the docket; the order of the fields is that of the SQL."""

    recommendation: str
    person: str
    name: Said
    rulebook: str
    to: Literal["unit", "appointing_body"]
    unit: str
    case: str | None
    issued_on: date
    answer_by: date
    stage: Literal["issued", "overdue", "accepted", "refused", "implemented"]
    stream: UUID
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of them: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands, with all units below it.
        due_before: to be decided, or answered, before this day.
        all: closed cases as well.
    """

    person: str | None = None
    unit: str | None = None
    stage: str | None = None
    due_before: date | None = None
    all: bool = False


OPEN = Which()


def cases(
    connection: Connection[Any],
    today: date,
    which: Which = OPEN,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[CaseEntry]:
    """Return a page of cases, by when they are to be decided; without a day, last.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        which: which cases.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    values = asked(which, today, BY_DECISION, after) | {"limit": size(limit)}
    rows = answers(connection, SQL["list_cases"], values, CaseEntry)
    return page(rows, limit, BY_DECISION, lambda r: (r.decide_by or LAST_DAY, r.stream))


def recommendations(
    connection: Connection[Any],
    today: date,
    which: Which = OPEN,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[RecommendationEntry]:
    """Return a page of recommendations, by the day for an answer; see `cases`."""
    values = asked(which, today, BY_ANSWER, after) | {"limit": size(limit)}
    rows = answers(connection, SQL["list_recommendations"], values, RecommendationEntry)
    return page(rows, limit, BY_ANSWER, lambda r: (r.answer_by, r.stream))


def asked(which: Which, today: date, order: str, after: str | None) -> dict[str, Any]:
    start = (FIRST_DAY, FIRST_STREAM)
    day, stream = place(after, order, tuple[date, UUID], start)
    behind = {"after_day": day, "after_stream": stream}
    return {**asdict(which), **behind, "today": today, "endless": LAST_DAY}
