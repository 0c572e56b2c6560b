"""One process acts at a time, and another takes over when it can no longer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from domain.person import RulesNotified
from projections.postgres.address import connect_as
from projections.runs import Cursor
from scheduler.__main__ import ROLE
from scheduler.jobs import DAY, Job
from scheduler.leader import LEASE, Term, Turn, lead
from tests.postgres import admin
from tests.scheduler.register import Register, noon, rule, rulebook
from tests.scheduler.waiting import until

LEADERS = """
SELECT a.pid, a.application_name AS name
FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database()
"""
ENTRY = rule(
    "baseline",
    "appointment",
    'due = { anchor = "appointment_date", offset = "30d" }',
)


@contextmanager
def candidate(register: Register, name: str) -> Iterator[threading.Event]:
    """Let somebody stand for leader, under this name, until the context ends."""
    conninfo = connect_as(register.database.url, ROLE, name=name)
    stopping = threading.Event()
    standing = threading.Thread(target=lead, args=(conninfo, register.office, stopping))
    standing.start()
    try:
        yield stopping
    finally:
        stopping.set()
        standing.join()


def leaders(register: Register) -> list[str]:
    return [row["name"] for row in register.rows(LEADERS)]


def test_of_two_that_stand_one_leads_and_the_other_takes_over(
    register: Register,
) -> None:
    with candidate(register, "first") as first:
        until(lambda: leaders(register) == ["first"], "the first leads")
        with candidate(register, "second"):
            first.set()
            until(lambda: leaders(register) == ["second"], "the second takes over")
    assert leaders(register) == []


def test_who_loses_the_connection_stands_again(register: Register) -> None:
    with candidate(register, "first"):
        until(lambda: leaders(register), "it leads")
        (before,) = register.rows(LEADERS)
        with admin(register.database) as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", (before["pid"],))
        until(
            lambda: leaders(register) and register.rows(LEADERS) != [before],
            "it leads again",
        )


def test_who_leads_does_the_jobs(register: Register) -> None:
    day = noon("2024-03-01")
    register.publish(day, rulebook(ENTRY))
    register.employ(day, "p1")

    with candidate(register, "first"):
        until(lambda: register.facts(RulesNotified), "p1 is told of the rules")


def test_a_term_ends_with_the_lease_and_when_it_is_over() -> None:
    term = Term()
    assert term.running()

    term.seen -= LEASE
    assert not term.running()

    term.beat()
    assert term.running()

    term.over = True
    assert not term.running()


def test_a_job_that_fails_waits_longer_each_time_and_then_begins_anew(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = [True, True, True, False]

    def fickle(*_: object) -> Iterator[Cursor]:
        if broken.pop(0):
            raise ConnectionRefusedError(111, "nobody there")
        yield {}

    turn = Turn(register.office, Job(f"fickle {uuid4()}", fickle, DAY), lambda: True)
    waits = []
    for _ in range(4):
        turn.not_before = 0.0
        turn()
        waits.append(turn.wait)

    assert waits == [0.5, 1.0, 2.0, 0.0]
    assert "nobody there" in capsys.readouterr().out


def test_a_job_is_not_begun_by_who_does_not_lead_nor_while_it_waits(
    register: Register,
) -> None:
    begun: list[object] = []

    def working(*_: object) -> Iterator[Cursor]:
        begun.append(1)
        yield {}

    job = Job("working", working, DAY)
    Turn(register.office, job, lambda: False)()
    Turn(register.office, job, lambda: True, not_before=float("inf"))()

    assert begun == []


def test_who_cannot_reach_the_database_tries_again(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    stopping, said = threading.Event(), []
    nowhere = "postgresql://probity@127.0.0.1:1/probity"
    standing = threading.Thread(target=lead, args=(nowhere, register.office, stopping))
    standing.start()

    def twice() -> bool:
        said.append(capsys.readouterr().out)
        return "".join(said).count("not leading") == 2

    try:
        until(twice, "it tries a second time")
    finally:
        stopping.set()
        standing.join()
