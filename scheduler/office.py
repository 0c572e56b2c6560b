"""What every job works with: the door, the database, the settings; and how it acts."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import structlog
from msgspec.structs import replace
from psycopg_pool import ConnectionPool, PoolTimeout

from domain.casework import TOGETHER, Casework
from domain.errors import Tampered, UnreadableEvent, VaultClosed, VersionClash
from domain.record import Actor, Command, Given, Recorded
from domain.view import Occasion, View
from projections import runs
from projections.discretion import told
from scheduler.settings import Settings

log = structlog.get_logger()

MACHINE = Actor(id="scheduler", role="scheduler")
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
        except (UnreadableEvent, Tampered):
            # Whoever looks at that stream will meet it, and nobody else.
            view = View(self.casework.read)
        occasion = Occasion(by=MACHINE, at=now)
        occasion.begin(view)
        return occasion

    def carry_out(self, asked: Sequence[Asked], *, job: str, now: datetime) -> None:
        """Carry out commands, many at once: so the door stores many together.

        What is refused, or cannot be decided for one stream, is parked for a person to
        look at, and the others go on. Where the database was away the error is raised:
        the commands are idempotent, and the job will be run again.
        """
        away = threading.Event()
        attempt = partial(self.attempt, now=now, away=away)
        with ThreadPoolExecutor(TOGETHER) as threads:
            errors = list(threads.map(attempt, asked))
        for (command, _, position), error in zip(asked, errors, strict=True):
            if error:
                item = named(command)
                self.set_aside(job, item, error, now=now, position=position)

    def attempt(
        self, one: Asked, *, now: datetime, away: threading.Event
    ) -> Exception | None:
        """Carry out one command unless the database is away; return what went wrong."""
        if away.is_set():
            return None
        cause = one.because_of
        try:
            self.casework.handle(one.command, by=MACHINE, at=now, because_of=cause)
        except Exception as error:  # noqa: BLE001  it may not touch the others
            if passing(error):
                away.set()
            return error
        return None

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
        said = told(error)
        log.error("set aside", job=job, item=item, error=said)
        with self.connection() as connection:
            runs.park(connection, job, item, said, now=now, position=position)


def named(command: Command[Any]) -> str:
    """Return the command as it can be told from others, without the words given for it.

    What else the scheduler's commands say are names of things, days and numbers.
    """
    return repr(replace(command, reason=None))


def passing(error: Exception) -> bool:
    """Return whether it may go well the next time, with nobody's help.

    The database was away, somebody else was faster each time, or the vault is closed:
    then nobody's contents open, and it is no use to set everybody aside.
    """
    away = isinstance(error, PASSING) or isinstance(error.__cause__, PASSING)
    return away or isinstance(error, VersionClash | VaultClosed)
