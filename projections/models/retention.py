"""Keeps since when, and under which rulebooks, what was declared has to be kept."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date
from typing import Any, NamedTuple

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
from domain.records.custody import SubjectKeyDestroyed
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


class Kept(NamedTuple):
    """What a batch adds to a row of `kept`."""

    start: date
    position: int
    rulebooks: frozenset[str] = frozenset()


class Retention:
    """Keeps the table `kept`, and marks there and in `departure` what was destroyed."""

    facts: Collection[type[Fact]] = BEGINNING | {DisclosureAmended, SubjectKeyDestroyed}

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.destroyed = [e for e in events if type(e.fact) is SubjectKeyDestroyed]
        self.declared = [e for e in events if type(e.fact) is not SubjectKeyDestroyed]
        amended = {e.stream for e in events if type(e.fact) is DisclosureAmended}
        self.found: Cursor[Any] | None = None
        if amended:
            wanted = {"streams": array(sorted(amended))}
            self.found = connection.execute(self.sql["load_beginnings"], wanted)

    def write(self, connection: Connection) -> None:
        if kept := self._kept():
            rows = [row(key, kept[key]) for key in sorted(kept)]
            connection.execute(self.sql["save_kept"], {"rows": table(rows)})
        if self.destroyed:
            gone = {"rows": table([destruction(event) for event in self.destroyed])}
            connection.execute(self.sql["destroy_kept"], gone)
            connection.execute(self.sql["destroy_departures"], gone)

    def _kept(self) -> dict[Key, Kept]:
        begun = dict(self.found.fetchall()) if self.found else {}
        kept: dict[Key, Kept] = {}
        for event in self.declared:
            began = begun.get(event.stream, event.record.recorded_at)
            year = began.astimezone(UTC).year
            key = (event.key, event.fact.relative_concerned or "", year)
            new = Kept(date(year + 1, 1, 1), event.position)
            kept[key] = added(kept.get(key, new), event.fact)
        return kept


def added(kept: Kept, fact: Any) -> Kept:
    """Return what a fact makes of a row: a later start, or one more rulebook."""
    if isinstance(fact, DisclosureAmended):
        return kept._replace(start=max(kept.start, fact.received_on))
    return kept._replace(rulebooks=kept.rulebooks | {fact.cited.rulebook})


def row(key: Key, kept: Kept) -> dict[str, Any]:
    person, relative, year = key
    return {
        "person": person,
        "relative": relative,
        "year": year,
        "start_on": kept.start,
        "rulebooks": sorted(kept.rulebooks),
        "position": kept.position,
    }


def destruction(event: Event) -> dict[str, Any]:
    fact = event.fact
    return {
        "person": event.key,
        "relative": fact.relative,
        "year": fact.year,
        "on_day": fact.on,
        "position": event.position,
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
