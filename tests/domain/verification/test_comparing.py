"""Two values are the same if they say the same; checks are the rulebook's."""

from typing import Any

import pytest

from domain.regime.scrutiny import Check
from domain.verification.checking import check_report
from domain.verification.comparing import Difference, Report, compare, mentioned

KINDS: Any = {
    "address": "text",
    "area": "number",
    "price": "amount",
    "bought_on": "date",
    "owners": "list",
    "rented": "boolean",
}
YUAN = {"amount": "90000", "currency": "CNY"}


def report(*items: dict[str, Any], name: str = "D-1") -> Report:
    return Report(disclosure=name, version=1, items=items)


def differences(declared: dict[str, Any], found: dict[str, Any]) -> list[str]:
    return [each.field for each in compare([report(declared)], [found], (), KINDS)]


@pytest.mark.parametrize(
    ("field", "declared", "found"),
    [
        ("address", "Lake Road 5", " LAKE  road 5 "),
        ("address", "5\uff10", "50"),
        ("area", "90", "90.00"),
        ("price", YUAN, {"amount": "90000.00", "currency": "CNY"}),
        ("owners", ["Shen", "Lin"], ["lin", "shen"]),
        ("rented", True, True),
        ("bought_on", "2016-10-01", "2016-10-01"),
        ("area", "about ninety", "About ninety"),
    ],
)
def test_what_says_the_same_is_the_same(field: str, declared: Any, found: Any) -> None:
    assert differences({field: declared}, {field: found}) == []


@pytest.mark.parametrize(
    ("field", "declared", "found"),
    [
        ("address", "Lake Road 5", "Lake Road 6"),
        ("area", "90", "90.01"),
        ("price", YUAN, {"amount": "90000", "currency": "USD"}),
        ("owners", ["Shen"], ["Shen", "Lin"]),
        ("rented", True, False),
        ("address", None, "Lake Road 5"),
    ],
)
def test_what_says_something_else_is_a_difference(
    field: str, declared: Any, found: Any
) -> None:
    assert differences({field: declared}, {field: found}) == [field]


def test_what_a_source_leaves_blank_it_says_nothing_about() -> None:
    assert differences({"address": "Lake Road 5", "area": "90"}, {"area": "90"}) == []


def test_each_item_is_found_once() -> None:
    two = report({"address": "A", "area": "1"}, {"address": "A", "area": "2"})
    rows = [{"address": "a", "area": "1"}, {"address": "a", "area": "2"}]

    assert compare([two], rows, ("address",), KINDS) == ()
    (extra,) = compare([two], [*rows, {"address": "A"}], ("address",), KINDS)
    assert extra == Difference(kind="not_declared", field="address", found="address: A")


def test_a_nil_return_declares_nothing() -> None:
    found = compare([report({"nil": True})], [{"address": "A"}], ("address",), KINDS)
    assert [each.kind for each in found] == ["not_declared"]


def test_values_are_told_in_words() -> None:
    declared = {"price": YUAN, "owners": ["Shen", "Lin"], "rented": False}
    (difference,) = compare([report(declared)], [], (), KINDS)
    assert difference.declared == "price: 90000 CNY; owners: Shen, Lin; rented: no"
    assert difference.field == "item"


def test_a_text_mentions_a_row_if_it_holds_what_each_field_says() -> None:
    declared = report({"address": "Lake Road 5 and 7", "area": "90"})
    rows: list[dict[str, Any]] = [
        {"address": "lake road 5"},
        {"address": "7", "area": "80"},
        {"rented": True},
    ]
    found = mentioned([declared], rows)
    assert [each.found for each in found] == ["address: 7; area: 80", "rented: yes"]


def check(kind: Any, field: str, *of: str) -> Check:
    return Check(id="c", rule="home", kind=kind, field=field, of=of, label="x")


SUM = check("sum", "price", "loan", "savings")
MOST = check("at_most", "loan", "price")
LEAST = check("at_least", "area", "rooms")
BEFORE = check("before", "bought_on", "sold_on")
TOGETHER = check("together", "rented", "tenant", "rent")


def yuan(amount: str, currency: str = "CNY") -> dict[str, str]:
    return {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("rule", "item", "outcome"),
    [
        (SUM, {"price": yuan("3"), "loan": yuan("1"), "savings": yuan("2")}, None),
        (SUM, {"price": yuan("3"), "loan": yuan("1")}, "1 CNY"),
        (SUM, {"price": yuan("3")}, None),
        (SUM, {"loan": yuan("3")}, None),
        (
            SUM,
            {"price": yuan("3"), "loan": yuan("3", "USD")},
            "CNY and USD do not add up",
        ),
        (SUM, {"price": "3.5", "loan": 1, "savings": "2"}, "3"),
        (MOST, {"loan": yuan("2"), "price": yuan("2")}, None),
        (MOST, {"loan": yuan("3"), "price": yuan("2")}, "at most 2 CNY"),
        (MOST, {"loan": yuan("3")}, None),
        (
            MOST,
            {"loan": yuan("1"), "price": yuan("2", "USD")},
            "2 USD: it cannot be held against CNY",
        ),
        (LEAST, {"area": "9", "rooms": "10"}, "at least 10"),
        (LEAST, {"area": "10", "rooms": "10"}, None),
        (BEFORE, {"bought_on": "2016-01-01", "sold_on": "2016-01-02"}, None),
        (
            BEFORE,
            {"bought_on": "2016-01-02", "sold_on": "2016-01-02"},
            "before 2016-01-02",
        ),
        (BEFORE, {"bought_on": "2016-01-02"}, None),
        (TOGETHER, {"rented": True, "tenant": "Lin"}, "missing: rent"),
        (TOGETHER, {"rented": True, "tenant": "Lin", "rent": "1"}, None),
        (TOGETHER, {"rented": False}, None),
        (TOGETHER, {}, None),
    ],
)
def test_a_report_is_held_against_itself(
    rule: Check, item: dict[str, Any], outcome: str | None
) -> None:
    found = check_report(rule, report(item), None, KINDS)
    assert [each.found for each in found] == ([] if outcome is None else [outcome])


CHANGED = check("unchanged_unless", "area", "explanation")


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [
        ({"area": "90"}, {"area": "90.0"}, []),
        ({"area": "90"}, {"area": "120"}, [("120", "D-0: 90")]),
        ({"area": "90"}, {"area": "120", "explanation": "inherited"}, []),
        ({}, {"area": "120"}, [("120", "D-0: nothing")]),
        ({"area": "90"}, {}, [(None, "D-0: 90")]),
    ],
)
def test_a_report_is_held_against_the_one_before(
    before: dict[str, Any], now: dict[str, Any], outcome: list[Any]
) -> None:
    found = check_report(CHANGED, report(now), report(before, name="D-0"), KINDS)
    assert [(each.declared, each.found) for each in found] == outcome


def test_without_a_report_before_nothing_has_changed() -> None:
    assert check_report(CHANGED, report({"area": "120"}), None, KINDS) == ()
