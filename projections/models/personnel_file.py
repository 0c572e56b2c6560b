"""Questions to the personnel files: of whom, as of which day, as known at which time."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import args_row

from projections.models.file_defaults import DEFAULTS
from projections.models.paging import LIMIT, Page, page, place, size
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("personnel_file_questions.sql"))
NOW = sys.maxsize  # a position that no log reaches
decode = msgspec.json.Decoder(dict[str, Any]).decode

Kind = Literal[
    "approval",
    "disclosure",
    "flag",
    "identity",
    "obligation",
    "post",
    "relative",
    "rules_acknowledged",
    "rules_notified",
    "service",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that holds of a person; the order of the fields is that of the SQL.

    Attributes:
        kind: what it is about: a post, an obligation, ...
        key: which one of that kind; of obligations, disclosures and approvals the stream.
        known_from, known_to: from which to which position the log said so; `known_to` is
            the first that says otherwise, None if none does.
        effective_from, effective_to: from which day on, and until before which day, it
            holds; None is without a bound.
        data: what holds, in the words of the facts that said so.
        event_id: the event that says it.
    """

    kind: Kind
    key: str
    known_from: int
    known_to: int | None
    effective_from: date | None
    effective_to: date | None
    data: dict[str, Any]
    event_id: UUID


@dataclass(frozen=True, slots=True)
class File:
    """A person's file as of a day, as it was known at a position of the log."""

    person: str
    as_of: date | None
    known_at: int | None
    entries: tuple[Entry, ...]

    def of(self, kind: Kind) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.kind == kind)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the directory, and where they stood on the day that was asked about."""

    number: str
    name: str
    email: str | None
    unit: str | None
    unit_name: str | None
    rank: str | None
    title: str | None
    status: Literal["serving", "retired", "left"]


def file(
    connection: Connection[Any],
    person: str,
    *,
    as_of: date | None = None,
    known_at: int | datetime | None = None,
) -> File:
    """Return a person's file.

    Args:
        connection: as probity_web or probity_scheduler.
        person: the personnel number; of somebody unknown the file is empty.
        as_of: what held on that day; None: how each matter stands at last, with all posts
            and relatives there ever were.
        known_at: what was known at that position of the log, or time; None: what is now.
    """
    if isinstance(known_at, datetime):
        known_at = position_at(connection, known_at)
    position = NOW if known_at is None else known_at
    wanted = {"person": person, "position": position, "day": as_of}
    rows = connection.execute(SQL["read_entries"], wanted, prepare=False).fetchall()
    return File(person, as_of, known_at, tuple(_entry(*row) for row in rows))


def _entry(kind: Kind, *columns: Any) -> Entry:
    *span, data, event_id = columns
    return Entry(kind, *span, {**DEFAULTS.get(kind, {}), **decode(data)}, event_id)


def position_at(connection: Connection[Any], time: datetime) -> int:
    """Return the position of the last event recorded by a time; 0 if there is none.

    The clocks of several servers may differ by moments: so exact is the answer.
    """
    found = connection.execute(SQL["find_position"], {"time": time}).fetchone()
    position: int = found[0] if found else 0
    return position


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which people: every condition that is given must hold.

    Attributes:
        name: how the name begins, in capitals or not.
        unit: the unit, with all units below it.
    """

    number: str | None = None
    name: str | None = None
    unit: str | None = None


ALL = Which()


def people(
    connection: Connection[Any],
    today: date,
    which: Which = ALL,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Person]:
    """Return a page of the directory, by personnel number.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their posts.
        which: which people.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    values = {
        "today": today,
        "number": which.number,
        "name": None if which.name is None else f"{escaped(which.name.lower())}%",
        "unit": which.unit,
        "after": place(after, "number", str, ""),
        "limit": size(limit),
    }
    with connection.cursor(row_factory=args_row(Person)) as cursor:
        rows = cursor.execute(SQL["list_people"], values, prepare=False).fetchall()
    return page(rows, limit, "number", lambda row: row.number)


def escaped(text: str) -> str:
    """Return a text that LIKE takes as it stands."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
