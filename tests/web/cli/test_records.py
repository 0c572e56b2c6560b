"""How records are kept, asked for at the terminal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.record import Actor, Command
from domain.records.access_request import RequestAccess
from domain.records.break_glass import BreakGlass
from domain.records.holds import PlaceHold
from tests.web.cli.terminal import INSTANT, PERSON, Terminal
from tests.web.cli.test_import import CAR
from tests.web.intake.inbox import csv
from web.cli.register import opened

LONG_AGO = datetime(2018, 5, 3, tzinfo=UTC)


@pytest.fixture
def office(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Ann, whose records are held, who asks for them, and whose glass was broken."""
    terminal.publish(f"{INSTANT}-v1", f"{INSTANT}-v2")
    terminal.run("import", "people", terminal.file("people.csv", csv(PERSON)))
    terminal.run("import", "disclosures", terminal.file("cars.csv", csv(CAR)))
    monkeypatch.setenv("DATABASE_URL", terminal.database.url)
    now = datetime.now(UTC)
    review_on = (now + timedelta(days=30)).date()
    hold = PlaceHold(
        person="P1", hold="H-1", basis="order 12", review_on=review_on, reason="a case"
    )
    glass = BreakGlass(actor="eve", person="P1", rulebook=INSTANT, reason="missing")
    wish = RequestAccess(request="R-1", person="P1", rulebook=INSTANT)
    steps: tuple[tuple[Command[Any], str, str, datetime], ...] = (
        (hold, "olga", "records_officer", now),
        (glass, "eve", "reviewer", now),
        (wish, "P1", "declarant", LONG_AGO),
    )
    with opened("test") as casework:
        for command, by, role, at in steps:
            casework.handle(command, by=Actor(id=by, role=role), at=at)
    return terminal


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("holds", {"person": "P1", "hold": "H-1", "placed_by": "olga"}),
        ("glass", {"person": "P1", "actor": "eve", "use": 1}),
        ("requests", {"person": "P1", "kind": "access", "stage": "open"}),
    ],
)
def test_what_waits_is_listed_and_masked(
    office: Terminal, command: str, expected: dict[str, object]
) -> None:
    (row,) = office.json(command)

    assert expected.items() <= row.items()
    assert row["name"] == {"sealed": "withheld", "class": "identity"}
    assert office.json(command, "--person", "P9") == []
    assert "P1" in office.run(command, "--unit", "traffic", "--all")


def test_who_says_a_purpose_reads_it_in_the_clear_and_is_on_record(
    office: Terminal,
) -> None:
    (row,) = office.json("holds", "--purpose", "audit")

    assert (row["name"], row["reason"]) == ("Ann Lee", "a case")
    (seen,) = office.json("access-log", "--person", "P1", "--since", "2020-01-01")[:1]
    assert (seen["what"], seen["purpose"], seen["masked"]) == (
        "records",
        "audit",
        False,
    )
    assert seen["reader"].startswith("cli:")


def test_what_is_kept_until_when_is_listed_before_it_is_destroyed(
    office: Terminal,
) -> None:
    (row,) = office.json("retention", "--due-by", "2099-01-01")

    assert (row["year"], row["due_on"], row["held"]) == (2018, "2025-01-01", True)
    assert office.json("retention", "--free") == []
    assert office.json("retention", "--due-by", "2001-01-01") == []


def test_unusual_access_is_listed(office: Terminal) -> None:
    (broken,) = office.json("access-log", "--unusual")

    assert (broken["reader"], broken["event"], broken["break_glass"]) == (
        "eve",
        "glass_broken",
        True,
    )
    assert office.json("access-log", "--until", "2020-01-01") == []
    assert len(office.json("access-log", "--volume-above", "0")) >= 1
    assert office.json("access-log", "--reader", "nobody") == []
