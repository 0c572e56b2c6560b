"""Keeps since when, and under which rulebooks, what was declared has to be kept."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from psycopg import Connection, Cursor

from domain.approval import ApprovalRequested
from domain.disclosure import (
    DisclosureAmended,
    DisclosureFiled,
    PaperDisclosureRecorded,
)
from domain.obligation import ObligationRaised
from domain.person import CoveredPerson
from domain.record import Fact
from domain.records.access_request import SubjectAccessRequested
from domain.records.correction import CorrectionRequested
from domain.records.custody import start_of
from projections.models.careers import FACTS as CAREER
from projections.models.model import Event
from projections.models.people import People
from projections.models.rows import array, table
from projections.statements import Statements

# What begins a stream of which something may be sealed, and cites a rulebook.
BEGINNING: frozenset[type[Fact]] = frozenset(
    {
        ApprovalRequested,
        CorrectionRequested,
        DisclosureFiled,
        ObligationRaised,
        PaperDisclosureRecorded,
        SubjectAccessRequested,
    }
)
Key = tuple[str, str, int]


class Retention:
    """Keeps the table `kept`."""

    facts: Collection[type[Fact]] = BEGINNING | {DisclosureAmended}

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        self.found: Cursor[Any] | None = None
        amended = {e.stream for e in events if type(e.fact) is DisclosureAmended}
        if amended:
            wanted = {"streams": array(sorted(amended))}
            self.found = connection.execute(self.sql["load_beginnings"], wanted)

    def write(self, connection: Connection) -> None:
        begun = dict(self.found.fetchall()) if self.found else {}
        kept: dict[Key, tuple[date, set[str]]] = {}
        for event in self.events:
            began = begun.get(event.stream, event.record.recorded_at)
            key = (event.key, event.fact.relative_concerned or "", began.year)
            start, rulebooks = kept.get(key, (start_of(began.year), set[str]()))
            if type(event.fact) is DisclosureAmended:
                start = max(start, event.fact.received_on)
            else:
                rulebooks.add(event.fact.cited.rulebook)
            kept[key] = start, rulebooks
        if kept:
            rows = [row(key, *said) for key, said in sorted(kept.items(), key=first)]
            connection.execute(self.sql["save_kept"], {"rows": table(rows)})


def first(item: tuple[Key, Any]) -> Key:
    return item[0]


def row(key: Key, start: date, rulebooks: set[str]) -> dict[str, Any]:
    person, relative, year = key
    return {
        "person": person,
        "relative": relative,
        "year": year,
        "start_on": start,
        "rulebooks": sorted(rulebooks),
    }


class Departures:
    """Keeps the table `departure`."""

    facts: Collection[type[Fact]] = CAREER

    def __init__(self, sql: Statements, people: People) -> None:
        """Take the people from the part that is written before."""
        self.sql, self.people = sql, people

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        """Need no rows: the people of the batch are known."""

    def write(self, connection: Connection) -> None:
        last = {event.key: (event, person) for event, person in self.people.told}
        rows = [
            {
                "person": number,
                "left_on": left_on(person),
                "event_id": event.record.event_id,
            }
            for number, (event, person) in last.items()
        ]
        if rows:
            connection.execute(self.sql["save_departures"], {"rows": table(rows)})


def left_on(person: CoveredPerson) -> date | None:
    """Return the day on which the person left for good; None of whoever serves."""
    if person.status_on(date.max) == "serving":
        return None
    return max(_ends(person))


def _ends(person: CoveredPerson) -> Iterator[date]:
    ends = (person.retired_on, person.left_on, *(post.to_on for post in person.posts))
    return (day for day in ends if day)
