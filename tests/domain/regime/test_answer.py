"""Each kind of answer has its spellings; any other is refused with what is expected."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from domain.regime.answer import Unreadable, is_blank, read
from domain.regime.types import Field, Kind


def answer(kind: Kind, value: object) -> object:
    choices = ("purchase", "sale") if kind == "choice" else ()
    return read(Field(name="answer", kind=kind, choices=choices), value)


def amount(value: object, currency: object = "CNY") -> dict[str, object]:
    return {"amount": value, "currency": currency}


@pytest.mark.parametrize(
    ("kind", "value", "plain"),
    [
        ("text", " so ", "so"),
        ("date", date(2016, 12, 20), "2016-12-20"),
        ("date", " 2016-12-20 ", "2016-12-20"),
        ("integer", -3, -3),
        ("integer", " 12 ", 12),
        ("integer", 999999999999999, 999999999999999),
        ("number", 89, "89"),
        ("number", 0.1, "0.1"),
        ("number", Decimal("0.10"), "0.10"),
        ("number", "-0", "0"),
        ("number", "007.5", "7.5"),
        ("amount", amount("90000"), amount("90000")),
        ("amount", amount(90000, "USD"), amount("90000", "USD")),
        ("amount", amount(Decimal("1.50")), amount("1.50")),
        ("amount", amount("999999999999999.999999"), amount("999999999999999.999999")),
        ("boolean", True, True),
        ("boolean", False, False),
        ("boolean", " False ", False),
        ("choice", " sale ", "sale"),
        ("list", ["a ", " ", "b"], ["a", "b"]),
        ("list", ("a",), ["a"]),
    ],
)
def test_an_answer_is_read_as_its_kind(
    kind: Kind, value: object, plain: object
) -> None:
    assert answer(kind, value) == plain
    assert type(answer(kind, value)) is type(plain)


WRONG: list[tuple[Kind, Any, str]] = [
    ("text", 5, "expected a text"),
    ("text", ["a"], "expected a text"),
    ("text", "a\0b", "NUL"),
    ("text", "a\ud800b", "Unicode"),
    ("date", "20 December 2016", "year-month-day"),
    ("date", "20161220", "year-month-day"),
    ("date", "2016-W51-2", "year-month-day"),
    ("date", "2016-02-30", "no such day"),
    ("date", datetime(2016, 12, 20, tzinfo=UTC), "year-month-day"),
    ("date", 20161220, "year-month-day"),
    ("integer", True, "whole number"),
    ("integer", 1.0, "whole number"),
    ("integer", "1.0", "whole number"),
    ("integer", "1_000", "whole number"),
    ("integer", "٣", "whole number"),
    ("integer", 10**15, "whole number"),
    ("integer", 10**5000, "whole number"),
    ("number", "NaN", "expected a number"),
    ("number", float("nan"), "expected a number"),
    ("number", float("inf"), "expected a number"),
    ("number", "1e5", "expected a number"),
    ("number", True, "expected a number"),
    ("number", "0.1234567", "6 after the point"),
    ("amount", "90000", "expected an amount"),
    ("amount", 90000.5, "expected an amount"),
    ("amount", {"amount": "5"}, "expected an amount"),
    ("amount", amount("5") | {"vat": "1"}, "expected an amount"),
    ("amount", amount(90000.5), "digits as text"),
    ("amount", amount("NaN"), "expected an amount"),
    ("amount", amount(Decimal("Infinity")), "expected an amount"),
    ("amount", amount("-Infinity"), "expected an amount"),
    ("amount", amount("1000000000000000"), "at most 15"),
    ("amount", {"amount": True, "currency": "CNY"}, "expected an amount"),
    ("amount", amount("5", "cny"), "three capitals"),
    ("amount", amount("5", "YUAN"), "three capitals"),
    ("amount", amount("5", "€€€"), "three capitals"),
    ("amount", amount("5", None), "three capitals"),
    ("boolean", 1, "true or false"),
    ("boolean", "yes", "true or false"),
    ("choice", "gift", "purchase, sale"),
    ("choice", 5, "purchase, sale"),
    ("list", "a, b", "list of texts"),
    ("list", [5], "expected a text"),
    ("list", ["a\0"], "NUL"),
]


@pytest.mark.parametrize(("kind", "value", "expected"), WRONG, ids=map(str, count()))
def test_any_other_answer_is_refused_with_what_is_expected(
    kind: Kind, value: object, expected: str
) -> None:
    with pytest.raises(Unreadable, match=expected):
        answer(kind, value)


def test_a_decimal_that_is_no_number_is_refused() -> None:
    with pytest.raises(Unreadable, match="expected a number"):
        answer("number", Decimal("NaN"))


NOTHING = [None, "", " \n", [], ["", None], {}, amount(""), amount(None, None)]
SOMETHING = [0, False, "0", ["", "a"], amount(0), date(2016, 1, 1)]


@pytest.mark.parametrize("value", NOTHING, ids=repr)
def test_nothing_is_blank(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", SOMETHING, ids=repr)
def test_no_and_nought_are_answers(value: object) -> None:
    assert not is_blank(value)
