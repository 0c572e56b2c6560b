"""What the scheduler asks of the read models: pages of people, and of open duties."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import psycopg

from projections.models import personnel_file
from projections.models.calendar import Duty
from projections.models.paging import Page
from projections.models.personnel_file import Person
from projections.position import wait_for
from projections.runs import Cursor
from scheduler.office import Office

DIRECTORY = "personnel_file"
PAGE = 512
"""People who are dealt with before the place is kept."""


def everybody_known(office: Office, position: int) -> bool:
    """Return whether `people` has everybody whom the log had at that position."""
    return wait_for(office.pool, position, timeout=0, names=[DIRECTORY])


def people(office: Office, now: datetime, after: str | None) -> Page[Person]:
    """Return the next people in the order of the directory."""
    with office.connection() as connection:
        return personnel_file.people(connection, now.date(), after=after, limit=PAGE)


Ask = Callable[[psycopg.Connection[Any], str | None], Page[Duty]]


def pages(
    office: Office, ask: Ask, cursor: Cursor | None
) -> Iterator[tuple[Sequence[Duty], Cursor]]:
    """Yield pages of duties, each with the place behind it, from a place on."""
    after = (cursor or {}).get("after")
    while True:
        with office.connection() as connection:
            page = ask(connection, after)
        after = page.next
        yield page.rows, {"after": after}
        if after is None:
            return
