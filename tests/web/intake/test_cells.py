"""What stands in a cell, read as the mapping says it is written."""

from datetime import date, datetime
from typing import Any

import pytest

from domain.errors import Invalid
from web.intake.cells import Cells
from web.intake.shape import Column, Source

CELLS = Cells(Source(blank=("--", "N/A"), strip_html=True, dates=("%m/%d/%Y",)))


def column(*path: str, **more: Any) -> Column:
    return Column(path=path or ("a",), **more)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Ann \n Lee ", "Ann Lee"),
        ("--", None),
        ("n/a", None),
        ("", None),
        (None, None),
        ('<a href="https://x.example/q?s=A" target="_blank">AAPL</a>', "AAPL"),
        ("Notes<br>due 2017 <em>Rate:</em> 4%", "Notes due 2017 Rate: 4%"),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("a < b", "a < b"),
        (7.0, "7"),
        (7.5, "7.5"),
        (1e300, "1e+300"),
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2, 9), "2020-01-02"),  # noqa: DTZ001  a sheet has no zone
    ],
)
def test_a_text_is_read_without_its_writing(written: Any, read: str | None) -> None:
    assert CELLS.text(column(), {"a": written}) == read


def test_tags_stay_where_the_mapping_does_not_strip_them() -> None:
    assert Cells(Source()).text(column(), {"a": "<b>x</b>"}) == "<b>x</b>"


@pytest.mark.parametrize("value", [True, ["x"], {"x": 1}])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(Invalid, match="a: expected a text"):
        CELLS.text(column(), {"a": value})


def test_a_value_is_found_by_the_name_of_the_column_or_by_keys_within() -> None:
    row = {"filer": {"name": "Ann"}, "filer.id": "7", "list": [1]}

    assert CELLS.text(column("filer.name"), row) == "Ann"
    assert CELLS.text(column("filer.id"), row) == "7"
    assert CELLS.text(column("filer.name.first"), row) is None
    assert CELLS.text(None, row) is None


def test_several_columns_are_joined_without_those_that_are_blank() -> None:
    row = {"first": "Ann", "middle": "", "last": "Lee"}

    assert CELLS.text(column("first", "middle", "last"), row) == "Ann Lee"
    assert CELLS.text(column("last", "first", join=", "), row) == "Lee, Ann"


def test_a_constant_a_default_and_a_map_stand_for_what_the_file_lacks() -> None:
    assert CELLS.text(Column(value="Senate"), {}) == "Senate"
    assert CELLS.text(column(default="self"), {"a": "--"}) == "self"
    words = column(map={"JT": "Joint", "1": "Own"})
    assert CELLS.text(words, {"a": "JT"}) == "Joint"
    assert CELLS.text(words, {"a": 1.0}) == "Own"
    assert CELLS.text(words, {"a": "Child"}) == "Child"


@pytest.mark.parametrize("written", ["2014-01-05", "01/05/2014", "1/5/2014"])
def test_a_day_is_read_in_any_of_the_ways_it_is_written(written: str) -> None:
    assert CELLS.day(column(), {"a": written}) == date(2014, 1, 5)


@pytest.mark.parametrize("written", ["13/45/2014", "05.01.2014", "yesterday", 20140105])
def test_what_is_no_day_is_refused_with_how_days_are_written(written: Any) -> None:
    with pytest.raises(Invalid, match="is not a day such as Y-m-d or m/d/Y"):
        CELLS.day(column(), {"a": written})


def test_what_must_be_there_is_asked_for() -> None:
    with pytest.raises(Invalid, match="a and b: it is blank"):
        CELLS.needed(column("a", "b"), {})
    with pytest.raises(Invalid, match="a: it is blank"):
        CELLS.needed_day(column(), {"a": "--"})
    assert CELLS.needed_day(column(), {"a": date(2014, 1, 5)}) == date(2014, 1, 5)


@pytest.mark.parametrize(
    ("written", "digits", "currency"),
    [
        ("90000 CNY", "90000", "CNY"),
        ("90,000.50 USD", "90000.50", "USD"),
        ("-5", "-5", "EUR"),
        ("90.000,00 CNY", "90.000,00 CNY", "EUR"),
        ("a lot", "a lot", "EUR"),
    ],
)
def test_an_amount_is_read_with_its_currency_and_never_guessed(
    written: str, digits: str, currency: str
) -> None:
    read = CELLS.answer(column(currency="EUR"), {"a": written}, "amount")

    assert read == {"amount": digits, "currency": currency}


def test_answers_come_as_the_form_asks_for_them() -> None:
    assert CELLS.answer(column(), {"a": "01/05/2014"}, "date") == "2014-01-05"
    assert CELLS.answer(column(), {"a": "--"}, "date") is None
    assert CELLS.answer(column(), {"a": "x; y"}, "list") == ["x", "y"]
    assert CELLS.answer(column(), {"a": ["x"]}, "list") == ["x"]
    assert CELLS.answer(column(), {"a": 7.0}, "text") == "7"
    assert CELLS.answer(column(), {"a": 7.0}, "integer") == 7
    yes = column(map={"yes": True})
    assert CELLS.answer(yes, {"a": "yes"}, "boolean") is True
