"""One process acts at a time: whoever holds the lock, for as long as it is held."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from projections.discretion import Tactful, told, trace
from scheduler.jobs import JOBS, Job, run
from scheduler.office import Office, passing

log = structlog.get_logger()

LOCK = 0x50524F42_53434844
"""The advisory lock of whoever acts; the letters PROBSCHD."""

TRY_LOCK = "SELECT pg_try_advisory_lock(%s)"
BEAT = 1.0
LEASE = 5.0
"""Seconds without a sign of the connection after which nothing more is begun."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0


@dataclass
class Term:
    """The time for which this process leads: from beat to beat of its connection."""

    seen: float = field(default_factory=time.monotonic)
    over: bool = False

    def beat(self) -> None:
        self.seen = time.monotonic()

    def running(self) -> bool:
        """Return whether the lock was ours a moment ago."""
        return not self.over and time.monotonic() - self.seen < LEASE


@dataclass
class Turn:
    """A job as the clock calls it: after a failure it waits, longer each time."""

    office: Office
    job: Job
    leading: Callable[[], bool]
    wait: float = 0.0
    not_before: float = 0.0

    def __call__(self) -> None:
        if not self.leading() or time.monotonic() < self.not_before:
            return
        try:
            run(self.office, self.job, datetime.now(UTC), self.leading)
        except Exception as error:  # noqa: BLE001  the other jobs go on
            self.failed(error)
        else:
            self.wait = 0.0

    def failed(self, error: Exception) -> None:
        self.wait = min(self.wait * 2 or FIRST_WAIT, LONGEST_WAIT)
        self.not_before = time.monotonic() + self.wait
        known = passing(error) or isinstance(error, OSError | Tactful)
        # Not as exc_info: the log's own tracebacks show what was in hand.
        more = {} if known else {"trace": trace(error)}
        log.error(
            "a job failed",
            job=self.job.name,
            error=told(error),
            again_in_seconds=self.wait,
            **more,
        )


def lead(conninfo: str, office: Office, stopping: threading.Event) -> None:
    """Act whenever no other process does, until *stopping* is set.

    Whoever loses the connection that holds the lock stops after the step at hand, and
    tries to lead again.
    """
    wait = FIRST_WAIT
    while not stopping.is_set():
        try:
            with psycopg.connect(conninfo, autocommit=True) as connection:
                if elected(connection, stopping):
                    wait = FIRST_WAIT
                    serve(connection, office, stopping)
        except psycopg.Error as error:
            log.warning("not leading", error=told(error), again_in_seconds=wait)
            stopping.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)


def elected(
    connection: psycopg.Connection[tuple[bool]], stopping: threading.Event
) -> bool:
    """Wait for the lock; return False if it is time to stop."""
    while not stopping.is_set():
        row = connection.execute(TRY_LOCK, (LOCK,)).fetchone()
        if row and row[0]:
            return True
        stopping.wait(BEAT)
    return False


def serve(
    connection: psycopg.Connection[tuple[bool]],
    office: Office,
    stopping: threading.Event,
) -> None:
    """Run the jobs while the connection lives; its loss is raised at once."""
    term = Term()
    with clock(office, term):
        log.info("leading", jobs=len(JOBS))
        while not stopping.is_set():
            connection.execute("SELECT 1")
            term.beat()
            # Returns after a beat, and at once when the server hangs up.
            for _ in connection.notifies(timeout=BEAT):
                pass


@contextmanager
def clock(office: Office, term: Term) -> Iterator[None]:
    """Call each job in its time; at the end, wait until the last step is done."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(len(JOBS))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in JOBS:
        scheduler.add_job(
            Turn(office, job, term.running),
            "interval",
            seconds=job.look_every.total_seconds(),
            name=job.name,
            next_run_time=datetime.now(UTC),
        )
    scheduler.start()
    try:
        yield
    finally:
        term.over = True
        scheduler.shutdown(wait=True)
