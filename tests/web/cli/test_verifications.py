"""Extracts of registers at the terminal: all of a file, or a list of what is wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.record import Actor, Command
from domain.verification.verification import OpenVerification, QueryRegister
from tests.domain.verification.cast import FLAT, LAW, SOURCE, files
from tests.web.cli.terminal import PERSON, TWO, Terminal
from tests.web.intake.inbox import csv
from tests.web.test_verifying import HEAD, MAPPING, STORE
from web.cli.register import opened

OPENS = OpenVerification(
    verification="V-1", person="P1", basis="risk", rulebook="homes", reason="x"
)


@pytest.fixture(name="office")
def verifying(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Ann, who has declared a flat; the land register was asked about her."""
    terminal.run("rulebook", "publish", terminal.file("homes.toml", LAW), *TWO)
    terminal.run("import", "people", terminal.file("people.csv", csv(PERSON)))
    terminal.file("land.toml", MAPPING)
    monkeypatch.setenv("DATABASE_URL", terminal.database.url)
    steps: tuple[tuple[Command[Any], str], ...] = (
        (SOURCE, "records_officer"),
        (files(FLAT, person="P1"), "declarant"),
        (OPENS, "verifier"),
        (QueryRegister(verification="V-1", source="land"), "verifier"),
    )
    with opened("test") as casework:
        for command, role in steps:
            who = Actor(id="P1" if role == "declarant" else "vera", role=role)
            casework.handle(command, by=who, at=datetime.now(UTC))
    return terminal


def words(office: Terminal, text: str, *more: str) -> tuple[str, ...]:
    path = office.file("land.csv", text)
    where = ("--verification", "V-1", "--source", "land")
    return ("verification", "extract", path, *where, "--mapping", "land.toml", *more)


def test_s5_14_a_file_is_compared_with_the_reports_of_the_person(
    office: Terminal,
) -> None:
    told = office.json(*words(office, STORE))

    assert (told["rows"], told["new_discrepancies"]) == (2, 1)
    assert told["reports"] == ["D-1"]
    again = office.type(*words(office, STORE))
    assert "taken and compared before" in again.stderr
    assert "2 rows compared with D-1\n0 new" in again.stdout


def test_reports_may_be_named_and_the_day_may_be_told(office: Terminal) -> None:
    text = "Address,Area\nLake Road 5,120\n"
    office.file("land.toml", MAPPING.replace('as_of = "as of"\n', ""))

    told = office.json(
        *words(office, text, "--as-of", "2020-01-01", "--disclosure", "D-1")
    )

    assert told["new_discrepancies"] == 1


def test_what_cannot_be_read_is_listed_by_line_and_column(office: Terminal) -> None:
    text = f"{HEAD}x,big,2020-01-01\ny,1,May\n"

    said = office.refused(*words(office, text))

    assert "land.csv, line 2, Area: expected a number" in said
    assert "land.csv, line 3, as of: May is not a day" in said
    assert "Nothing was taken." in said
    unknown = ("verification", "extract", "land.csv", "--verification", "V-9")
    other = (*unknown, "--source", "land", "--mapping", "land.toml")
    assert "there is no verification V-9" in office.refused(*other)
