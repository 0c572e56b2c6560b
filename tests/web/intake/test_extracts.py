"""An extract is read as a whole, whatever kind of file it came in, or not at all."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from domain.errors import Invalid
from domain.regime.parse import parse as law
from tests.domain.verification.cast import LAW
from web.intake.extracts import MOST_FAULTS, Extract, Extracts, Unreadable, taking
from web.intake.mapping import load, parse, paths, shipped
from web.intake.shape import Mapping

RULE = law(LAW).rules[0]
TEXT = """
kind = "extracts"
[source]
dates = ["%d.%m.%Y"]
[extract]
rulebook = "homes"
rule = "home"
key = ["address"]
as_of = "day"
person = "owner"
[extract.fields]
address = ["street", "number"]
area = "m2"
price = { path = "paid", currency = "CNY" }
bought_on = "since"
"""
ROW: dict[str, Any] = {
    "street": "Lake Road",
    "number": 5,
    "m2": 90.5,
    "paid": "90,000",
    "since": "01.10.2016",
    "day": "01.12.2016",
    "owner": "P1",
}
READ = {
    "address": "Lake Road 5",
    "bought_on": "2016-10-01",
    "area": "90.5",
    "price": {"amount": "90000", "currency": "CNY"},
}
BARE = TEXT.replace('as_of = "day"\n', "").replace('person = "owner"\n', "")


def written(directory: Path, name: str, *rows: dict[str, Any]) -> Path:
    path = directory / name
    match path.suffix:
        case ".xlsx":
            book = xlsxwriter.Workbook(str(path))
            sheet = book.add_worksheet()
            for nth, row in enumerate([dict(zip(ROW, ROW, strict=True)), *rows]):
                sheet.write_row(nth, 0, row.values())
            book.close()
        case ".json":
            path.write_text(json.dumps(rows))
        case ".jsonl":
            path.write_text("\n".join(map(json.dumps, rows)))
        case _:
            lines = [ROW.keys(), *(map(str, row.values()) for row in rows)]
            path.write_text("\n".join(";".join(line) for line in lines))
    return path


def read(path: Path, text: str = TEXT, as_of: date | None = None) -> Extract:
    return Extracts(parse(text), RULE, people=["P1"], as_of=as_of).read(path)["P1"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl"])
def test_rows_come_from_files_of_each_kind_in_the_form_s_own_types(
    tmp_path: Path, ending: str
) -> None:
    path = written(tmp_path, f"land.{ending}", ROW, ROW | {"number": 7})

    found = read(path)

    assert found.rows == (READ, READ | {"address": "Lake Road 7"})
    assert found.as_of == date(2016, 12, 1)
    assert len(found.sha256) == 64


def faults(path: Path, text: str = TEXT) -> list[str]:
    with pytest.raises(Unreadable) as refused:
        read(path, text)
    return [str(fault) for fault in refused.value.faults]


def test_every_line_that_cannot_be_read_is_named_by_line_and_column(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path,
        "land.csv",
        ROW,
        ROW | {"m2": "big"},
        ROW | {"since": "May"},
        ROW | {"owner": "P2"},
        ROW | {"owner": ""},
        ROW | {"paid": "much"},
    )

    found = faults(path)

    assert [fault.split(": ")[0] for fault in found] == [
        "line 3, m2",
        "line 4, since",
        "line 5, owner",
        "line 6, owner",
        "line 7, paid",
    ]
    assert "it is about P2, not about P1" in found[2]


def test_one_file_may_be_about_several_people(tmp_path: Path) -> None:
    path = written(tmp_path, "land.csv", ROW, ROW | {"owner": "P2", "number": 7})
    several = Extracts(parse(TEXT), RULE, people=["P1", "P2", "P3"])

    found = several.read(path)

    assert {who: len(one.rows) for who, one in found.items()} == {
        "P1": 1,
        "P2": 1,
        "P3": 0,
    }
    assert found["P2"].rows[0]["address"] == "Lake Road 7"
    other = written(tmp_path, "b.csv", ROW | {"owner": "P9"})
    with pytest.raises(Unreadable, match="it is about P9, not about those drawn"):
        several.read(other)
    with pytest.raises(Invalid, match="say whom a row is about"):
        Extracts(parse(BARE), RULE, people=["P1", "P2"]).check()


def test_a_file_that_is_wrong_throughout_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = written(tmp_path, "land.csv", *[ROW | {"m2": "big"}] * 60)
    assert len(faults(path)) == MOST_FAULTS


def test_rows_of_two_days_are_no_one_answer(tmp_path: Path) -> None:
    path = written(tmp_path, "land.csv", ROW, ROW | {"day": "02.12.2016"})
    with pytest.raises(Invalid, match="2016-12-01 and 2016-12-02"):
        read(path)
    with pytest.raises(Invalid, match="2016-12-01 and 2017-01-01"):
        read(written(tmp_path, "b.csv", ROW), as_of=date(2017, 1, 1))


def test_the_day_may_be_told_and_then_a_file_may_have_no_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "land.csv")
    found = read(path, BARE, as_of=date(2016, 12, 1))
    assert (found.rows, found.as_of) == ((), date(2016, 12, 1))


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "land.csv"
    path.write_text("street,m2\nLake Road,90\n")
    with pytest.raises(Invalid, match="it has no column day, number, owner, paid, si"):
        read(path)
    lax = BARE.replace("[source]", "[source]\noptional = true")
    rows = read(path, lax, as_of=date(2016, 1, 1)).rows
    assert rows == ({"address": "Lake Road", "area": "90"},)


def test_more_rows_than_one_person_can_have_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.intake.extracts.MOST_ROWS", 2)
    path = written(tmp_path, "land.csv", ROW, ROW, ROW)
    with pytest.raises(Invalid, match="more than 2 rows"):
        read(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "it is not JSON"),
        ("{}", "it is JSON, but no array of objects"),
        ('[{"a": NaN}]', "NaN is no value of JSON"),
    ],
)
def test_json_that_is_no_array_of_objects_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "land.json"
    path.write_text(text)
    with pytest.raises(Invalid, match=said):
        read(path)


def test_an_entry_of_an_array_that_is_no_object_is_named(tmp_path: Path) -> None:
    path = tmp_path / "land.json"
    path.write_text(json.dumps([ROW, 3]))
    assert faults(path) == ["line 2, row: it is JSON, but not an object"]


def test_the_mapping_says_how_rows_and_items_are_matched(tmp_path: Path) -> None:
    mapping = parse(TEXT + "\n")
    found = read(written(tmp_path, "land.csv", ROW))

    command = taking(
        mapping, found, verification="V-1", source="land", disclosures=("D-1",)
    )

    assert (command.key, command.mentions) == (("address",), False)
    assert (command.rulebook, command.rule) == ("homes", "home")
    assert command.rows == (READ,)
    assert paths(mapping) == set(ROW)


def test_a_mapping_of_anything_else_maps_no_extract() -> None:
    with pytest.raises(Invalid, match="it maps no extract"):
        Extracts(Mapping(kind="people"), RULE, people=["P1"])
    with pytest.raises(Invalid, match=r"extract\.fields\.colour: the form has no"):
        Extracts(parse(TEXT + 'colour = "c"'), RULE, people=["P1"]).check()


def test_one_is_shipped_for_homes_in_the_annual_report() -> None:
    mapping = load("homes", "extracts")
    assert "homes" in shipped()
    assert mapping.extract is not None
    assert mapping.extract.mentions
