"""Questions on how records are kept: holds, destruction, exports, broken glass."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
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

SQL = Statements(Path(__file__).with_name("records_questions.sql"))
LAST_POSITION = 2**62
FIRST_TIME = datetime(1, 1, 2, tzinfo=UTC)
NEWEST, BY_REVIEW, BY_TIME = "-position", "review_on", "at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose records: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands, with all units below it.
        all: those too that are settled: released, reviewed.
    """

    person: str | None = None
    unit: str | None = None
    all: bool = False


EVERYONE = Whose()


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold; the order of the fields is that of the SQL."""

    person: str
    name: Said
    hold: str
    basis: str
    review_on: date
    placed_on: date
    placed_by: str
    reason: Said | None
    released_on: date | None
    released_by: str | None
    event_id: UUID


def holds(
    connection: Connection[Any],
    today: date,
    whose: Whose = EVERYONE,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Hold]:
    """Return a page of legal holds, by the day on which they are to be reviewed.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        whose: of whom.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    start = (FIRST_DAY, "", "")
    day, person, hold = place(after, BY_REVIEW, tuple[date, str, str], start)
    behind = {"after_day": day, "after_person": person, "after_hold": hold}
    values = {**asdict(whose), **behind, "today": today, "limit": size(limit)}
    rows = answers(connection, SQL["list_holds"], values, Hold)
    return page(rows, limit, BY_REVIEW, lambda h: (h.review_on, h.person, h.hold))


@dataclass(frozen=True, slots=True)
class Destruction:
    """What was ordered to be destroyed, or is; the order of the fields is the SQL's.

    `relative` and `year` are as in `SubjectKeyDestroyed`; `ordered` is the number of
    the order, None where it was destroyed after its retention.
    """

    position: int
    person: str
    name: Said
    relative: str | None
    year: int | None
    basis: str
    ordered: int | None
    ordered_by: str | None
    ordered_on: date | None
    reason: Said | None
    stage: Literal["ordered", "declined", "destroyed"]
    settled_by: str | None
    settled_on: date | None
    event_id: UUID


def destructions(
    connection: Connection[Any],
    today: date,
    whose: Whose = EVERYONE,
    *,
    stage: str | None = None,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Destruction]:
    """Return a page of orders and destructions, the newest first; see `holds`."""
    behind = place(after, NEWEST, int, LAST_POSITION)
    paging = {"after": behind, "today": today, "limit": size(limit)}
    values = {**asdict(whose), "stage": stage, **paging}
    rows = answers(connection, SQL["list_destructions"], values, Destruction)
    return page(rows, limit, NEWEST, lambda row: row.position)


@dataclass(frozen=True, slots=True)
class Export:
    """What left the register; the order of the fields is that of the SQL."""

    position: int
    export: str
    kind: str
    at: datetime
    made_by: str
    role: str
    rows: int
    persons: int
    purpose: str
    authority: str
    masked: bool
    sha256: str | None
    event_id: UUID


def exports(
    connection: Connection[Any],
    *,
    made_by: str | None = None,
    masked: bool | None = None,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Export]:
    """Return a page of exports, the newest first; only who may see everything sees any.

    Args and errors are those of `holds`.
    """
    behind = place(after, NEWEST, int, LAST_POSITION)
    paging = {"after": behind, "limit": size(limit)}
    values = {"made_by": made_by, "masked": masked, **paging}
    rows = answers(connection, SQL["list_exports"], values, Export)
    return page(rows, limit, NEWEST, lambda row: row.position)


@dataclass(frozen=True, slots=True)
class Glass:
    """A time that somebody broke the glass; the order of the fields is the SQL's.

    `justified` and what follows is empty until it has been reviewed.
    """

    stream: UUID
    use: int
    actor: str
    role: str
    person: str
    name: Said
    at: datetime
    until: datetime
    rulebook: str
    version: int
    reason: Said | None
    justified: bool | None
    text: Said | None
    reviewed_on: date | None
    reviewed_by: str | None
    event_id: UUID


def broken_glass(
    connection: Connection[Any],
    today: date,
    whose: Whose = EVERYONE,
    *,
    actor: str | None = None,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Glass]:
    """Return a page of broken glass that awaits review, the oldest first; see `holds`.

    `all` in *whose* adds what was reviewed.
    """
    start = (FIRST_TIME, FIRST_STREAM, 0)
    at, stream, use = place(after, BY_TIME, tuple[datetime, UUID, int], start)
    behind = {"after_at": at, "after_stream": stream, "after_use": use}
    paging = {**behind, "today": today, "limit": size(limit)}
    values = {**asdict(whose), "actor": actor, **paging}
    rows = answers(connection, SQL["list_glass"], values, Glass)
    return page(rows, limit, BY_TIME, lambda g: (g.at, g.stream, g.use))
