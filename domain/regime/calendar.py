"""Counting days: calendar days, working days, months with the end of the month."""

import calendar as gregorian
from datetime import date, timedelta
from math import copysign

from domain.errors import Invalid
from domain.regime.duration import Duration
from domain.regime.types import Rulebook, WorkCalendar

HOURS = 24
MONTHS = 12


def is_working(day: date, calendar: WorkCalendar) -> bool:
    """Return whether *day* is worked: days `working` come first."""
    if day in calendar.working:
        return True
    return day.weekday() not in calendar.weekend and day not in calendar.holidays


def shift(day: date, by: Duration, calendar: WorkCalendar) -> date:
    """Return the day that lies *by* before (minus) or after *day*.

    Months and years keep the day of the month, or take the month's last day where it
    has none such. Hours are rounded up to whole days, away from *day*: 25h are two days
    after it, and -25h two days before. Raise `Invalid` outside the years 1 to 9999.
    """
    match by.unit:
        case "wd":
            return add_working_days(day, by.amount, calendar)
        case "M":
            return add_months(day, by.amount)
        case "Y":
            return add_months(day, by.amount * MONTHS)
        case "h":
            days = -(-abs(by.amount) // HOURS)
            return add_days(day, int(copysign(days, by.amount)))
    return add_days(day, by.amount)


def add_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _outside(day) from None


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of that month."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise _outside(day)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_working_days(day: date, days: int, calendar: WorkCalendar) -> date:
    """Return the working day so many after *day* (before it, if negative).

    *day* itself does not count. No days at all lead to *day*, or to the next working
    day.
    """
    if days == 0:
        return next_working_day(day, calendar)
    step = 1 if days > 0 else -1
    for _ in range(abs(days)):
        day = next_working_day(add_days(day, step), calendar, step)
    return day


def next_working_day(day: date, calendar: WorkCalendar, step: int = 1) -> date:
    """Return *day*, or the first working day after it (before it, if *step* is -1)."""
    while not is_working(day, calendar):
        day = add_days(day, step)
    return day


def roll(day: date, rulebook: Rulebook) -> date:
    """Return *day*, moved off days that are not worked as the rulebook says."""
    if rulebook.roll == "none":
        return day
    step = 1 if rulebook.roll == "next_working_day" else -1
    return next_working_day(day, rulebook.calendar, step)


def _outside(day: date) -> Invalid:
    return Invalid("date", f"so far from {day} the calendar ends (years 1 to 9999)")
