"""What stands in a row at the place that a column names, as text, day or list."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from html import unescape
from typing import Any

from domain.errors import Invalid
from domain.regime.types import Kind
from web.intake.shape import Column, Source

# Tags inside a word or a line vanish; any other stands between two words.
INLINE = re.compile(
    r"</?(a|abbr|b|em|font|i|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE
)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
# Thousands may be marked by commas; other habits cannot be told from a fraction.
AMOUNT = re.compile(
    r"(?P<digits>-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?)\s*(?P<currency>[A-Z]{3})?"
)
EXACT = 10**15  # beyond it a float is no whole number of anything
SHOWN = 40  # characters of a value in a message
Row = Mapping[str, Any]


class Cells:
    """Reads rows as the `source` part of a mapping says they are written."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.blank = {"", *(text.casefold() for text in source.blank)}

    def value(self, column: Column, row: Row) -> Any:
        """Return what the column gives, in the register's words; None for blank."""
        if column.value is not None:
            return column.value
        found = [self.plain(at(row, path)) for path in column.path]
        said = [value for value in found if value is not None]
        if not said:
            return column.default
        value = said[0] if len(said) == 1 else column.join.join(map(str, said))
        return column.map.get(str(value), value) if column.map else value

    def plain(self, value: Any) -> Any:
        """Return the value without what is only writing: markup, spaces, blanks."""
        if isinstance(value, float) and abs(value) < EXACT and value.is_integer():
            return int(value)
        if not isinstance(value, str):
            return value
        if self.source.strip_html:
            value = unescape(TAG.sub(" ", INLINE.sub("", value)))
        value = " ".join(value.split())
        return None if value.casefold() in self.blank else value

    def text(self, column: Column | None, row: Row) -> str | None:
        """Return a text, of a number its digits, of a day year-month-day."""
        value = None if column is None else self.value(column, row)
        if isinstance(value, datetime | date):
            return as_day(value).isoformat()
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise Invalid(place(column), f"expected a text, and it is {short(value)}")

    def needed(self, column: Column | None, row: Row) -> str:
        text = self.text(column, row)
        if text is None:
            raise Invalid(place(column), "it is blank")
        return text

    def day(self, column: Column | None, row: Row) -> date | None:
        """Return the day, or raise `Invalid` saying how days are written here."""
        value = None if column is None else self.value(column, row)
        if column is None or value is None:
            return None
        if isinstance(value, date):
            return as_day(value)
        patterns = ("%Y-%m-%d", *column.dates, *self.source.dates)
        for pattern in patterns:
            with suppress(ValueError):
                return datetime.strptime(str(value), pattern).date()  # noqa: DTZ007  a day has no zone
        expected = " or ".join(pattern.replace("%", "") for pattern in patterns)
        raise Invalid(place(column), f"{short(value)} is not a day such as {expected}")

    def needed_day(self, column: Column | None, row: Row) -> date:
        day = self.day(column, row)
        if day is None:
            raise Invalid(place(column), "it is blank")
        return day

    def answer(self, column: Column, row: Row, kind: Kind) -> Any:
        """Return the answer to a field of that *kind*, for the form to check."""
        if kind == "date":
            day = self.day(column, row)
            return day and day.isoformat()
        value = self.value(column, row)
        if isinstance(value, str | int | float) and kind == "amount":
            return amount(str(value), column)
        if isinstance(value, str) and kind == "list":
            return [part.strip() for part in value.split(column.separator)]
        return self.text(column, row) if kind == "text" else value


def at(row: Row, path: str) -> Any:
    """Return what stands at *path*: a column of that name, or nested keys."""
    if path in row:
        return row[path]
    value: Any = row
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def amount(text: str, column: Column) -> dict[str, str]:
    """Return "90,000 CNY" as an amount; the domain refuses what is none."""
    found = AMOUNT.fullmatch(text)
    if found is None:
        return {"amount": text, "currency": column.currency or ""}
    currency = found["currency"] or column.currency or ""
    return {"amount": found["digits"].replace(",", ""), "currency": currency}


def as_day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def place(column: Column | None) -> str:
    return " and ".join(column.path) if column and column.path else "value"


def short(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def texts(value: object) -> Iterator[str]:
    """Yield every text within a value, however deep."""
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
