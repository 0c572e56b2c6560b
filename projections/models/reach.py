"""Lets a connection of web see what is within a reach, and then nothing again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from psycopg import Connection

from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("reach.sql"))
# People of a unit who are told one by one. Measured: of more it is cheaper to look the
# person of each row up.
MOST = 5000
MODEL = "worklist"  # whose units and exclusions say what lies within a reach


class Reach(Protocol):
    """Whose matters may be seen; `domain.access.Reach` says what each part means."""

    @property
    def person(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def persons(self) -> Sequence[str] | None: ...
    @property
    def matters(self) -> Sequence[str] | None: ...
    @property
    def barred(self) -> Sequence[str]: ...
    @property
    def reader(self) -> str | None: ...


@contextmanager
def within(
    connection: Connection[Any], reach: Reach, *, today: date | None = None
) -> Iterator[Connection[Any]]:
    """Let the connection see the rows of the read models that are within a reach.

    PostgreSQL itself leaves out all others, and what the reader is excluded from,
    whatever is asked. Where no reach is set, as in every connection at first, there are
    no rows at all.

    Args:
        connection: as probity_web, in autocommit mode.
        reach: whose matters; one that names nobody is everybody's.
        today: the day on which people stand in their units; None: today (UTC).
    """
    connection.execute(SQL["let_see"], settings(reach, today or today_utc()))
    try:
        yield connection
    finally:
        if not connection.closed:
            connection.execute(SQL["let_see_nothing"])


def shut_out(connection: Connection[Any]) -> frozenset[UUID]:
    """Return the streams of the reports from which its reader is kept (S1-18)."""
    rows = connection.execute(SQL["list_shut_out"]).fetchall()
    return frozenset(stream for (stream,) in rows)


def today_utc() -> date:
    return datetime.now(UTC).date()


def settings(reach: Reach, today: date) -> dict[str, Any]:
    """Return what the database is told of a reach: each thing named narrows it.

    Of a reach that is limited to some matters there are no rows: the read models are
    about people.
    """
    named = (reach.person,) if reach.persons is None else tuple(reach.persons)
    these = None if named == (None,) else [person for person in named if person]
    limited = reach.matters is not None
    everything = these is None and reach.unit is None and not limited
    return {
        "everything": "on" if everything else "",
        "persons": [] if limited else these or [],
        "these": these,
        "barred": list(reach.barred),
        "unit": None if limited else reach.unit,
        "most": MOST,
        "reader": reach.reader or "",
        "today": today,
    }
