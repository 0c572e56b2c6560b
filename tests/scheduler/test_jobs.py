"""A job is done once each time it is due, made up for, and taken up where it was."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import psycopg
import pytest

from projections import runs, work
from projections.runs import Cursor
from scheduler.clearing import clear_away
from scheduler.jobs import HOUR, JOBS, Job, run
from scheduler.office import Office
from tests.postgres import admin, as_role
from tests.scheduler.register import Register, noon

NOW = noon("2024-01-17")


@dataclass
class Counting:
    """Three steps, of which it remembers those that were taken."""

    taken: list[int] = field(default_factory=list)

    def __call__(
        self, office: Office, now: datetime, cursor: Cursor | None
    ) -> Iterator[Cursor]:
        del office, now
        for number in range((cursor or {"number": 0})["number"] + 1, 4):
            self.taken.append(number)
            yield {"number": number}


def counting() -> tuple[Counting, Job]:
    work_ = Counting()
    return work_, Job("counting", work_, HOUR, HOUR)


def test_a_job_is_done_once_for_each_time_it_is_due(register: Register) -> None:
    work_, job = counting()
    for minutes in (0, 10, 59, 60, 61):
        run(register.office, job, NOW + timedelta(minutes=minutes))

    assert work_.taken == [1, 2, 3, 1, 2, 3]


def test_times_that_were_missed_are_made_up_for_once(register: Register) -> None:
    work_, job = counting()
    run(register.office, job, NOW)
    run(register.office, job, NOW + timedelta(days=2))

    assert work_.taken == [1, 2, 3, 1, 2, 3]


def test_a_run_that_was_stopped_is_taken_up_where_it_was(register: Register) -> None:
    work_, job = counting()
    run(register.office, job, NOW, iter([True, True, True, False]).__next__)
    assert work_.taken == [1, 2]

    run(register.office, job, NOW + timedelta(minutes=1))
    assert work_.taken == [1, 2, 3]


def test_what_was_left_undone_comes_before_what_is_due(register: Register) -> None:
    work_, job = counting()
    run(register.office, job, NOW, iter([True, True, False, False]).__next__)

    run(register.office, job, NOW + timedelta(days=1))

    assert work_.taken == [1, 2, 3, 1, 2, 3]


def test_whoever_does_not_lead_does_nothing(register: Register) -> None:
    work_, job = counting()
    run(register.office, job, NOW, lambda: False)

    assert work_.taken == []
    assert register.rows("SELECT job FROM work.job_run") == []


def test_a_job_that_fails_is_taken_up_where_it_was(register: Register) -> None:
    taken = []

    def failing(_: Office, __: datetime, cursor: Cursor | None) -> Iterator[Cursor]:
        taken.append(cursor)
        yield {"number": 1}
        raise OSError("the disk is full")

    job = Job("failing", failing, HOUR, HOUR)
    for _ in range(2):
        with pytest.raises(OSError, match="the disk is full"):
            run(register.office, job, NOW)

    assert taken == [None, {"number": 1}]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_each_job_has_nothing_to_do_in_an_empty_register(
    register: Register, job: Job
) -> None:
    run(register.office, job, NOW)
    run(register.office, job, NOW + timedelta(days=1))

    with register.office.connection() as connection:
        assert work.parked(connection) == []


def test_the_operator_sees_the_latest_run_of_each_job(register: Register) -> None:
    _, job = counting()
    for hours in range(3):
        run(register.office, job, NOW + timedelta(hours=hours))

    with as_role(register.database, "probity_web") as connection:
        (latest,) = work.job_runs(connection)
    assert (latest.job, latest.due_at) == ("counting", NOW + timedelta(hours=2))
    assert latest.finished_at is not None


def test_the_web_reads_what_the_scheduler_does_and_changes_nothing(
    register: Register,
) -> None:
    with as_role(register.database, "probity_web") as connection:
        assert work.backlog(connection, NOW).waiting == 0
        assert work.progress(connection).sweeps == 0
        assert work.sweeps(connection) == []
        assert work.stuck(connection) == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runs.claim_run(connection, "counting", NOW, NOW)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT body FROM work.outbox")


def test_old_traces_are_cleared_away_but_never_a_jobs_latest(
    register: Register,
) -> None:
    _, job = counting()
    for days in range(3):
        run(register.office, job, NOW + timedelta(days=days))

    list(clear_away(register.office, NOW + timedelta(days=365)))

    assert [
        row["due_at"] for row in register.rows("SELECT due_at FROM work.job_run")
    ] == [NOW + timedelta(days=2)]


def answers(register: Register) -> int:
    return len(register.rows("SELECT key FROM log.answer"))


@pytest.fixture
def answered(register: Register) -> Register:
    """A request that was answered two days ago."""
    with admin(register.database) as connection:
        connection.execute(
            "INSERT INTO log.answer VALUES ('office', 'key', '',"
            " gen_random_uuid(), 1, 1, '', now() - interval '2 days')"
        )
    return register


def test_answers_are_kept_for_ever_unless_a_time_is_set(answered: Register) -> None:
    (today,) = answered.rows("SELECT now() AS now")
    list(clear_away(answered.office, today["now"] + timedelta(days=365)))
    assert answers(answered) == 1

    list(clear_away(answered.with_settings(keep_answers=1), today["now"]))
    assert answers(answered) == 0


def test_answers_of_the_last_day_cannot_be_forgotten(answered: Register) -> None:
    (today,) = answered.rows("SELECT now() AS now")
    with (
        answered.office.connection() as connection,
        pytest.raises(psycopg.errors.RaiseException, match="of the last day are kept"),
    ):
        work.forget_answers(connection, today["now"])


def test_the_scheduler_may_not_delete_answers_itself(answered: Register) -> None:
    with (
        answered.office.connection() as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM log.answer")
