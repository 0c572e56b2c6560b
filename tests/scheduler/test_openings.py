"""A calendar's duty opens once a year, under the version in force on that day."""

from datetime import UTC, date, datetime

import pytest

from domain.rulebook import Regime
from scheduler.openings import openings
from tests.scheduler.register import noon, rule, rulebook

EACH_JANUARY = rule("annual", "calendar", 'due = { yearly = "01-31" }\nopens = "-30d"')


Opened = tuple[str, date, date]


def regime(*texts: str) -> Regime:
    """Return a regime whose versions, from 1 on, are all published."""
    numbered = dict(enumerate(texts, 1))
    blank = Regime(texts=numbered)
    law = {number: blank.version(number).effective_from for number in numbered}
    return Regime(texts=numbered, published=law)


def opened(law: Regime, now: str, since: str | None = None) -> list[Opened]:
    found = openings(law, since=noon(since or now), now=noon(now))
    return [(sweep.key, sweep.triggered_on, sweep.due_on) for sweep in found]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2023-12-31", []),
        ("2024-01-01", [("2024", date(2024, 1, 1), date(2024, 1, 31))]),
        ("2024-01-31", [("2024", date(2024, 1, 1), date(2024, 1, 31))]),
        ("2024-02-01", []),
    ],
)
def test_s5_11_the_annual_report_is_open_from_its_day_to_its_due_date(
    now: str, expected: list[Opened]
) -> None:
    assert opened(regime(rulebook(EACH_JANUARY)), now) == expected


def test_without_a_day_of_its_own_it_opens_on_the_first_of_january() -> None:
    law = regime(rulebook(rule("annual", "calendar", 'due = { yearly = "05-15" }')))

    assert opened(law, "2024-01-01") == [("2024", date(2024, 1, 1), date(2024, 5, 15))]


def test_it_may_open_in_the_year_before_it_falls_due() -> None:
    law = regime(
        rulebook(
            rule("annual", "calendar", 'due = { yearly = "01-10" }\nopens = "-30d"')
        )
    )

    assert opened(law, "2023-12-11") == [
        ("2024", date(2023, 12, 11), date(2024, 1, 10))
    ]


def test_what_fell_due_while_nobody_looked_is_made_up_for() -> None:
    found = opened(regime(rulebook(EACH_JANUARY)), "2024-03-01", since="2021-12-24")

    assert [key for key, _, _ in found] == ["2022", "2023", "2024"]


def test_a_duty_on_one_fixed_day_opens_in_that_year_alone() -> None:
    law = regime(rulebook(rule("census", "calendar", "due = { on = 2013-06-20 }")))

    assert opened(law, "2013-06-01") == [("2013", date(2013, 1, 1), date(2013, 6, 20))]
    assert opened(law, "2014-06-01") == []


def test_a_rulebook_that_comes_late_opens_it_on_its_first_day() -> None:
    law = regime(rulebook(EACH_JANUARY, effective_from="2024-01-15"))

    assert opened(law, "2024-01-14") == []
    assert opened(law, "2024-01-20") == [("2024", date(2024, 1, 15), date(2024, 1, 31))]


def test_a_rulebook_that_comes_after_the_due_date_asks_nothing_that_year() -> None:
    law = regime(rulebook(EACH_JANUARY, effective_from="2024-02-15"))

    assert opened(law, "2024-03-01", since="2023-01-01") == []


def test_the_version_in_force_on_the_opening_day_decides_for_the_year() -> None:
    later = rule("annual", "calendar", 'due = { yearly = "06-30" }\nopens = "-30d"')
    law = regime(
        rulebook(EACH_JANUARY),
        rulebook(later, version=2, effective_from="2024-03-01"),
    )

    assert opened(law, "2024-06-15", since="2023-12-01") == [
        ("2024", date(2024, 1, 1), date(2024, 1, 31))
    ]
    assert opened(law, "2025-06-15", since="2024-12-01") == [
        ("2025", date(2025, 5, 31), date(2025, 6, 30))
    ]


def test_a_version_that_drops_the_rule_opens_it_no_more() -> None:
    other = rule("census", "calendar", "due = { on = 2013-06-20 }")
    law = regime(
        rulebook(EACH_JANUARY),
        rulebook(other, version=2, effective_from="2023-06-01"),
    )

    assert opened(law, "2024-01-10", since="2023-06-01") == []


def test_it_opens_when_the_day_begins_where_the_rulebook_holds() -> None:
    law = regime(rulebook(EACH_JANUARY, timezone="Asia/Shanghai"))
    before = datetime(2023, 12, 31, 15, 59, tzinfo=UTC)
    after = datetime(2023, 12, 31, 16, 0, tzinfo=UTC)

    assert not list(openings(law, since=before, now=before))
    assert [sweep.key for sweep in openings(law, since=after, now=after)] == ["2024"]
