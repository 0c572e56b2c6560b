"""The demonstration's year: from when to when, and at what hour things are done."""

from dataclasses import dataclass
from datetime import date, timedelta

# Office hours in Shanghai, as hours of UTC.
OPENS, CLOSES = 1, 9
# Days: a little more than a year, so that every yearly due date lies within.
LENGTH = 372


@dataclass(frozen=True)
class Year:
    """A year and some days before *today*; everything happens between the two."""

    first: date
    today: date

    @classmethod
    def before(cls, today: date) -> "Year":
        return cls(first=today - timedelta(days=LENGTH), today=today)

    def day(self, number: int) -> date:
        """Return the nth day of the year (from 0)."""
        return self.first + timedelta(days=number)

    def holds(self, day: date) -> bool:
        return self.first <= day < self.today
