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
from projections.models.rows import text
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
        opened = {e.record.originator_id for e in events if e.opening}
        matters = set(_known_before(events, opened))
        self.stored: Cursor[Any] | None = None
        if matters:
            columns = zip(("people", "kinds", "keys"), zip(*matters, strict=True), strict=True)
            wanted = {name: list(values) for name, values in columns}
            self.stored = connection.execute(self.sql["load_entries"], wanted)

    def write(self, connection: Connection) -> None:
        line = Timeline(_entry(columns) for columns in self.stored or ())
        for event in self.events:
            for step in STEPS[type(event.record.fact)]:
                step.fold(line, event, step.matter(event))
        if line.closed:
            rows = text([_row(entry) for entry in line.closed])
            connection.execute(self.sql["close_entries"], {"rows": rows})
        if added := [_row(entry) for entry in line.rows()]:
            connection.execute(self.sql["add_entries"], {"rows": text(added)})


def _known_before(events: Iterable[Event], opened: Collection[UUID]) -> Iterator[Matter]:
    for event in events:
        if event.record.originator_id not in opened:
            for step in STEPS[type(event.record.fact)]:
                yield step.matter(event)


def _entry(columns: Sequence[Any]) -> Entry:
    person, kind, key, known_from, effective_from, effective_to, data, event_id = columns
    return Entry(
        matter=Matter(person, kind, key),
        known_from=known_from,
        effective_from=effective_from,
        effective_to=effective_to,
        data=decode(data),
        event_id=event_id,
        stored=True,
    )


def _row(entry: Entry) -> dict[str, Any]:
    return {
        **entry.matter._asdict(),
        "known_from": entry.known_from,
        "known_to": entry.known_to,
        "effective_from": entry.effective_from,
        "effective_to": entry.effective_to,
        "data": entry.data,
        "event_id": entry.event_id,
    }


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
