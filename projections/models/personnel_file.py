"""Questions to the personnel files: of whom, as of which day, as known when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import msgspec
from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.file_defaults import DEFAULTS
from projections.models.paging import LIMIT, Page, given, page, place, size
from projections.statements import Statements

HERE = Path(__file__).parent
SQL = Statements(HERE / "personnel_file_questions.sql")
PEOPLE = Statements(HERE / "people_questions.sql")
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
        key: which one of that kind; the stream, of obligations, disclosures, approvals.
        known_from, known_to: from which position on the log said so, and at which it
            first said otherwise; None where it did not.
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
    """Somebody in the directory, and where they stood on the day asked about."""

    number: str
    name: Said
    email: Said | None
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
        as_of: what held on that day; None: how each matter stands at last, with all
            posts and relatives there ever were.
        known_at: what was known at that position of the log, or time; None: now.
    """
    if isinstance(known_at, datetime):
        known_at = position_at(connection, known_at)
    known = "now" if known_at is None else "known_at"
    held = "last" if as_of is None else "as_of"
    question = SQL.asking("select_entries", (known, held), "then_by_kind")
    wanted = {"person": person, "position": known_at, "day": as_of}
    rows = connection.execute(question, wanted).fetchall()
    return File(person, as_of, known_at, tuple(_entry(*row) for row in rows))


def _entry(*columns: Any) -> Entry:
    kind, key, known_from, known_to, begin, end, text, event_id = columns
    data = {**DEFAULTS.get(kind, {}), **decode(text)}
    return Entry(kind, key, known_from, known_to, begin, end, data, event_id)


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
        name: the digests (`words.digests`) of words that are all in the name.
        unit: the unit, with all units below it.
    """

    number: str | None = None
    name: list[str] | None = None
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
    conditions = given(which)
    values = {**conditions, "today": today, "after": place(after, "number", str, "")}
    question = PEOPLE.asking("select_people", conditions, "then_by_number", size(limit))
    rows = answers(connection, question, values, Person)
    return page(rows, limit, "number", lambda row: row.number)


def declared_by(
    connection: Connection[Any], number: str, today: date
) -> tuple[str, ...]:
    """Return who has the person with this number among their relatives on a day.

    It may be asked before it is known what whoever asks may see.
    """
    wanted = {"number": number, "today": today}
    rows = connection.execute(PEOPLE["list_declared_by"], wanted)
    return tuple(person for (person,) in rows)


def in_sight(connection: Connection[Any], numbers: Sequence[str]) -> frozenset[str]:
    """Return which of these people whoever asks may see; see `reach.within`."""
    rows = connection.execute(PEOPLE["list_in_sight"], {"numbers": list(numbers)})
    return frozenset(number for (number,) in rows)
