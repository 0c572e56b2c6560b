"""Keeps who is related to whom, and who reviews what, for the access log to compare."""

from collections.abc import Collection, Sequence

from psycopg import Connection

from domain.disclosure import ReviewerAssigned
from domain.person import RelatedPersonDeclared, RelatedPersonRemoved
from domain.record import Fact
from projections.models.model import Event
from projections.models.rows import table
from projections.statements import Statements


class Kin:
    """Keeps the table `kin`."""

    facts: Collection[type[Fact]] = frozenset(
        {RelatedPersonDeclared, RelatedPersonRemoved}
    )

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:  # noqa: ARG002  it needs no rows
        self.last = {(event.key, event.fact.relative): event for event in events}

    def write(self, connection: Connection) -> None:
        rows = [
            {
                "person": person,
                "relative": relative,
                "number": getattr(event.fact, "number", None),
                "event_id": event.record.event_id,
            }
            for (person, relative), event in self.last.items()
        ]
        if known := [row for row in rows if row["number"]]:
            connection.execute(self.sql["save_kin"], {"rows": table(known)})
        if others := [row for row in rows if not row["number"]]:
            connection.execute(self.sql["drop_kin"], {"rows": table(others)})


class Assignments:
    """Keeps the table `assignment`."""

    facts: Collection[type[Fact]] = frozenset({ReviewerAssigned})

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:  # noqa: ARG002  it needs no rows
        self.last = {event.stream: event for event in events}

    def write(self, connection: Connection) -> None:
        rows = [
            {
                "stream": stream,
                "person": event.key,
                "reviewer": event.fact.reviewer,
                "event_id": event.record.event_id,
            }
            for stream, event in self.last.items()
        ]
        if rows:
            connection.execute(self.sql["save_assignments"], {"rows": table(rows)})
