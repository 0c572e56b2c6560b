"""What cannot be done for one is set aside, and done when it can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from domain.campaign import LaunchCampaign
from domain.casework import Casework
from domain.duties import MarkOverdue
from domain.errors import VaultClosed
from domain.obligation import ObligationRaised
from domain.person import RulesNotified
from projections import work
from projections.vault.keyring import open_vault
from projections.vault.wrapping import Given
from scheduler.follower import follow
from scheduler.office import Asked, passing
from scheduler.retrying import try_again
from tests.postgres import admin
from tests.scheduler.register import Register, noon, rule, rulebook

DAY, NEXT, LATER = noon("2013-05-27"), noon("2013-05-28"), noon("2013-05-29")
TEXT = rulebook(
    rule(
        "baseline",
        "appointment",
        'due = { anchor = "appointment_date", offset = "30d" }',
        population="seniors",
    ),
    rule("cards", "campaign", "due = { on = 2013-06-20 }", population="seniors"),
)


@contextmanager
def unreadable(
    register: Register, subject: str, topic: str = "person.position-assumed"
) -> Iterator[None]:
    """Let nobody know, for a while, what an event about a person means."""
    rename(register, subject, topic, "no.such-topic")
    yield
    rename(register, subject, "no.such-topic", topic)


def rename(register: Register, subject: str, old: str, new: str) -> None:
    with admin(register.database) as connection:
        connection.execute("ALTER TABLE log.probity_events DISABLE TRIGGER USER")
        connection.execute(
            "UPDATE log.probity_events SET topic = %s WHERE topic = %s"
            " AND convert_from(state, 'UTF8')::json ->> 'subject' = %s",
            (new, old, subject),
        )


def who(register: Register, kind: type[ObligationRaised | RulesNotified]) -> list[str]:
    return sorted(str(event.subject) for event in register.events(kind))


def parked(register: Register) -> list[tuple[str, str]]:
    with register.office.connection() as connection:
        return sorted((each.job, each.item) for each in work.parked(connection))


@pytest.mark.parametrize(
    ("topic", "item"),
    [
        ("person.position-assumed", "event at position 5, topic no.such-topic"),
        ("person.registered", "event at position 5, topic person.position-assumed"),
    ],
)
def test_an_event_that_cannot_be_judged_is_set_aside_and_the_others_go_on(
    register: Register, topic: str, item: str
) -> None:
    register.publish(DAY, TEXT)
    register.employ(DAY, "p1", "p2")
    with unreadable(register, "p1", topic):
        register.settle(DAY)

        assert who(register, ObligationRaised) == ["p2"]
        before = parked(register)
        assert ("reactions", item) in before
        list(try_again(register.office, NEXT))
        register.settle(NEXT)
        assert parked(register) == before

    list(try_again(register.office, LATER))
    register.settle(LATER)
    assert who(register, ObligationRaised) == ["p1", "p2"]
    assert parked(register) == []


def test_a_person_whom_a_sweep_cannot_judge_is_set_aside_and_met_again(
    register: Register,
) -> None:
    register.employ(DAY, "p1", "p2")
    register.publish(DAY, TEXT)
    campaign = LaunchCampaign(
        campaign="cards",
        name="Cards",
        rulebook="ethics",
        rule="cards",
        launched_on=date(2013, 5, 27),
    )
    register.act(DAY, campaign)
    register.project()
    list(follow(register.office, DAY))
    with unreadable(register, "p1"):
        register.settle(DAY)

        assert who(register, ObligationRaised) == ["p2"]
        assert who(register, RulesNotified) == ["p2"]
        assert [job for job, _ in parked(register)] == ["sweep", "sweep"]

    list(try_again(register.office, NEXT))
    register.settle(NEXT)
    assert who(register, ObligationRaised) == ["p1", "p2"]
    assert who(register, RulesNotified) == ["p1", "p2"]
    assert parked(register) == []


def test_while_the_vault_is_closed_nothing_is_set_aside_and_nothing_is_lost(
    register: Register,
) -> None:
    register.publish(DAY, TEXT)
    register.employ(DAY, "p1", "p2")
    office = register.office
    vault = open_vault(office.pool, Given([bytes(32)], "another place"))
    closed = replace(office, casework=Casework(office.casework.kept, vault))

    with pytest.raises(VaultClosed, match="another place"):
        list(follow(closed, DAY))
    assert who(register, ObligationRaised) == []
    assert parked(register) == []

    register.settle(DAY)
    assert who(register, ObligationRaised) == ["p1", "p2"]
    assert who(register, RulesNotified) == ["p1", "p2"]
    assert parked(register) == []


def test_whoever_cannot_be_judged_because_of_tampering_stops_nobody_else(
    register: Register,
) -> None:
    register.publish(DAY, TEXT)
    register.employ(DAY, "p1", "p2")
    with admin(register.database) as connection:
        connection.execute("ALTER TABLE log.probity_events DISABLE TRIGGER USER")
        connection.execute(
            "UPDATE log.probity_events SET state = convert_to(replace("
            "convert_from(state, 'UTF8'), ':name:', ':email:'), 'UTF8')"
            " WHERE topic = 'person.registered'"
            " AND convert_from(state, 'UTF8')::json ->> 'subject' = 'p1'"
        )
    register.settle(DAY)

    assert who(register, ObligationRaised) == ["p2"]
    assert who(register, RulesNotified) == ["p2"]
    with register.office.connection() as connection:
        errors = [each.error for each in work.parked(connection)]
    assert errors
    assert all(error.startswith("Tampered: name of ") for error in errors)


def test_what_fails_because_the_database_is_away_is_not_set_aside(
    register: Register,
) -> None:
    register.office.pool.close()
    asked = Asked(MarkOverdue(obligation=uuid4(), today=DAY.date()))

    with pytest.raises(Exception, match="closed") as failure:
        register.office.carry_out([asked], job="mark overdue", now=DAY)

    assert passing(failure.value)
    assert register.rows("SELECT item FROM work.parked") == []
