"""A file is read row by row; what is broken is named by its line, the rest goes on."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from domain.errors import Invalid
from web.intake.shape import Source
from web.intake.tables import length, read

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def rows(path: Path, **source: Any) -> list[tuple[int, dict[str, Any]]]:
    found = list(read(path, Source(**source)))
    assert [line for line in found if line.fault] == []
    return [(line.number, line.row) for line in found]


def faults(path: Path, **source: Any) -> dict[int, str]:
    lines = read(path, Source(**source))
    return {line.number: line.fault for line in lines if line.fault}


def test_a_csv_gives_rows_with_the_lines_they_begin_on(write: Write) -> None:
    path = write("a.csv", 'number,name\n1,Ann\n\n2,"Bo\nBo"\n3,Cy\n')

    assert rows(path) == [
        (2, {"number": "1", "name": "Ann"}),
        (4, {"number": "2", "name": "Bo\nBo"}),
        (6, {"number": "3", "name": "Cy"}),
    ]


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_trouble(
    write: Write,
) -> None:
    path = write("a.csv", b"\xef\xbb\xbfnumber,name\r\n1,Ann\r\n")

    assert rows(path) == [(2, {"number": "1", "name": "Ann"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_the_header_has(
    write: Write, delimiter: str
) -> None:
    path = write("a.csv", f"number{delimiter}name\n1{delimiter}Ann\n")

    assert rows(path) == [(2, {"number": "1", "name": "Ann"})]


def test_a_ragged_row_is_named_and_the_rest_is_read(write: Write) -> None:
    path = write("a.csv", "number,name\n1\n2,Bo\n3,Cy,more\n")

    assert faults(path) == {
        2: "it has 1 cells, the header 2",
        4: "it has 3 cells, the header 2",
    }
    assert [line.row for line in read(path, Source())][1] == {
        "number": "2",
        "name": "Bo",
    }


def test_a_quote_that_is_never_closed_says_which_lines_it_swallowed(
    write: Write,
) -> None:
    path = write("a.csv", 'number,name\n1,Ann\n2,"Bo\n3,Cy\n')

    assert faults(path) == {
        3: "lines 3 to 4 are no record: unexpected end of data",
    }


def test_what_is_not_in_the_encoding_is_named_by_its_line(write: Write) -> None:
    path = write("a.csv", b"number,name\n1,Ren\xe9\n2,Bo\n")

    assert "no text in utf-8; save it in UTF-8, or say" in faults(path)[2]
    assert rows(path, encoding="latin-1")[0] == (2, {"number": "1", "name": "René"})


def test_chinese_sheets_are_read_in_their_own_encoding(write: Write) -> None:
    path = write("a.csv", "number,name\n1,沈慧敏\n".encode("gb18030"))

    assert rows(path, encoding="gb18030") == [(2, {"number": "1", "name": "沈慧敏"})]


def test_utf_16_is_recognised_and_asked_to_be_said(write: Write) -> None:
    path = write("a.csv", "number,name\n1,Ann\n".encode("utf-16"))

    with pytest.raises(Invalid, match='encoding = "utf-16"'):
        rows(path)
    assert rows(path, encoding="utf-16") == [(2, {"number": "1", "name": "Ann"})]


def test_a_nul_character_is_refused_with_its_line(write: Write) -> None:
    path = write("a.csv", "number,name\n1,An\0n\n")

    assert faults(path) == {2: "it holds a NUL character"}


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx"])
def test_an_empty_file_is_refused_as_a_whole(write: Write, name: str) -> None:
    with pytest.raises(Invalid, match="the file is empty"):
        rows(write(name, ""))


@pytest.mark.parametrize(
    ("header", "said"),
    [("name,number,name", "two columns are called name"), (",,", "names no column")],
)
def test_a_header_that_names_no_columns_is_refused(
    write: Write, header: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        rows(write("a.csv", f"{header}\n1,2,3\n"))


def test_the_header_may_stand_below_a_title(write: Write) -> None:
    path = write("a.csv", "Staff list\n\nnumber,name\n1,Ann\n")

    assert rows(path, header=3) == [(4, {"number": "1", "name": "Ann"})]


def test_a_file_of_an_unknown_kind_is_refused_unless_its_format_is_said(
    write: Write,
) -> None:
    path = write("a.list", "number,name\n1,Ann\n")

    with pytest.raises(Invalid, match="its name ends in none of"):
        rows(path)
    assert rows(path, format="csv")[0][1]["name"] == "Ann"


def test_json_lines_give_objects_and_broken_ones_their_line(write: Write) -> None:
    path = write(
        "a.jsonl",
        '{"a": 1}\n\n{"a": \n[1]\n{"a": NaN}\n{"a": "\\ud800"}\n{"b": [{"c": 2}]}\n',
    )

    found = faults(path)
    assert list(found) == [3, 4, 5, 6]
    assert found[3].startswith("it is not JSON: ")
    assert found[4] == "it is JSON, but not an object"
    assert found[5] == "it is not JSON: NaN is no value of JSON"
    assert "no text in utf-8" in found[6]
    kept = [line for line in read(path, Source()) if not line.fault]
    assert [(line.number, line.row) for line in kept] == [
        (1, {"a": 1}),
        (7, {"b": [{"c": 2}]}),
    ]


def test_json_that_is_nested_without_end_is_one_bad_line(write: Write) -> None:
    path = write("a.jsonl", '{"a": ' + "[" * 100_000 + '\n{"a": 1}\n')

    assert list(faults(path)) == [1]


def test_an_array_in_place_of_lines_is_refused_as_a_whole(write: Write) -> None:
    with pytest.raises(Invalid, match="put each object on a line"):
        rows(write("a.jsonl", '[{"a": 1},\n{"a": 2}]'))


def test_a_sheet_gives_days_and_numbers_as_they_are(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["number", "on", ""], [7, datetime(2020, 1, 2), "note"])  # noqa: DTZ001  a sheet has no zone

    assert rows(path) == [(2, {"number": 7.0, "on": date(2020, 1, 2)})]


def test_blank_lines_and_short_lines_of_a_sheet_are_no_trouble(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["number", "name"], [], ["1"], ["2", "Bo"])

    assert rows(path) == [
        (3, {"number": "1", "name": ""}),
        (4, {"number": "2", "name": "Bo"}),
    ]


def test_a_sheet_that_is_not_there_is_asked_for_by_name(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["number"], ["1"])

    with pytest.raises(Invalid, match="it has no sheet Staff, but Sheet1"):
        rows(path, sheet="Staff")
    with pytest.raises(Invalid, match="sheet Sheet1 has no line 9"):
        rows(path, header=9)


def test_what_only_says_that_it_is_a_sheet_is_refused_as_a_whole(write: Write) -> None:
    with pytest.raises(Invalid, match="it cannot be read as a sheet"):
        rows(write("a.xlsx", "number,name\n"))


def test_the_length_is_counted_in_lines(write: Write, tmp_path: Path) -> None:
    assert length(write("a.csv", "a\nb\nc\n"), Source()) == 3
    assert length(sheet(tmp_path, ["number"], ["1"]), Source()) == 2
    assert length(write("b.xlsx", "no sheet"), Source()) == 0


def sheet(directory: Path, *lines: list[Any]) -> Path:
    path = directory / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        for number, cells in enumerate(lines):
            page.write_row(number, 0, cells)
    return path
