"""Writes the statistics: what obligations and disclosures count as, and since when."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace
from psycopg import Connection, Cursor

from domain.disclosure import (
    CertificationWithdrawn,
    DisclosureCertified,
    DisclosureClosedUncertified,
    DisclosureFiled,
    DisclosureWithdrawn,
    PaperDisclosureRecorded,
)
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
)
from domain.person import CoveredPerson
from domain.record import Fact
from projections.models.careers import FACTS as CAREER
from projections.models.careers import Careers, rank_on
from projections.models.model import Event, Part, ReadModel
from projections.models.row_security import Guard
from projections.models.rows import array, table
from projections.statements import Statements

# What a matter counts as from a fact on.
STANDING: dict[type[Fact], str] = {
    DisclosureFiled: "disclosure.filed",
    PaperDisclosureRecorded: "disclosure.filed",
    DisclosureCertified: "disclosure.certified",
    CertificationWithdrawn: "disclosure.filed",
    DisclosureClosedUncertified: "disclosure.closed",
    DisclosureWithdrawn: "disclosure.withdrawn",
    ObligationRaised: "obligation.open",
    ObligationBecameOverdue: "obligation.overdue",
    ExtensionGranted: "obligation.open",
    ObligationFulfilled: "obligation.fulfilled",
    ObligationFulfilledLate: "obligation.fulfilled_late",
    FulfilmentWithdrawn: "obligation.open",
    ObligationWaived: "obligation.waived",
    ObligationCancelled: "obligation.cancelled",
}
OPENING = (DisclosureFiled, PaperDisclosureRecorded, ObligationRaised)
OVERDUE = STANDING[ObligationBecameOverdue]


class Counted(msgspec.Struct):
    """What a matter counts as; one that was `marked` overdue may be so again."""

    stream: str
    standing: str
    person: str
    day: date
    category: str
    rank: str | None
    known_from: int
    marked: bool = False
    known_to: int | None = None


class Counts:
    """What counts now, by stream, and the rows that the batch closes and adds."""

    def __init__(self, careers: Careers, stored: Iterable[Counted]) -> None:
        self.careers = careers
        self.live = {row.stream: row for row in stored}
        self.stored = tuple(self.live.values())
        self.added: list[Counted] = []

    def count(self, event: Event) -> None:
        """Let a fact about an obligation or a disclosure count."""
        old = self.live.get(event.stream)
        standing = STANDING[type(event.fact)]
        row = replace(old, standing=standing) if old else self._first(event, standing)
        match event.fact:
            case ObligationBecameOverdue():
                row.marked = True
            case ExtensionGranted(until=day):
                row.marked, row.day, row.rank = False, day, self._rank(row.person, day)
            case FulfilmentWithdrawn() if row.marked:
                row.standing = OVERDUE
        self._replace(old, row, event.position)

    def promote(self, event: Event) -> None:
        """Count under the ranks that now turn out to have been held."""
        person = self.careers.note(event)
        for old in [row for row in self.live.values() if row.person == event.key]:
            rank = rank_on(person, old.day)
            if rank != old.rank:
                self._replace(old, replace(old, rank=rank), event.position)

    def closed(self) -> Sequence[Counted]:
        return [row for row in self.stored if row.known_to is not None]

    def _first(self, event: Event, standing: str) -> Counted:
        fact = event.fact
        raised = isinstance(fact, ObligationRaised)
        day = fact.due_on if raised else fact.received_on
        return Counted(
            stream=event.stream,
            standing=standing,
            person=fact.person,
            day=day,
            category=fact.category,
            rank=self._rank(fact.person, day),
            known_from=event.position,
        )

    def _rank(self, number: str, day: date) -> str | None:
        person = self.careers.people.get(number)
        return rank_on(person, day) if person else None

    def _replace(self, old: Counted | None, row: Counted, position: int) -> None:
        if old:
            old.known_to = position
        row.known_from = position
        self.live[row.stream] = row
        self.added.append(row)


class Counting:
    """Keeps the tables `counted` and `career`."""

    facts: Collection[type[Fact]] = frozenset(STANDING) | CAREER

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        moves = [e for e in events if type(e.fact) in CAREER]
        matters = [e for e in events if type(e.fact) not in CAREER]
        self.careers = Careers()
        known = self.careers.wanted(moves)
        ranked = {
            e.key for e in matters if e.opening or type(e.fact) is ExtensionGranted
        }
        needed = {*known, *ranked} - self.careers.opened
        wanted: dict[str, Any] = {"numbers": sorted(needed)}
        self.people = connection.execute(self.sql["load_careers"], wanted)
        begun = {e.stream for e in matters if e.opening}
        streams = {e.stream for e in matters} - begun
        self.counted: Cursor[Any] | None = None
        if streams or known:
            wanted = {"streams": array(streams), "people": known}
            self.counted = connection.execute(self.sql["load_counted"], wanted)

    def write(self, connection: Connection) -> None:
        self.careers.load(self.people.fetchall())
        rows = self.counted.fetchall() if self.counted else ()
        stored = (Counted(*columns) for columns in rows)
        counts = Counts(self.careers, stored)
        for event in self.events:
            if type(event.fact) in CAREER:
                counts.promote(event)
            else:
                counts.count(event)
        self._save(connection, "close_counted", counts.closed())
        self._save(connection, "add_counted", counts.added)
        people = (
            (number, self.careers.people[number]) for number in self.careers.changed
        )
        careers = [{"number": n, "career": nameless(person)} for n, person in people]
        self._save(connection, "save_careers", careers)

    def _save(self, connection: Connection, name: str, rows: Sequence[Any]) -> None:
        if rows:
            connection.execute(self.sql[name], {"rows": table(rows)})


def nameless(person: CoveredPerson) -> CoveredPerson:
    """Leave out who it is: statistics need what somebody was."""
    return replace(person, number="", name="", email=None)


class Statistics(ReadModel):
    name: ClassVar = "statistics"
    sources: ClassVar = (
        "statistics.sql",
        "statistics_fold.py",
        "careers.py",
        "rows.py",
        "model.py",
    )
    # Figures are of everybody, and shown as totals.
    guards: ClassVar = {"counted": Guard(None), "career": Guard(web=False)}

    def build(self) -> Sequence[Part]:
        return (Counting(self.statements("statistics.sql")),)
