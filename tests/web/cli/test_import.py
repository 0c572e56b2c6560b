"""`probity import`: what it prints, where it lists refusals, how it fails."""

import json
from datetime import datetime

import msgspec
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from tests.web.cli.terminal import INSTANT, PERSON, Terminal
from tests.web.intake.inbox import csv

OPENLY = ("--purpose", "review")
CAR = {
    "key": "A-1",
    "person": "P1",
    "rulebook": INSTANT,
    "rule": "vehicle",
    "received_on": "2018-05-18",
    "purchase_date": "2018-05-01",
    "model": "family car",
    "price": "90000 CNY",
}


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    terminal.publish(f"{INSTANT}-v1", f"{INSTANT}-v2")
    terminal.run("import", "people", terminal.file("people.csv", csv(PERSON)))
    return terminal


def test_people_come_from_a_plain_table(terminal: Terminal) -> None:
    path = terminal.file("people.csv", csv(PERSON | {"unti": "x"}))

    result = terminal.type("import", "people", path)

    assert result.stdout == "       1 rows read\n       1 taken\n"
    assert "Columns that the mapping does not read: unti" in result.stderr
    assert terminal.json("import", "people", path)["already_there"] == 1


def test_reports_come_from_a_plain_table(office: Terminal) -> None:
    bad = CAR | {"key": "A-2", "purchase_date": "1 May"}
    path = office.file("cars.csv", csv(CAR, bad))

    sums = office.json("import", "disclosures", path)

    assert (sums["rows"], sums["taken"], sums["refused"], sums["late"]) == (2, 1, 1, 1)
    lines = (office.directory / "cars.csv.refused.jsonl").read_text().splitlines()
    assert sums["report"] == "cars.csv.refused.jsonl"
    assert json.loads(lines[0])["line"] == 3


def test_reports_come_from_a_sheet_with_days_and_numbers_as_they_are(
    office: Terminal,
) -> None:
    bought = datetime(2018, 5, 1)  # noqa: DTZ001  a sheet has no zone
    row = CAR | {"purchase_date": bought, "received_on": bought, "price": 90000}
    mapping = office.file("m.toml", MAPPING)
    with xlsxwriter.Workbook("cars.xlsx", {"default_date_format": "d.m.yy"}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, row)
        page.write_row(1, 0, row.values())

    words = ("import", "disclosures", "cars.xlsx", "--mapping", mapping)
    sums = office.json(*words, "--rulebook", INSTANT)

    assert (sums["taken"], sums["late"]) == (1, 0)
    assert sums["columns_not_read"] == ["rulebook"]
    number = office.json("file", "P1")["entries"][0]["data"]["disclosure"]
    (item,) = office.json("history", number, *OPENLY)[0]["fact"]["items"]
    assert item["price"] == {"amount": "90000", "currency": "CNY"}


MAPPING = """
kind = "disclosures"
[report]
key = ["key"]
person = "person"
rule = "rule"
received_on = "received_on"
[events.fields]
purchase_date = "purchase_date"
model = "model"
price = { path = "price", currency = "CNY" }
"""


def test_where_refusals_are_listed_can_be_said(office: Terminal) -> None:
    path = office.file("cars.csv", csv(CAR | {"person": "P9"}))

    result = office.type("import", "disclosures", path, "--report", "why.jsonl")

    assert result.exit_code == 0
    assert "is listed in why.jsonl, with line and reason" in result.stderr
    assert "there is no person P9" in (office.directory / "why.jsonl").read_text()


def test_whoever_imports_is_on_record(office: Terminal) -> None:
    path = office.file("cars.csv", csv(CAR))
    office.run("import", "disclosures", path, "--by", "clerk-3", "--rulebook", INSTANT)

    number = office.json("late")[0]["disclosure"]
    actor = office.json("history", number)[0]["actor"]

    assert actor == {"id": "clerk-3", "role": "clerk", "on_behalf_of": "P1"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "a.csv: the file is empty"),
        ("a.csv", "number,number\n1,2\n", "two columns are called number"),
        ("a.pdf", "x", "its name ends in none of"),
        ("a.xlsx", "x", "it cannot be read as a sheet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_without_a_trace(
    terminal: Terminal, name: str, content: str, said: str
) -> None:
    assert said in terminal.refused("import", "people", terminal.file(name, content))
    assert not (terminal.directory / f"{name}.refused.jsonl").exists()


def test_a_mapping_that_is_wrong_is_refused_by_name(terminal: Terminal) -> None:
    path = terminal.file("people.csv", csv(PERSON))
    mapping = terminal.file("m.toml", "kind = 'people'\n[person]\nnumber = 'n'\n")

    said = terminal.refused("import", "people", path, "--mapping", mapping)
    assert "m.toml: person: missing required field" in said or "name" in said
    said = terminal.refused("import", "people", path, "--mapping", "senate_ptr")
    assert "it maps disclosures, not people" in said


def test_a_report_that_cannot_be_written_is_said_so(terminal: Terminal) -> None:
    path = terminal.file("people.csv", csv(PERSON | {"name": ""}))

    said = terminal.refused("import", "people", path, "--report", "/nowhere/r.jsonl")

    assert "/nowhere/r.jsonl" in said


def test_sums_are_one_json_document(terminal: Terminal) -> None:
    path = terminal.file("people.csv", csv(PERSON))

    printed = terminal.run("import", "people", path, "--json")

    assert msgspec.json.decode(printed)["kind"] == "people"
