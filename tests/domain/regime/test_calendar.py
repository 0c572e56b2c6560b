"""Days, working days, months and hours are counted without surprises."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.regime.calendar import add_months, is_working, roll, shift
from domain.regime.duration import Duration
from domain.regime.types import WorkCalendar
from tests.domain.regime.samples import calendar, rulebook

PLAIN = WorkCalendar()
GOLDEN_WEEK = calendar(
    holidays=[f"2016-10-0{day}" for day in range(1, 8)],
    working=["2016-10-08", "2016-10-09"],
)
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
amounts = st.integers(-400, 400)
calendars = st.builds(
    WorkCalendar,
    weekend=st.sets(st.integers(0, 6), max_size=6).map(tuple),
    holidays=st.sets(st.dates(date(2019, 12, 1), date(2020, 3, 1)), max_size=30).map(
        tuple
    ),
)
units = st.sampled_from(["d", "wd", "M", "Y", "h"])


def moved(day: str, by: str, work: WorkCalendar = PLAIN) -> str:
    return shift(date.fromisoformat(day), Duration(by), work).isoformat()


@pytest.mark.parametrize(
    ("day", "by", "to"),
    [
        ("2016-12-20", "-7d", "2016-12-13"),
        ("2017-03-28", "7d", "2017-04-04"),
        ("2024-08-31", "6M", "2025-02-28"),
        ("2023-08-31", "6M", "2024-02-29"),
        ("2016-03-31", "-1M", "2016-02-29"),
        ("2016-01-15", "-1M", "2015-12-15"),
        ("2016-02-29", "1Y", "2017-02-28"),
        ("2016-02-29", "4Y", "2020-02-29"),
        ("2016-05-05", "0M", "2016-05-05"),
        ("2016-05-05", "24h", "2016-05-06"),
        ("2016-05-05", "25h", "2016-05-07"),
        ("2016-05-05", "1h", "2016-05-06"),
        ("2016-05-05", "-1h", "2016-05-04"),
        ("2016-05-05", "-25h", "2016-05-03"),
        ("2016-05-05", "0h", "2016-05-05"),
        ("2016-05-06", "1wd", "2016-05-09"),
        ("2016-05-09", "-1wd", "2016-05-06"),
        ("2016-05-07", "0wd", "2016-05-09"),
        ("2016-05-08", "0wd", "2016-05-09"),
        ("2016-05-06", "0wd", "2016-05-06"),
        ("2016-05-07", "1wd", "2016-05-09"),
        ("2016-05-06", "10wd", "2016-05-20"),
    ],
)
def test_each_unit_is_counted_in_its_own_way(day: str, by: str, to: str) -> None:
    assert moved(day, by) == to


def test_holidays_are_passed_over_and_weekends_worked_instead_are_not() -> None:
    assert moved("2016-09-30", "1wd", GOLDEN_WEEK) == "2016-10-08"
    assert moved("2016-10-10", "-3wd", GOLDEN_WEEK) == "2016-09-30"
    assert is_working(date(2016, 10, 9), GOLDEN_WEEK)
    assert not is_working(date(2016, 10, 3), GOLDEN_WEEK)
    assert not is_working(date(2016, 10, 15), GOLDEN_WEEK)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("none", "2016-10-02"),
        ("next_working_day", "2016-10-08"),
        ("previous_working_day", "2016-09-30"),
    ],
)
def test_a_day_off_is_rolled_as_the_rulebook_says(rule: str, day: str) -> None:
    work = {"holidays": list(GOLDEN_WEEK.holidays), "working": GOLDEN_WEEK.working}
    book = rulebook(roll=rule, calendar=work)
    assert roll(date(2016, 10, 2), book) == date.fromisoformat(day)
    assert roll(date(2016, 9, 29), book) == date(2016, 9, 29)


@pytest.mark.parametrize(
    ("day", "by"),
    [
        ("9999-12-31", "1d"),
        ("0001-01-01", "-1wd"),
        ("9999-12-01", "1M"),
        ("0001-01-31", "-1M"),
        ("2016-01-01", "9999Y"),
        ("9999-12-31", "1h"),
    ],
)
def test_a_day_outside_the_calendar_is_refused(day: str, by: str) -> None:
    with pytest.raises(Invalid, match="calendar ends") as refusal:
        moved(day, by)
    assert refusal.value.field == "date"


def test_the_last_month_of_the_calendar_is_still_in_it() -> None:
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert add_months(date(1, 2, 1), -1) == date(1, 1, 1)


@given(days, amounts)
def test_so_many_days_before_undoes_so_many_days_after(day: date, amount: int) -> None:
    there = shift(day, Duration(f"{amount}d"), PLAIN)
    assert shift(there, Duration(f"{-amount}d"), PLAIN) == day
    assert there - day == timedelta(days=amount)


@given(days, days, amounts, units, calendars)
def test_a_later_day_never_leads_to_an_earlier_one(
    one: date, other: date, amount: int, unit: str, work: WorkCalendar
) -> None:
    first, last = sorted((one, other))
    by = Duration(f"{amount}{unit}")
    assert shift(first, by, work) <= shift(last, by, work)


@given(days, amounts, units, calendars)
def test_more_of_a_unit_never_leads_to_an_earlier_day(
    day: date, amount: int, unit: str, work: WorkCalendar
) -> None:
    less, more = Duration(f"{amount}{unit}"), Duration(f"{amount + 1}{unit}")
    assert shift(day, less, work) <= shift(day, more, work)


@given(days, st.integers(-60, 60), calendars)
def test_working_days_end_on_a_working_day_with_as_many_in_between(
    day: date, amount: int, work: WorkCalendar
) -> None:
    end = shift(day, Duration(f"{amount}wd"), work)
    first, last = (day, end) if amount > 0 else (end, day)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert is_working(end, work)
    if amount:
        assert sum(is_working(d, work) for d in span if d != day) == abs(amount)


@given(days, st.integers(-2400, 2400))
def test_months_keep_the_day_or_take_the_last_of_the_month(
    day: date, months: int
) -> None:
    moved_to = add_months(day, months)
    assert (moved_to.year * 12 + moved_to.month) - (day.year * 12 + day.month) == months
    assert moved_to.day == day.day or (moved_to + timedelta(days=1)).day == 1
    assert moved_to.day <= day.day


@given(days, amounts, units, calendars)
def test_what_lies_ahead_comes_later_and_what_lies_behind_earlier(
    day: date, amount: int, unit: str, work: WorkCalendar
) -> None:
    there = shift(day, Duration(f"{amount}{unit}"), work)
    if amount:
        assert (there > day) == (amount > 0)
        assert there != day
