"""I8: whoever is held something of is told, by the office or else by a letter."""

import pytest

from domain.hold import HoldNotified
from domain.holding.placing import NotifyHold, PlaceHold
from domain.record import Actor
from scheduler.follower import react_again
from tests.domain.hold.offices import BOOK, DEBT, LAW
from tests.scheduler.register import Register, noon

CERTIFIER = Actor(id="wang", role="certifier")
DAY = noon("2024-03-01")
OFFICE = noon("2023-12-01")


@pytest.fixture
def held(register: Register) -> Register:
    """Somebody whose deed was held just now, and nobody has told them."""
    register.publish(OFFICE, LAW, name=BOOK)
    register.employ(OFFICE, "p1")
    register.settle(OFFICE)
    register.act(DAY, PlaceHold(**(DEBT | {"person": "p1"})), by=CERTIFIER)
    return register


def notices(register: Register) -> list[str]:
    subject = "A notice under Selection rules"
    return [m["body"] for m in register.mails() if m["subject"] == subject]


def test_i8_a_letter_tells_of_a_hold_and_that_is_on_record(held: Register) -> None:
    held.settle(DAY)
    held.settle(DAY)

    (letter,) = notices(held)
    (fact,) = held.facts(HoldNotified)
    assert (fact.hold, fact.on) == ("p1:1", DAY.date())
    assert "the issue of a document" in letter
    assert "31 May 2024" in letter
    assert "Tax Rules, Art. 9" in letter


def test_a_letter_tells_neither_the_ground_nor_the_reason(held: Register) -> None:
    held.settle(DAY)

    (letter,) = notices(held)
    assert "tax_debt" not in letter
    assert "income tax" not in letter


def test_whom_the_office_has_told_gets_no_letter(held: Register) -> None:
    held.act(DAY, NotifyHold(hold="p1:1"), by=CERTIFIER)
    held.settle(DAY)

    assert notices(held) == []
    assert len(held.facts(HoldNotified)) == 1


def test_to_react_again_tells_nobody_twice(held: Register) -> None:
    held.settle(DAY)
    head = held.office.casework.recorder.max_notification_id() or 0
    for position in range(1, head + 1):
        react_again(held.office, position, DAY)
    held.settle(DAY)

    assert len(notices(held)) == 1
    assert len(held.facts(HoldNotified)) == 1
