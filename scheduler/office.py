"""What every job works with: the door, the database, the settings; and how it acts."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import structlog
from psycopg_pool import ConnectionPool, PoolTimeout

from domain.casework import Casework
from domain.errors import UnreadableEvent, VersionClash
from domain.record import Actor, Command, Given, Recorded
from domain.view import Occasion, View
from domain.waiting import Waiting
from projections import runs
from scheduler.settings import Settings

log = structlog.get_logger()

MACHINE = Actor(id="scheduler", role="scheduler")
AT_ONCE = 256
"""Commands in one transaction: others wait some 10 ms for it, and few clash with it."""

PASSING = (psycopg.Error, PoolTimeout)


class Asked(NamedTuple):
    """A command, the event because of which it is sent, and where that stands."""

    command: Command[Any]
    because_of: Recorded[Any] | None = None
    position: int | None = None


@dataclass(frozen=True)
class Office:
    """Opened once per process; safe to share between threads."""

    casework: Casework
    pool: ConnectionPool[psycopg.Connection[Any]]
    settings: Settings = field(default_factory=Settings)

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        with self.pool.connection() as connection:
            yield connection

    def given(self, now: datetime, streams: Iterable[UUID] = ()) -> Given:
        """Return a sight of the log: *streams* are read at once, others when asked."""
        view = View(self.casework.read)
        try:
            view.fetch(streams)
        except UnreadableEvent:
            # Whoever looks at that stream will meet it, and nobody else.
            view = View(self.casework.read)
        occasion = Occasion(by=MACHINE, at=now)
        occasion.begin(view)
        return occasion

    def carry_out(self, asked: Iterable[Asked], *, job: str, now: datetime) -> None:
        """Carry out commands, many in a transaction.

        What is refused, or cannot be decided for one stream, is parked for a person to
        look at, and the others go on. Where the database was away the error is raised:
        the commands are idempotent, and the job will be run again.
        """
        asked = list(asked)
        waiting = [
            Waiting(a.command, Occasion(MACHINE, now, a.because_of), None, None)
            for a in asked
        ]
        for start in range(0, len(waiting), AT_ONCE):
            with self.casework.turn:
                self.casework.settle(waiting[start : start + AT_ONCE])
        for (command, _, position), end in zip(asked, waiting, strict=True):
            if isinstance(end.outcome, Exception):
                item = repr(command)
                self.set_aside(job, item, end.outcome, now=now, position=position)

    def set_aside(
        self,
        job: str,
        item: str,
        error: Exception,
        *,
        now: datetime,
        position: int | None = None,
    ) -> None:
        """Park what cannot be done, or raise *error* where it may go well next time."""
        if passing(error):
            raise error
        log.error("set aside", job=job, item=item, error=str(error))
        with self.connection() as connection:
            runs.park(connection, job, item, error, now=now, position=position)


def passing(error: Exception) -> bool:
    """Return whether it may go well the next time, with nobody's help.

    The database was away, or somebody else was faster each time.
    """
    away = isinstance(error, PASSING) or isinstance(error.__cause__, PASSING)
    return away or isinstance(error, VersionClash)
