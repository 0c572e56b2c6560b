"""Reminders go out on the days that the rulebook plans, and what passed is marked."""

from datetime import date

import pytest

from domain.duties import CancelObligation
from domain.obligation import ObligationBecameOverdue, ReminderSent, obligation_stream
from domain.personnel import CorrectIdentity
from scheduler.jobs import JOBS, run
from scheduler.overdue import mark_overdue
from scheduler.reminding import remind
from scheduler.sweeping import open_duties
from tests.scheduler.register import Register, noon, rule, rulebook

ANNUAL = rule(
    "annual",
    "calendar",
    'due = { yearly = "01-31" }\nopens = "-30d"\nreminders = ["-14d", "-3d"]\n'
    "nil_return = true",
)
MARKING = next(job for job in JOBS if job.name == "mark overdue")


@pytest.fixture
def owing(register: Register) -> Register:
    """Two people who owe the annual report by 31 January 2024."""
    day = noon("2024-01-02")
    register.publish(noon("2023-12-01"), rulebook(ANNUAL))
    register.employ(noon("2023-12-01"), "p1", "p2")
    register.settle(day)
    list(open_duties(register.office, day))
    register.settle(day)
    return register


def reminded(register: Register, *days: str) -> list[date]:
    """Let the morning's reminders be sent on each day; return the days planned."""
    for day in days:
        list(remind(register.office, noon(day)))
        register.settle(noon(day))
    return [fact.planned_on for fact in register.facts(ReminderSent)]


def letters(register: Register) -> list[str]:
    return [mail["body"] for mail in register.mails() if mail["kind"] == "reminder"]


def test_each_planned_day_reminds_once(owing: Register) -> None:
    assert reminded(owing, "2024-01-16") == []
    assert reminded(owing, "2024-01-17", "2024-01-17", "2024-01-18") == [
        date(2024, 1, 17),
        date(2024, 1, 17),
    ]
    assert reminded(owing, "2024-01-28", "2024-01-31")[2:] == [
        date(2024, 1, 28),
        date(2024, 1, 28),
    ]


def test_the_mail_says_what_is_due_when_by_which_rule_and_how_to_file(
    owing: Register,
) -> None:
    reminded(owing, "2024-01-17")

    body = letters(owing)[0]
    for said in (
        "Dear Person p1",
        "31 January 2024",
        "The annual report",
        "ethics v1, rule annual",
        "Act, on the annual report",
        "on paper with the ethics office",
        "a nil return is asked for",
    ):
        assert said in body


def test_a_day_that_was_missed_is_not_made_up_for_by_a_second_mail(
    owing: Register,
) -> None:
    assert set(reminded(owing, "2024-01-29")) == {date(2024, 1, 28)}


def test_nobody_is_reminded_of_what_is_past_its_due_date(owing: Register) -> None:
    assert reminded(owing, "2024-02-01") == []


def test_nobody_is_reminded_of_what_is_closed(owing: Register) -> None:
    closed = CancelObligation(
        obligation=obligation_stream("p1", "ethics", "annual", "2024"),
        reason="raised by mistake",
    )
    owing.act(noon("2024-01-10"), closed)
    owing.project()

    reminded(owing, "2024-01-17")

    assert [event.subject for event in owing.events(ReminderSent)] == ["p2"]


def test_a_reminder_goes_to_the_address_of_the_day(owing: Register) -> None:
    change = CorrectIdentity(number="p1", name="Person p1", email="new@example.org")
    owing.act(noon("2024-01-10"), change)
    owing.settle(noon("2024-01-10"))

    reminded(owing, "2024-01-17")

    addresses = [m["address"] for m in owing.mails() if m["kind"] == "reminder"]
    assert addresses == ["new@example.org", "p2@example.org"]


def test_what_passed_its_due_date_is_marked_overdue_once(owing: Register) -> None:
    for day in ("2024-01-31", "2024-02-01", "2024-02-02"):
        list(mark_overdue(owing.office, noon(day)))
        owing.project()

    marked = owing.events(ObligationBecameOverdue)
    assert sorted(str(event.subject) for event in marked) == ["p1", "p2"]
    assert {event.recorded_at for event in marked} == {noon("2024-02-01")}


def test_marking_while_the_read_model_lags_marks_nothing_twice(
    owing: Register,
) -> None:
    for _ in range(2):
        list(mark_overdue(owing.office, noon("2024-02-01")))

    assert len(owing.events(ObligationBecameOverdue)) == 2


def test_a_run_that_was_stopped_goes_on_from_its_place(owing: Register) -> None:
    day = noon("2024-02-01")
    run(owing.office, MARKING, day, iter([True, True, False, False]).__next__)
    unended = "SELECT cursor FROM work.job_run WHERE finished_at IS NULL"
    (stopped,) = owing.rows(unended)
    assert stopped["cursor"] == {"after": None}

    run(owing.office, MARKING, noon("2024-02-02"))

    assert owing.rows(unended) == []
    assert len(owing.events(ObligationBecameOverdue)) == 2


def test_today_is_the_day_where_the_rulebook_holds(register: Register) -> None:
    text = rulebook(ANNUAL, timezone="Asia/Shanghai")
    register.publish(noon("2023-12-01"), text)
    register.employ(noon("2023-12-01"), "p1")
    register.settle(noon("2024-01-02"))
    list(open_duties(register.office, noon("2024-01-02")))
    register.settle(noon("2024-01-02"))
    last_hour = noon("2024-01-31").replace(hour=15, minute=59)

    list(mark_overdue(register.office, last_hour))
    assert register.events(ObligationBecameOverdue) == []

    list(mark_overdue(register.office, last_hour.replace(hour=16)))
    assert len(register.events(ObligationBecameOverdue)) == 1


def test_without_an_address_the_reminder_is_kept_for_the_office(
    owing: Register,
) -> None:
    lost = CorrectIdentity(number="p1", name="Person p1", email=None)
    owing.act(noon("2024-01-10"), lost)
    owing.settle(noon("2024-01-10"))

    reminded(owing, "2024-01-17")

    states = [m["state"] for m in owing.mails() if m["kind"] == "reminder"]
    assert states == ["undeliverable", "waiting"]
