"""Writes the personnel file: what holds, from when to when, and since when known."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, ClassVar

import msgspec
from psycopg import Connection, Cursor

from domain.person import CoveredPerson
from domain.record import Fact
from projections.models.careers import FACTS as CAREER
from projections.models.careers import standings
from projections.models.file_leave import LEAVE
from projections.models.file_matters import DUTIES, FILINGS
from projections.models.file_people import STEPS as PEOPLE
from projections.models.model import Event, Part, ReadModel
from projections.models.names import Names
from projections.models.people import People
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard
from projections.models.rows import table
from projections.models.timeline import Entry, Matter, Stretch, Timeline, encode
from projections.statements import Statements

STEPS = {**PEOPLE, **DUTIES, **FILINGS, **LEAVE}


class Entries:
    """Keeps the table `entry`."""

    facts: Collection[type[Fact]] = frozenset(STEPS) | CAREER

    def __init__(self, sql: Statements, people: People) -> None:
        """Take the careers of the people from the part that is written before."""
        self.sql, self.people = sql, people

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        self.stored: Cursor[Any] | None = None
        begun = {e.stream for e in events if e.opening}
        if matters := set(_matters(e for e in events if e.stream not in begun)):
            names = ("person", "kind", "key")
            asked = [dict(zip(names, matter, strict=True)) for matter in matters]
            wanted = {"matters": table(asked)}
            self.stored = connection.execute(self.sql["load_entries"], wanted)

    def write(self, connection: Connection) -> None:
        stored = self.stored.fetchall() if self.stored else ()
        line = Timeline(_entry(*row) for row in stored)
        for event in self.events:
            for step in STEPS.get(type(event.fact), ()):
                step.fold(line, event, step.matter(event))
        for event, person in self.people.told:
            line.be(event, Matter(event.key, "service", ""), service(person))
        if closed := line.closed():
            rows = table([_closing(entry) for entry in closed])
            connection.execute(self.sql["close_entries"], {"rows": rows})
        if added := line.added():
            connection.execute(self.sql["add_entries"], {"rows": table(added)})


def _entry(*columns: Any) -> Entry:
    person, kind, key, known_from, data, event_id, begin, end = columns
    said = msgspec.Raw(data)
    return Entry(person, kind, key, known_from, said, event_id, begin, end)


def _closing(entry: Entry) -> dict[str, Any]:
    return {
        "person": entry.person,
        "kind": entry.kind,
        "key": entry.key,
        "known_from": entry.known_from,
        "known_to": entry.known_to,
        "effective_from": entry.effective_from,
    }


def _matters(events: Iterable[Event]) -> Iterator[Matter]:
    for event in events:
        for step in STEPS.get(type(event.fact), ()):
            yield step.matter(event)
        if type(event.fact) in CAREER:
            yield Matter(event.key, "service", "")


def service(person: CoveredPerson) -> Iterator[Stretch]:
    """Yield since when, and until when, somebody served, was retired, or had left."""
    for status, group in groupby(standings(person), key=attrgetter("status")):
        spans = list(group)
        begin, end = spans[0].from_on, spans[-1].to_on
        since = None if begin == date.min else begin
        yield since, None if end == date.max else end, encode({"status": status})


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
        "names.py",
        "words.py",
    )
    guards: ClassVar = {**GUARDS, "entry": Guard(stream="key"), "word": Guard()}
    unattested: ClassVar = {
        "word": "keyed digests of names: gone with a key, and then made of no log again"
    }

    def build(self) -> Sequence[Part]:
        people, units = roster(self)
        sql = self.statements("personnel_file.sql")
        names = Names(sql, self.vault)
        return people, units, names, Entries(sql, people)
