"""What is done when no person asks, and how often: all of it on one screen."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from projections import runs
from projections.runs import Cursor
from projections.work import FOLLOWER
from scheduler.answers import NOTING, note_unanswered
from scheduler.attesting import ATTESTING, attest
from scheduler.clearing import clear_away
from scheduler.escalating import ESCALATING, escalate_appeals
from scheduler.follower import follow
from scheduler.mailing import deliver
from scheduler.office import Office
from scheduler.overdue import mark_overdue
from scheduler.releasing import RELEASING, release_sanctions
from scheduler.reminding import remind
from scheduler.retaining import RETAINING, destroy_after_retention
from scheduler.retrying import try_again
from scheduler.sweeping import open_duties, sweep

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)

Work = Callable[[Office, datetime, Cursor | None], Iterator[Cursor]]
"""A job: yields its place after each step, from where it can be taken up again."""


@dataclass(frozen=True)
class Job:
    """A job, and how often it is looked at.

    One with `due_every` is due at fixed times (UTC), and done once for each: a time
    that was missed is made up for, once however many were missed, and a run that was
    stopped goes on from its place. The others go on from places of their own.
    """

    name: str
    work: Work
    look_every: timedelta
    due_every: timedelta | None = None


JOBS: Sequence[Job] = (
    Job(FOLLOWER, follow, timedelta(seconds=1)),
    Job("sweep", sweep, timedelta(seconds=2)),
    Job("deliver", deliver, timedelta(seconds=5)),
    # By the hour, since it becomes tomorrow at another hour where each rulebook holds.
    Job("open duties", open_duties, timedelta(seconds=5), HOUR),
    Job("mark overdue", mark_overdue, timedelta(seconds=5), HOUR),
    Job(NOTING, note_unanswered, timedelta(seconds=5), HOUR),
    Job(RELEASING, release_sanctions, timedelta(seconds=5), HOUR),
    Job(ESCALATING, escalate_appeals, timedelta(seconds=5), HOUR),
    Job("remind", remind, timedelta(seconds=5), HOUR),
    Job(RETAINING, destroy_after_retention, timedelta(seconds=5), DAY),
    Job(ATTESTING, attest, timedelta(seconds=5), DAY),
    Job("try again", try_again, timedelta(seconds=5), DAY),
    Job("clear away", clear_away, timedelta(seconds=5), DAY),
)


def run(
    office: Office, job: Job, now: datetime, leading: Callable[[], bool] = lambda: True
) -> None:
    """Do what a job has to do now; stop after the step in which *leading* turns False.

    What a job with `due_every` left undone comes first, then what is due.
    """
    if job.due_every is None:
        all_of(job.work(office, now, None), leading)
        return
    with office.connection() as connection:
        begun = runs.unfinished(connection, job.name)
    for unfinished in begun:
        run_through(office, job, unfinished, now, leading)
    due_at = MIDNIGHT + (now - MIDNIGHT) // job.due_every * job.due_every
    with office.connection() as connection:
        ours = leading() and runs.claim_run(connection, job.name, due_at, now)
    if ours:
        run_through(office, job, runs.Unfinished(due_at, None), now, leading)


def run_through(
    office: Office,
    job: Job,
    begun: runs.Unfinished,
    now: datetime,
    leading: Callable[[], bool],
) -> None:
    """Take a run from its place to its end, keeping its place after each step."""

    def keeping() -> Iterator[Cursor]:
        for cursor in job.work(office, now, begun.cursor):
            with office.connection() as connection:
                runs.keep_cursor(connection, job.name, begun.due_at, cursor)
            yield cursor

    start = time.monotonic()
    if all_of(keeping(), leading):
        ended = now + timedelta(seconds=time.monotonic() - start)
        with office.connection() as connection:
            runs.finish_run(connection, job.name, begun.due_at, ended)


def all_of(steps: Iterator[Cursor], leading: Callable[[], bool]) -> bool:
    """Go through the steps; return False if *leading* turned False before the end."""
    return leading() and all(leading() for _ in steps)
