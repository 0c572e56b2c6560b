"""Extracts of registers at the terminal: all of a file, or a list of what is wrong."""

import json
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


def drawn(office: Terminal) -> list[str]:
    """Draw three of four people, ask the land register about them; return who."""
    people = [PERSON | {"number": number} for number in ("P1", "P2", "P3", "P4")]
    office.run("import", "people", office.file("people.csv", csv(*people)))
    said = ("--rulebook", "homes", "--seed", "x", "--seed-from", "lottery of 3 May")
    made = office.json("draw", "make", *said, "--size", "3")
    office.variables["DRAW"] = made["draw"]
    return list(made["drawn"])


def bulk(office: Terminal, text: str) -> tuple[str, ...]:
    mapping = MAPPING.replace("as_of =", 'person = "Owner"\nas_of =')
    path, land = office.file("land.csv", text), office.file("bulk.toml", mapping)
    where = ("--draw", office.variables["DRAW"], "--source", "land")
    return ("verification", "extract", path, *where, "--mapping", land)


def test_s3_26_one_file_answers_about_everybody_who_was_drawn(office: Terminal) -> None:
    people = drawn(office)
    rows = [f"Hill Street {n},80,2020-01-01,{p}\n" for n, p in enumerate(people)]
    words = bulk(office, f"{HEAD.strip()},Owner\n{''.join(rows)}")
    ask = (
        "verification",
        "ask",
        "--draw",
        office.variables["DRAW"],
        "--source",
        "land",
    )

    unasked = office.type(*words, "--json")
    first = office.json(*ask)
    told = office.json(*words)

    assert unasked.exit_code == 1
    assert len(json.loads(unasked.stdout)["refused"]) == 3
    assert (first["asked"], office.run(*ask)) == (3, "0 asked, 3 before\n")
    assert (told["verifications"], told["rows"], told["refused"]) == (3, 3, {})
    # The one who had declared a flat is also said to have another.
    assert told["new_discrepancies"] == 3 + ("P1" in people)
    assert office.run(*words).splitlines() == [
        "3 rows compared with 3 verifications",
        "0 new discrepancies",
    ]


def test_what_a_verification_refuses_is_told_and_the_others_go_on(
    office: Terminal,
) -> None:
    drawn(office)
    words = bulk(office, f"{HEAD.strip()},Owner\n,,2020-01-01,P9\n")

    said = office.refused(*words)
    empty = office.type(
        *bulk(office, f"{HEAD.strip()},Owner\n"), "--as-of", "2020-01-01"
    )

    assert "line 2, Owner: it is about P9, not about those drawn" in said
    assert empty.exit_code == 1
    assert empty.stderr.count("land was not asked") == 3


def test_a_file_is_for_one_verification_or_for_a_draw(office: Terminal) -> None:
    path = office.file("land.csv", STORE)
    common = ("verification", "extract", path, "--source", "s", "--mapping", "homes")

    for more in ((), ("--verification", "V-1", "--draw", "W-1")):
        assert "one of the two" in office.refused(*common, *more, code=2)
    named = (*common, "--draw", "W-1", "--disclosure", "D-1")
    assert "their own reports" in office.refused(*named, code=2)


def test_a_source_that_is_not_declared_is_asked_about_nobody(office: Terminal) -> None:
    drawn(office)
    ask = ("verification", "ask", "--draw", office.variables["DRAW"])
    assert "weibo is no declared source" in office.refused(*ask, "--source", "weibo")
