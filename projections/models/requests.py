"""Questions on what people asked of their records, and what was released of them."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import (
    FIRST_DAY,
    FIRST_STREAM,
    LAST_DAY,
    LAST_STREAM,
    LIMIT,
    Page,
    page,
    place,
    size,
)
from projections.models.records import EVERYONE, SQL, Whose

BY_DUE, BY_DECISION = "due_on", "-decided_on"


@dataclass(frozen=True, slots=True)
class Request:
    """A request for access or correction; the order of the fields is that of the SQL.

    `due_on` is None where the rulebook sets no time. What was asked, and what was
    answered, stands sealed in the log, in the stream.
    """

    stream: UUID
    request: str
    kind: Literal["access", "correction"]
    person: str
    name: Said
    disclosure: str | None
    field: str | None
    rulebook: str
    received_on: date
    due_on: date | None
    stage: Literal["open", "answered"]
    outcome: str | None
    answered_on: date | None
    answered_by: str | None
    event_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which requests: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands, with all units below it.
        due_before: to be answered before this day; today means it is overdue.
    """

    person: str | None = None
    unit: str | None = None
    kind: Literal["access", "correction"] | None = None
    stage: Literal["open", "answered"] | None = None
    due_before: date | None = None


ALL = Which()


def requests(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Request]:
    """Return a page of requests, by the day on which they are due; without one, last.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        which: which requests.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    start = (FIRST_DAY, FIRST_STREAM)
    day, stream = place(after, BY_DUE, tuple[date, UUID], start)
    behind = {"after_day": day, "after_stream": stream, "limit": size(limit)}
    values = {**asdict(which), **behind, "today": today, "endless": LAST_DAY}
    rows = answers(connection, SQL["list_requests"], values, Request)
    return page(rows, limit, BY_DUE, lambda r: (r.due_on or LAST_DAY, r.stream))


@dataclass(frozen=True, slots=True)
class Release:
    """A decision to show some fields; the order of the fields is that of the SQL.

    Nothing is shown under it from the day on which it was withdrawn.
    """

    stream: UUID
    release: str
    person: str
    name: Said
    disclosure: str
    fields: list[str]
    to: Literal["public", "recipient"]
    recipient: Said | None
    reasons: Said
    proportionality: Said | None
    rulebook: str
    version: int
    decided_on: date
    decided_by: str
    withdrawn_on: date | None
    event_id: UUID


def releases(
    connection: Connection[Any],
    today: date,
    whose: Whose = EVERYONE,
    *,
    disclosure: str | None = None,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Release]:
    """Return a page of the releases that stand, decided last first; see `requests`.

    `all` in *whose* adds what was withdrawn; `disclosure` asks for those of one report.
    """
    start = (LAST_DAY, LAST_STREAM)
    day, stream = place(after, BY_DECISION, tuple[date, UUID], start)
    behind = {"after_day": day, "after_stream": stream, "limit": size(limit)}
    values = {**asdict(whose), **behind, "disclosure": disclosure, "today": today}
    rows = answers(connection, SQL["list_releases"], values, Release)
    return page(rows, limit, BY_DECISION, lambda r: (r.decided_on, r.stream))
