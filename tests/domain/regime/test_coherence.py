"""A rulebook that contradicts itself is refused, with every contradiction at once."""

from itertools import count

import pytest

from tests.domain.regime.samples import SECOND, SMALLEST, reason, with_rule


def with_top(line: str) -> str:
    return f"{line}\n{SMALLEST}"


def with_population(line: str) -> str:
    return SMALLEST.replace("[populations]", f"[populations]\n{line}")


OF_THE_BOOK = [
    (
        with_top("effective_to = 2020-01-01"),
        "effective_to: it must come after effective_from, 2020-01-01",
    ),
    (
        with_top('timezone = "Mars/Olympus"'),
        "timezone: 'Mars/Olympus' is unknown; write one such as \"Asia/Shanghai\"",
    ),
    (with_top('timezone = "../etc/passwd"'), "timezone: '../etc/passwd' is unknown"),
    (with_top('timezone = "Europe"'), "timezone: 'Europe' is unknown"),
    (with_top('timezone = ""'), "timezone: '' is unknown"),
    (
        with_top("calendar = { weekend = [0, 1, 2, 3, 4, 5, 6] }"),
        "calendar.weekend: leave at least one day of the week to work on",
    ),
    (
        with_top(
            "calendar = { holidays = [2020-05-01, 2020-05-04], working = [2020-05-04] }"
        ),
        "calendar: both worked and a holiday: 2020-05-04",
    ),
    (
        SMALLEST.replace('"high"]', '"high", "low"]'),
        "ranks: low stands there twice",
    ),
    (
        SMALLEST + SECOND.replace("second", "gift"),
        "rules: the id gift is used twice; each rule needs its own",
    ),
    (
        with_population('upper = { rank_at_least = "top" }'),
        "population upper: rank top is not in ranks: low, middle, high",
    ),
    (with_population('x = { rank_below = "top" }'), "population x: rank top"),
    (with_population('x = { last_rank_at_least = "top" }'), "population x: rank top"),
    (with_population('x = { ranks = ["low", "top"] }'), "population x: rank top"),
    (with_top('scope = { rank_below = "top" }'), "scope: rank top is not in ranks"),
    (
        with_population("x = {}"),
        "population x: it says nothing; write any = true for everybody",
    ),
    (
        with_population('x = { any = true, ranks = ["low"] }'),
        "population x: any = true leaves no room for other conditions",
    ),
    (
        with_population('x = { either = ["nobody"] }'),
        "population x, either: nobody must be a population without an either",
    ),
    (with_population('x = { either = ["x"] }'), "population x, either: x must be"),
]


@pytest.mark.parametrize(("text", "fault"), OF_THE_BOOK, ids=map(str, count()))
def test_a_contradiction_in_the_book_is_named(text: str, fault: str) -> None:
    assert fault in reason(text)


def test_all_contradictions_are_reported_at_once() -> None:
    text = with_rule('population = "some"', 'due = { anchor = "taken_on" }')
    found = reason(f'timezone = "Mars"\n{text}').split("; ")
    assert [fault.split(":")[0] for fault in found if ": " in fault][:3] == [
        "timezone",
        "rule gift, population",
        "rule gift, due.anchor",
    ]
