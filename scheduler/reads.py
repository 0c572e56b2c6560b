"""What the scheduler asks of the read models: pages of people, and of open duties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from uuid import UUID

from psycopg.rows import class_row

from projections.position import wait_for
from projections.runs import Cursor
from projections.statements import Statements
from scheduler.office import Office

SQL = Statements(Path(__file__).with_name("reads.sql"))
PEOPLE = "personnel_file"
PAGE = 512
"""People or duties that are dealt with before the place is kept."""

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class OpenDuty:
    """An obligation that is not fulfilled; `reminded` are the days reminded of."""

    stream: UUID
    rulebook: str
    version: int
    rule: str
    due_on: date
    reminded: Sequence[date]

    @property
    def place(self) -> Cursor:
        return {"due_on": self.due_on.isoformat(), "stream": str(self.stream)}


def everybody_known(office: Office, position: int) -> bool:
    """Return whether `people` has everybody whom the log had at that position."""
    return wait_for(office.pool, position, timeout=0, names=[PEOPLE])


def people(office: Office, after: str | None) -> list[str]:
    """Return the next personnel numbers, in order, after one or from the first on."""
    page = {"after": after or "", "limit": PAGE}
    with office.connection() as connection:
        return [n for (n,) in connection.execute(SQL["list_people"], page)]


def open_duties(
    office: Office,
    which: Literal["list_unmarked", "list_ahead"],
    place: Cursor | None,
    **limits: date,
) -> Iterator[Sequence[OpenDuty]]:
    """Yield pages of open duties in the order of their due dates, from a place on."""
    while True:
        start = place or {"due_on": date.min, "stream": NOBODY}
        with (
            office.connection() as connection,
            connection.cursor(row_factory=class_row(OpenDuty)) as cursor,
        ):
            asked = {**start, **limits, "limit": PAGE}
            page = cursor.execute(SQL[which], asked).fetchall()
        if not page:
            return
        yield page
        place = page[-1].place
