"""What the scheduler asks of the read models, page by page, and how far they are."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

import psycopg

from projections.discretion import Tactful
from projections.models import personnel_file
from projections.models.paging import Page
from projections.models.personnel_file import Person
from projections.position import SQL, wait_for
from projections.runs import Cursor
from scheduler.office import Office

DIRECTORY = "personnel_file"
PAGE = 512
"""People who are dealt with before the place is kept."""

PATIENCE = 1.0
"""Seconds in which a read model may come up with the log."""

T = TypeVar("T")


def everybody_known(office: Office, position: int) -> bool:
    """Return whether `people` has everybody whom the log had at that position."""
    return wait_for(office.pool, position, timeout=0, names=[DIRECTORY])


def people(office: Office, now: datetime, after: str | None) -> Page[Person]:
    """Return the next people in the order of the directory."""
    with office.connection() as connection:
        return personnel_file.people(connection, now.date(), after=after, limit=PAGE)


class Behind(Tactful):
    """A read model does not know yet what has to be known of it."""


def await_log(office: Office, model: str) -> None:
    """Return when a read model has all that the log has now; raise `Behind` if not."""
    head = office.casework.recorder.max_notification_id() or 0
    if not wait_for(office.pool, head, timeout=PATIENCE, names=[model]):
        raise Behind(f"the read model {model} is behind the log: run the projector")


def subjects_parked(office: Office, model: str) -> set[str]:
    """Return of whom a read model could not take every event."""
    with office.connection() as connection:
        rows = connection.execute(SQL["read_blocked"], {"models": [model]})
        return {subject for _, subject in rows}


def pages(
    office: Office,
    ask: Callable[[psycopg.Connection[Any], str | None], Page[T]],
    cursor: Cursor | None,
) -> Iterator[tuple[Sequence[T], Cursor]]:
    """Yield pages of what is asked for, each with the place behind it, from a place."""
    after = (cursor or {}).get("after")
    while True:
        with office.connection() as connection:
            page = ask(connection, after)
        after = page.next
        yield page.rows, {"after": after}
        if after is None:
            return
