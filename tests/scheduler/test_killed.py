"""Killed at any point and started again, the scheduler neither repeats nor skips."""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from signal import SIGKILL, SIGTERM, Signals

import pytest

from domain.attestation import ProjectionAttested
from domain.campaign import LaunchCampaign
from domain.obligation import ObligationBecameOverdue, ObligationRaised, ReminderSent
from domain.person import RulesNotified
from scheduler.jobs import JOBS
from tests.postgres import admin, environ
from tests.scheduler.postman import Postman, serving
from tests.scheduler.register import Register, rule, rulebook
from tests.scheduler.waiting import until

SOAK = os.environ.get("PROBITY_SOAK") == "1"
PEOPLE = 2_000 if SOAK else 60
KILLS = 200 if SOAK else 8
LONGEST = 1_800.0 if SOAK else 120.0

# Of each person: what is raised, passed, reminded of, told and delivered.
WANTED = Counter(
    {
        ObligationRaised.TOPIC: 3 * PEOPLE,
        ObligationBecameOverdue.TOPIC: PEOPLE,
        ReminderSent.TOPIC: 2 * PEOPLE,
        RulesNotified.TOPIC: PEOPLE,
        "delivered": 3 * PEOPLE,
    }
)
RULES = """
due = {{ {due} }}
reminders = ["-7d"]
"""


@contextmanager
def projecting(register: Register) -> Iterator[None]:
    """Keep the read models up to date beside the scheduler."""
    stopping = threading.Event()

    def project() -> None:
        while not stopping.is_set():
            if not register.projector.step():
                stopping.wait(0.02)

    thread = threading.Thread(target=project)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def prepare(register: Register) -> None:
    """Let everybody owe three reports from today: one is late, two are due soon."""
    now = datetime.now(UTC)
    soon, long_ago = now.date() + timedelta(days=5), now.date() - timedelta(days=60)
    yearly = f'yearly = "{soon:%m-%d}"'
    annual = rule("annual", "calendar", RULES.format(due=yearly) + 'opens = "-30d"')
    cards = rule("cards", "campaign", RULES.format(due=f"on = {soon}"))
    since = 'anchor = "appointment_date", offset = "30d"'
    baseline = rule("baseline", "appointment", RULES.format(due=since))
    register.publish(now, rulebook(annual, cards, baseline))
    numbers = [f"p{number:05}" for number in range(PEOPLE)]
    register.employ(now, *numbers, from_on=long_ago)
    campaign = LaunchCampaign(
        campaign="cards",
        name="Cards",
        rulebook="ethics",
        rule="cards",
        launched_on=now.date(),
    )
    register.act(now, campaign)


def strike_the_hour(register: Register) -> None:
    """Let what was done this hour be due again."""
    with admin(register.database) as connection:
        connection.execute("DELETE FROM work.job_run WHERE finished_at IS NOT NULL")


def done(register: Register) -> Counter[str]:
    """Return how many events of each wanted kind there are, and mails delivered."""
    rows = register.rows(
        "SELECT topic AS what, count(*) AS times FROM log.probity_events"
        " GROUP BY topic UNION ALL"
        " SELECT state, count(*) FROM work.outbox GROUP BY state"
    )
    return Counter({r["what"]: r["times"] for r in rows if r["what"] in WANTED})


def start(register: Register, postman: Postman) -> subprocess.Popen[bytes]:
    settings = {
        "PROBITY_SMTP_URL": postman.url,
        "PROBITY_MAIL_FROM": "office@example.org",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "scheduler"],
        env=environ(register.database) | settings,
    )


def work_until(
    register: Register, postman: Postman, met: Callable[[], object], end: Signals
) -> int:
    """Let it work until a condition is met, and end it; return its exit status."""
    process = start(register, postman)

    def met_or_ended() -> object:
        assert process.poll() is None, "it ended by itself"
        return met()

    try:
        until(met_or_ended, "the scheduler's work", LONGEST)
    finally:
        process.send_signal(end)
        status = process.wait()
    return status


def steps_done(register: Register, steps: int) -> Callable[[], bool]:
    """Return what says whether so many steps are done, at whatever hour."""

    def reached() -> bool:
        strike_the_hour(register)
        return done(register).total() >= steps

    return reached


def an_hour_done(register: Register) -> bool:
    """Return whether every job that is due by the hour or the day has been done."""
    finished = "SELECT job FROM work.job_run WHERE finished_at IS NOT NULL"
    wanted = {job.name for job in JOBS if job.due_every}
    return {row["job"] for row in register.rows(finished)} == wanted


def twice(things: Iterable[object]) -> list[object]:
    return [thing for thing, times in Counter(things).items() if times > 1]


@pytest.mark.soak
def test_killed_at_any_point_it_neither_repeats_nor_skips(register: Register) -> None:
    prepare(register)
    chance = random.Random(KILLS)  # noqa: S311  it only has to be the same again
    kills = sorted(chance.sample(range(1, WANTED.total()), KILLS))
    with projecting(register), serving() as postman:
        for steps in kills:
            work_until(register, postman, steps_done(register, steps), SIGKILL)
        everything = steps_done(register, WANTED.total())
        assert work_until(register, postman, everything, SIGTERM) == 0
        strike_the_hour(register)
        again = partial(an_hour_done, register)
        assert work_until(register, postman, again, SIGTERM) == 0

    assert done(register) == WANTED
    raised = register.facts(ObligationRaised)
    assert twice((fact.person, fact.cited.rule) for fact in raised) == []
    attested = [(fact.model, fact.on) for fact in register.facts(ProjectionAttested)]
    assert attested
    assert twice(attested) == []
    for kind in (ObligationBecameOverdue, ReminderSent, RulesNotified):
        assert twice(e.originator_id for e in register.events(kind)) == []
    mails = [mail["message_id"] for mail in register.mails()]
    assert set(postman.message_ids) == set(mails)
    # One for each kill: between the server's word and our note of it.
    assert len(postman.message_ids) <= len(mails) + KILLS
    assert register.rows("SELECT item, error FROM work.parked") == []
