"""Nobody is left untold of the rules that bind them, and nobody is told to be told."""

from datetime import date

from domain.person import RulesNotified
from domain.personnel import CorrectIdentity, NotifyRules, Retire
from projections import work
from scheduler.follower import follow
from tests.scheduler.register import Register, noon, rule, rulebook

DAY = noon("2024-03-01")
ENTRY = rule(
    "baseline",
    "appointment",
    'due = { anchor = "appointment_date", offset = "30d" }',
    population="seniors",
)


def told(register: Register) -> list[tuple[str, int]]:
    return sorted(
        (str(event.subject), event.fact.version)
        for event in register.events(RulesNotified)
    )


def test_s3_08_who_comes_under_a_rulebook_is_told_of_it_by_mail(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1")
    register.employ(DAY, "junior", rank="section")
    register.settle(DAY)

    assert told(register) == [("p1", 1)]
    (mail,) = register.mails()
    assert (mail["person"], mail["address"], mail["kind"], mail["state"]) == (
        "p1",
        "p1@example.org",
        "notice",
        "waiting",
    )
    assert "The baseline report" in mail["body"]
    assert "Act on ethics" in mail["body"]


def test_s3_08_who_is_there_when_a_rulebook_is_published_is_told_of_it(
    register: Register,
) -> None:
    register.employ(DAY, "p1", "p2")
    register.publish(DAY, rulebook(ENTRY))
    register.settle(DAY)

    assert told(register) == [("p1", 1), ("p2", 1)]
    assert [mail["person"] for mail in register.mails()] == ["p1", "p2"]


def test_s3_08_a_new_version_is_told_before_it_comes_into_force(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1")
    register.settle(DAY)

    register.publish(
        DAY, rulebook(ENTRY, version=2, effective_from="2025-01-01"), version=2
    )
    register.employ(DAY, "p2")
    register.settle(DAY)

    assert told(register) == [
        ("p1", 1),
        ("p1", 2),
        ("p2", 1),
        ("p2", 2),
    ]
    assert sum("from 1 January 2025 on" in m["body"] for m in register.mails()) == 2


def test_s3_08_without_an_address_nobody_counts_as_told_and_the_office_sees_it(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1", email=None)
    register.settle(DAY)

    assert told(register) == []
    with register.office.connection() as connection:
        (stuck,) = work.stuck(connection)
    assert (stuck.person, stuck.state) == ("p1", "undeliverable")
    assert stuck.last_error == "the person has no e-mail address on file"


def test_s3_08_an_address_that_comes_later_is_used(register: Register) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1", email=None)
    register.settle(DAY)

    correct = CorrectIdentity(number="p1", name="Person p1", email="p1@example.org")
    register.act(DAY, correct)
    register.settle(DAY)

    assert told(register) == [("p1", 1)]
    (mail,) = register.mails()
    assert (mail["address"], mail["state"]) == ("p1@example.org", "waiting")


def test_s3_08_who_was_told_in_person_gets_no_mail(register: Register) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.settle(DAY)
    register.employ(DAY, "p1")
    register.act(DAY, NotifyRules(number="p1", rulebook="ethics", version=1))
    register.settle(DAY)

    assert told(register) == [("p1", 1)]
    assert register.mails() == []


def test_who_has_left_by_then_is_not_told(register: Register) -> None:
    register.employ(DAY, "p1")
    register.act(DAY, Retire(number="p1", on=date(2024, 2, 1)))
    register.publish(DAY, rulebook(ENTRY))
    register.settle(DAY)

    assert told(register) == []
    assert register.mails() == []


def test_a_letter_is_written_once_however_often_its_event_is_met(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1")
    register.settle(DAY)

    assert list(follow(register.office, DAY)) == []
    assert len(register.mails()) == 1
