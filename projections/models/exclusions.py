"""Keeps from which disclosures whom is excluded: a superior, and with them a chain."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.record import Fact
from domain.records.exclusion import ExclusionLifted, ReaderExcluded
from projections.models.model import Event
from projections.models.rows import table
from projections.statements import Statements


class Exclusions:
    """Keeps the table `exclusion`."""

    facts: Collection[type[Fact]] = frozenset({ReaderExcluded, ExclusionLifted})

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:  # noqa: ARG002  it needs no rows
        self.last = {(e.stream, e.fact.superior): e for e in events}

    def write(self, connection: Connection) -> None:
        lifted = self._rows(ExclusionLifted)
        if lifted:
            connection.execute(self.sql["drop_exclusions"], {"rows": table(lifted)})
        if excluded := self._rows(ReaderExcluded):
            connection.execute(self.sql["save_exclusions"], {"rows": table(excluded)})

    def _rows(self, kind: type[Fact]) -> list[dict[str, Any]]:
        return [row(event) for event in self.last.values() if type(event.fact) is kind]


def row(event: Event) -> dict[str, str | UUID]:
    return {
        "stream": event.stream,
        "superior": event.fact.superior,
        "person": event.key,
        "event_id": event.record.event_id,
    }
