"""The operator's view of the scheduler's work, and the clearing away of old traces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("work_view.sql"))
FOLLOWER = "reactions"
"""The follower of the log that asks for Y when X has happened."""

BEGINNING = datetime.min.replace(tzinfo=UTC)
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class JobRun:
    """The latest run of a job; begun and not ended, it goes on from its `cursor`."""

    job: str
    due_at: datetime
    started_at: datetime
    finished_at: datetime | None
    cursor: Mapping[str, Any] | None


@dataclass(frozen=True)
class Backlog:
    """How many mails wait, were given up after all attempts, or have no address.

    `oldest_seconds` is how long the oldest of those that wait has waited.
    """

    waiting: int
    failed: int
    undeliverable: int
    oldest_seconds: float


@dataclass(frozen=True)
class Stuck:
    """A mail that reached nobody, and why: the person must be told otherwise."""

    id: UUID
    kind: str
    person: str
    obligation: UUID | None
    written_at: datetime
    state: str
    attempts: int
    last_error: str | None


@dataclass(frozen=True)
class OpenSweep:
    """A duty being laid on a population; `cursor` is its place in the directory."""

    rulebook: str
    rule: str
    key: str
    due_on: date
    opened_at: datetime
    cursor: str | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Parked:
    """What was refused to the scheduler; if in reaction to an event, to that one."""

    job: str
    item: str
    position: int | None
    error: str
    parked_at: datetime
    tried_at: datetime


@dataclass(frozen=True)
class Progress:
    """What is ahead: `events` not yet reacted to, `sweeps` under way; and `parked`."""

    parked: int
    sweeps: int
    events: int


def job_runs(connection: Connection) -> Sequence[JobRun]:
    """Return the latest run of every job."""
    with connection.cursor(row_factory=class_row(JobRun)) as cursor:
        return cursor.execute(SQL["list_runs"]).fetchall()


def backlog(connection: Connection, now: datetime) -> Backlog:
    """Return what is in the outbox and has not been delivered."""
    with connection.cursor(row_factory=class_row(Backlog)) as cursor:
        found = cursor.execute(SQL["read_backlog"], {"now": now}).fetchone()
    return found or Backlog(0, 0, 0, 0)


def stuck(
    connection: Connection,
    *,
    after: tuple[datetime, UUID] = (BEGINNING, NOBODY),
    limit: int = 100,
) -> Sequence[Stuck]:
    """Return mails that reached nobody, oldest first, from beyond *after* on."""
    place = {"after": after[0], "id": after[1], "limit": limit}
    with connection.cursor(row_factory=class_row(Stuck)) as cursor:
        return cursor.execute(SQL["list_stuck"], place).fetchall()


def sweeps(connection: Connection) -> Sequence[OpenSweep]:
    """Return the sweeps that have not come to their end."""
    with connection.cursor(row_factory=class_row(OpenSweep)) as cursor:
        return cursor.execute(SQL["list_sweeps"]).fetchall()


def parked(connection: Connection, limit: int = 100) -> Sequence[Parked]:
    """Return what was set aside, the latest first."""
    with connection.cursor(row_factory=class_row(Parked)) as cursor:
        return cursor.execute(SQL["list_parked"], {"limit": limit}).fetchall()


def progress(connection: Connection) -> Progress:
    """Return how much lies ahead of the scheduler."""
    with connection.cursor(row_factory=class_row(Progress)) as cursor:
        asked = {"follower": FOLLOWER}
        found = cursor.execute(SQL["read_progress"], asked).fetchone()
    return found or Progress(0, 0, 0)


def forget_runs(connection: Connection, before: datetime) -> int:
    """Remove runs ended before then, but no job's latest; return how many."""
    return connection.execute(SQL["forget_runs"], {"before": before}).rowcount


def forget_answers(connection: Connection, before: datetime) -> int:
    """Remove answers to keyed requests older than that; return how many.

    A retry with a key that is forgotten is carried out as if it were new. The database
    refuses to forget those of the last day.
    """
    row = connection.execute(SQL["forget_answers"], {"before": before}).fetchone()
    return row[0] if row else 0
