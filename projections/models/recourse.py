"""Questions to recourse: which appeals are pending, and what is held of whom."""

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
    LIMIT,
    Page,
    page,
    place,
    size,
)
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("recourse_questions.sql"))
BY_DECISION, BY_REVIEW = "decide_by", "review_on"


@dataclass(frozen=True, slots=True)
class AppealEntry:
    """An appeal; the order of the fields is that of the SQL.

    `due_on` was the last day for it. It is `overdue` where nobody has decided it in
    time (S2-13); the oversight body was told on `escalated_on`.
    """

    appeal: str
    person: str
    name: Said
    case: str
    sanction: str | None
    rulebook: str
    stage: str
    authority: Said | None
    members: list[str]
    lodged_on: date
    due_on: date
    excused: bool
    stayed: bool
    decide_by: date
    overdue: bool
    escalated_on: date | None
    state: Literal["pending", "rejected", "decided", "implemented"]
    outcome: Literal["upheld", "varied", "quashed", "remitted"] | None
    decided_on: date | None
    served_on: date | None
    implemented_on: date | None
    stream: UUID
    event_id: UUID


@dataclass(frozen=True, slots=True)
class HoldEntry:
    """A hold; the order of the fields is that of the SQL.

    It is `overdue` where nobody has reviewed it in time: it stands all the same.
    `proposed` is how many overrides wait for a second person.
    """

    hold: str
    person: str
    name: Said
    type: Literal["promotion", "document", "exit", "retirement", "reward"]
    basis: str
    target: str | None
    blocks: list[str]
    rulebook: str
    version: int
    from_on: date
    placed_by: str
    review_on: date
    overdue: bool
    notified_on: date | None
    proposed: int
    lifted_on: date | None
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeals:
    """Which appeals: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands, with all units below it.
        member: who sits on the panel.
        overdue: those alone that were not decided in time.
        all: those too that are not pending any more.
    """

    person: str | None = None
    unit: str | None = None
    stage: str | None = None
    member: str | None = None
    overdue: bool = False
    all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """Which holds; see `Appeals`. `all`: those too that were lifted.

    `told`: those alone of which the person was told.
    """

    person: str | None = None
    unit: str | None = None
    type: str | None = None
    overdue: bool = False
    all: bool = False
    told: bool = False


PENDING, STANDING = Appeals(), Holds()


def appeals(
    connection: Connection[Any],
    today: date,
    which: Appeals = PENDING,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[AppealEntry]:
    """Return a page of appeals, by the day by which they are to be decided.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units, and after which what was
            due before it is overdue.
        which: which appeals.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    start = (FIRST_DAY, FIRST_STREAM)
    day, stream = place(after, BY_DECISION, tuple[date, UUID], start)
    behind = {"after_day": day, "after_stream": stream}
    values = {**asdict(which), **behind, "today": today, "limit": size(limit)}
    rows = answers(connection, SQL["list_appeals"], values, AppealEntry)
    return page(rows, limit, BY_DECISION, lambda row: (row.decide_by, row.stream))


def holds(
    connection: Connection[Any],
    today: date,
    which: Holds = STANDING,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[HoldEntry]:
    """Return a page of holds, by the day on which they are reviewed; see `appeals`."""
    day, hold = place(after, BY_REVIEW, tuple[date, str], (FIRST_DAY, ""))
    behind = {"after_day": day, "after_hold": hold}
    values = {**asdict(which), **behind, "today": today, "limit": size(limit)}
    rows = answers(connection, SQL["list_holds"], values, HoldEntry)
    return page(rows, limit, BY_REVIEW, lambda row: (row.review_on, row.hold))
