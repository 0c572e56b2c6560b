"""A file that leaves the register: what of it is masked, and how it is written."""

import csv
import hmac
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from io import StringIO
from typing import Any
from unicodedata import normalize

import msgspec

from domain.sealing import sealed_in

WITHHELD = "withheld"
DIGITS = 16  # of a pseudonym, in hex
# To the microsecond they would tell which rows of two files are the same.
TIMES, DAY = ("at", "shown_from"), len("2016-12-20")
# What a spreadsheet takes for the beginning of a formula, or of something to skip.
FORMULA, SKIPPED = frozenset("=+-@"), ("\t", "\r", "\n")

Row = Mapping[str, Any]


class Pseudonyms:
    """Names for people in one file: the same there for the same, and in no other file.

    Nobody can reckon them back, since the key is kept nowhere.
    """

    def __init__(self) -> None:
        self.key = secrets.token_bytes(32)

    def instead(self, name: str) -> str:
        """Return what stands in the place of a name."""
        found = hmac.digest(self.key, name.encode(), "sha256").hex()
        return f"x{found[:DIGITS]}"


def masked(
    rows: Iterable[Row], plain: Collection[str], named: Collection[str]
) -> list[Row]:
    """Return the rows with no more than masked data shows, and of times the day.

    Args:
        rows: as they are, with what is sealed sealed.
        plain: the columns that stay as they are.
        named: the columns with numbers of people or names of matters: pseudonyms.
    """
    pseudonyms = Pseudonyms()

    def shown(column: str, value: Any) -> Any:
        if column in TIMES and isinstance(value, str):
            return value[:DAY]
        if value is None or (column in plain and sealed_in(value) is None):
            return value
        return pseudonyms.instead(value) if column in named else WITHHELD

    return [{name: shown(name, row[name]) for name in row} for row in rows]


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return the file as a table (RFC 4180), in UTF-8; no cell of it is a formula."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([cell(row[name]) for name in columns] for row in rows)
    return text.getvalue().encode()


def cell(value: Any) -> str:
    """Return a value as a cell; what would be a formula begins with an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return msgspec.json.encode(value).decode()
    return f"'{value}" if like_formula(value) else value


def like_formula(text: str) -> bool:
    """Return whether a spreadsheet might run the text; also in the width of Chinese."""
    first = normalize("NFKC", text.lstrip()[:1])
    return first in FORMULA or text.startswith(SKIPPED)
