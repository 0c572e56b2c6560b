"""Writes the personnel file: entries with the days they hold and the log they rest on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from psycopg import Connection, Cursor

from domain.record import Fact
from projections.models.file_leave import LEAVE
from projections.models.file_matters import DUTIES, FILINGS
from projections.models.file_people import STEPS as PEOPLE
from projections.models.model import Event, Part, ReadModel
from projections.models.roster import ROSTER, roster
from projections.models.rows import table
from projections.models.timeline import Entry, Matter, Timeline
from projections.statements import Statements

STEPS = {**PEOPLE, **DUTIES, **FILINGS, **LEAVE}
decode = msgspec.json.Decoder(dict[str, Any]).decode


class Entries:
    """Keeps the table `entry`."""

    facts: Collection[type[Fact]] = frozenset(STEPS)

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        self.stored: Cursor[Any] | None = None
        begun = {e.stream for e in events if e.opening}
        if matters := set(_matters(e for e in events if e.stream not in begun)):
            wanted = {"matters": table([matter._asdict() for matter in matters])}
            self.stored = connection.execute(self.sql["load_entries"], wanted)

    def write(self, connection: Connection) -> None:
        rows = self.stored.fetchall() if self.stored else ()
        line = Timeline(Entry(*row[:4], decode(row[4]), *row[5:]) for row in rows)
        for event in self.events:
            for step in STEPS[type(event.fact)]:
                step.fold(line, event, step.matter(event))
        if closed := line.closed():
            connection.execute(self.sql["close_entries"], {"rows": table(closed)})
        if added := line.added():
            connection.execute(self.sql["add_entries"], {"rows": table(added)})


def _matters(events: Iterable[Event]) -> Iterator[Matter]:
    for event in events:
        for step in STEPS[type(event.fact)]:
            yield step.matter(event)


class PersonnelFile(ReadModel):
    name: ClassVar = "personnel_file"
    sources: ClassVar = (
        *ROSTER,
        "personnel_file.sql",
        "file_fold.py",
        "file_leave.py",
        "file_matters.py",
        "file_people.py",
        "file_steps.py",
        "timeline.py",
    )

    def build(self) -> Sequence[Part]:
        return (*roster(self), Entries(self.statements("personnel_file.sql")))
