"""Keeps by how much each disclosure came too late for what it fulfilled."""

from collections.abc import Collection, Sequence
from typing import Any

from psycopg import Connection

from domain.disclosure import disclosure_stream
from domain.obligation import (
    FulfilmentWithdrawn,
    ObligationFulfilledLate,
)
from domain.record import Fact
from projections.models.model import Event
from projections.models.rows import array, table
from projections.statements import Statements


class Lateness:
    """Keeps the table `lateness`: what was in time has no row."""

    facts: Collection[type[Fact]] = frozenset(
        {ObligationFulfilledLate, FulfilmentWithdrawn}
    )

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:  # noqa: ARG002  it needs no rows
        self.last = {event.stream: event for event in events}

    def write(self, connection: Connection) -> None:
        late = [
            e for e in self.last.values() if type(e.fact) is ObligationFulfilledLate
        ]
        others = self.last.keys() - {event.stream for event in late}
        if others:
            wanted = {"streams": array(sorted(others))}
            connection.execute(self.sql["drop_lateness"], wanted)
        if late:
            rows = table([row(event) for event in late])
            connection.execute(self.sql["save_lateness"], {"rows": rows})


def row(event: Event) -> dict[str, Any]:
    return {
        "stream": event.stream,
        "disclosure": disclosure_stream(event.fact.disclosure),
        "person": event.key,
        "days_late": event.fact.days_late,
        "event_id": event.record.event_id,
    }
