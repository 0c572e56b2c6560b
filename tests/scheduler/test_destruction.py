"""What was decided is done: keys are destroyed once, whatever happens in between."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from domain.obligation import ReminderSent
from domain.person import CoveredPerson, RulesNotified, person_stream
from domain.personnel import DeclareRelative, Retire
from domain.record import Actor, Sealed
from domain.records.custody import SubjectKeyDestroyed
from domain.records.destruction import ConfirmDestruction, OrderDestruction
from domain.vault import KeyName
from projections import outbox, work
from scheduler.follower import follow
from scheduler.reminding import remind
from tests.postgres import admin, environ
from tests.scheduler.register import Register, noon, rule, rulebook
from tests.scheduler.waiting import until

DAY, LATER = noon("2024-03-01"), noon("2024-03-21")
ONE, OTHER = (Actor(id=f"records {n}", role="records_officer") for n in (1, 2))
BASELINE = rule(
    "baseline",
    "appointment",
    'due = { anchor = "appointment_date", offset = "30d" }\nreminders = ["-10d"]',
    population="whoever",
)
WAITS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database()
  AND application_name = 'probity scheduler' AND wait_event_type = 'Lock'
"""


def order(
    register: Register,
    person: str,
    relative: str | None = None,
    year: int | None = None,
    number: int = 1,
) -> None:
    """Let two people decide that keys be destroyed."""
    wanted = OrderDestruction(
        person=person, relative=relative, year=year, basis="Act 9", reason="asked"
    )
    register.act(LATER, wanted, by=ONE)
    register.act(LATER, ConfirmDestruction(person=person, order=number), by=OTHER)


def keys(register: Register) -> list[tuple[str, str, int]]:
    """Return whose keys there are, but for the office's own."""
    rows = register.rows(
        "SELECT subject, relative, year FROM keys.data_key WHERE subject <> ''"
        " ORDER BY subject, relative, year"
    )
    return [(row["subject"], row["relative"], row["year"]) for row in rows]


def provide(register: Register, *names: tuple[str, str, int]) -> None:
    register.office.casework.vault.provide({KeyName(*name) for name in names})


def test_i13_the_keys_that_an_event_names_are_destroyed_and_no_others(
    register: Register,
) -> None:
    register.employ(DAY, "p1", "p2")
    register.act(DAY, DeclareRelative(number="p1", relative="s", relation="spouse"))
    provide(register, ("p1", "", 2023), ("p1", "s", 2023), ("p1", "s", 0))
    order(register, "p1", year=2023)
    register.settle(LATER)
    assert keys(register) == [("p1", "", 0), ("p1", "s", 0), ("p2", "", 0)]

    order(register, "p1", relative="s", number=2)
    register.settle(LATER)
    assert keys(register) == [("p1", "", 0), ("p2", "", 0)]

    order(register, "p1", number=3)
    register.settle(LATER)
    assert keys(register) == [("p2", "", 0)]


def test_i13_to_meet_the_event_again_does_no_harm(register: Register) -> None:
    register.employ(DAY, "p1", "p2")
    order(register, "p1")
    register.settle(LATER)
    with admin(register.database) as connection:
        connection.execute("UPDATE work.follower SET position = 0")
    register.settle(LATER)

    assert keys(register) == [("p2", "", 0)]
    with register.office.connection() as connection:
        assert work.parked(connection) == []


@contextmanager
def held(register: Register, person: str) -> Iterator[None]:
    """Keep a person's keys, as whoever is just sealing something with them does."""
    with admin(register.database) as connection, connection.transaction():
        connection.execute(
            "SELECT keys.hold(array_agg(id)) FROM keys.data_key WHERE subject = %s",
            (person,),
        )
        yield


def test_i13_killed_between_the_event_and_the_deletion_it_completes_it_when_started(
    register: Register,
) -> None:
    register.employ(DAY, "p1", "p2")
    register.settle(DAY)
    order(register, "p1")
    program = [sys.executable, "-m", "scheduler"]
    with held(register, "p1"):
        killed = subprocess.Popen(program, env=environ(register.database))
        try:
            until(lambda: register.rows(WAITS), "it is about to destroy the key")
        finally:
            killed.send_signal(signal.SIGKILL)
            killed.wait()
        for waiting in register.rows(WAITS):
            register.rows("SELECT pg_terminate_backend(%(pid)s)", **waiting)
        until(lambda: not register.rows(WAITS), "the server has let it go")
    assert keys(register) == [("p1", "", 0), ("p2", "", 0)]

    started = subprocess.Popen(program, env=environ(register.database))
    try:
        until(lambda: keys(register) == [("p2", "", 0)], "the key is destroyed")
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait()
    assert len(register.facts(SubjectKeyDestroyed)) == 1


def test_i13_mail_that_was_not_delivered_by_then_cannot_be_and_says_so(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(BASELINE))
    register.employ(DAY, "p1", "p2", from_on=DAY.date())
    register.settle(DAY)
    order(register, "p1")
    register.settle(LATER)

    gone, kept = register.mails()
    assert (gone["person"], gone["state"]) == ("p1", "undeliverable")
    assert (gone["last_error"], gone["address"], gone["body"]) == (
        outbox.KEY_GONE,
        None,
        None,
    )
    assert (kept["state"], kept["address"]) == ("waiting", "p2@example.org")


def test_i13_mail_stays_while_only_what_was_declared_in_a_year_is_destroyed(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(BASELINE))
    register.employ(DAY, "p1", from_on=DAY.date())
    register.settle(DAY)
    order(register, "p1", year=2023)
    register.settle(LATER)

    assert [mail["state"] for mail in register.mails()] == ["waiting"]


def test_i13_nobody_writes_to_whose_name_opens_no_more_and_nothing_breaks(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(BASELINE))
    register.employ(DAY, "p1", "p2", from_on=DAY.date())
    register.settle(DAY)
    order(register, "p1")
    register.settle(LATER)
    # A new key is made for the reason; what was destroyed stays so.
    retired = Retire(number="p1", on=date(2024, 3, 21), reason="of age")
    register.act(LATER, retired)
    assert ("p1", "", 0) in keys(register)
    register.publish(
        LATER, rulebook(BASELINE, version=2, effective_from="2025-01-01"), version=2
    )
    register.settle(LATER)
    list(remind(register.office, LATER))
    register.settle(LATER)

    person = register.office.casework.look(CoveredPerson(), person_stream("p1"))
    assert isinstance(person.name, Sealed)
    told = [(e.subject, e.fact.version) for e in register.events(RulesNotified)]
    assert sorted(told) == [("p1", 1), ("p2", 1), ("p2", 2)]
    assert len(register.facts(ReminderSent)) == 2
    found = {(m["person"], m["kind"], m["state"]) for m in register.mails()}
    assert found == {
        ("p1", "notice", "undeliverable"),
        ("p1", "reminder", "undeliverable"),
        ("p2", "notice", "waiting"),
        ("p2", "reminder", "waiting"),
    }
    assert {m["address"] for m in register.mails()} == {None, "p2@example.org"}
    with register.office.connection() as connection:
        assert work.parked(connection) == []
    assert list(follow(register.office, LATER)) == []
