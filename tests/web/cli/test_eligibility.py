"""`probity eligibility`: one person or a file of numbers, as a table or as JSON."""

import pytest

from tests.web.cli.terminal import INSTANT, PERSON, Terminal
from tests.web.cli.test_import import OPENLY
from tests.web.intake.inbox import csv

SECOND = PERSON | {"number": "P2", "name": "Bo"}
UNDER = ("--rulebook", "cn-selection", "--as-of", "2026-01-01")


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """Ann and Bo, whom nobody has verified."""
    terminal.publish("cn-selection", f"{INSTANT}-v1")
    people = terminal.file("people.csv", csv(PERSON, SECOND))
    terminal.run("import", "people", people)
    return terminal


def test_each_candidate_is_a_line_that_says_why_not(office: Terminal) -> None:
    header, first, second = office.run(
        "eligibility", "P2", "P1", *UNDER, *OPENLY
    ).splitlines()

    assert header.split() == ["person", "name", "result", "until", "review_on", "why"]
    assert first.split()[:3] == ["P2", "Bo", "UNDETERMINED"]
    assert second.split()[-2:] == ["verification", "(P1)"]


def test_a_list_is_read_from_a_file_and_who_is_unknown_is_named(
    office: Terminal,
) -> None:
    listed = office.file("list.txt", "P1\n\nP9\n")

    told = office.json("eligibility", "--file", listed, *UNDER, "--for", "reward")

    assert [each["result"] for each in told["candidates"]] == ["ELIGIBLE"]
    assert (told["purpose"], told["unknown"]) == ("reward", ["P9"])
    assert told["candidates"][0]["name"] == {
        "sealed": "withheld",
        "class": "identity",
    }
    assert "P1" in office.run("eligibility", "--file", listed, *UNDER)
