"""A table with one row for each stream, kept by folding facts into the rows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec
from psycopg import Connection, Cursor

from domain.record import Fact
from projections.models.model import Event
from projections.statements import Statements


class Row(Protocol):
    stream: UUID
    event_id: UUID


R = TypeVar("R", bound=Row)


class Rows(Generic[R]):
    """The rows of the streams in a batch, from the database or new, and what becomes of them."""

    def __init__(
        self,
        sql: Statements,
        noun: str,
        row: Callable[..., R],
        begin: Mapping[type[Fact], Callable[[Event], R]],
        folds: Mapping[type[Fact], Callable[[R, Any], None]],
    ) -> None:
        """Say how the rows come about.

        Args:
            sql: the statements; `load_<noun>` and `save_<noun>` are used.
            noun: what the rows are, in the plural.
            row: makes a row of the columns that `load_<noun>` selects, in their order.
            begin: makes the row of a stream from its first fact.
            folds: changes the row by a later fact.
        """
        self.load, self.save = sql[f"load_{noun}"], sql[f"save_{noun}"]
        self.row, self.begin, self.folds = row, begin, folds

    @property
    def facts(self) -> Collection[type[Fact]]:
        return {*self.begin, *self.folds}

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        """Send for the rows of streams that did not begin in this batch."""
        self.events = events
        streams = {e.record.originator_id for e in events}
        streams -= {e.record.originator_id for e in events if e.opening}
        self.known: Cursor[Any] | None = None
        if streams:
            parameters = {"streams": list(streams)}
            self.known = connection.execute(self.load, parameters)

    def write(self, connection: Connection) -> None:
        """Fold the events of the batch, and save each row that they touch once."""
        known = (self.row(*columns) for columns in self.known or ())
        self.rows = {row.stream: row for row in known}
        changed = {row.stream: row for row in map(self._fold, self.events)}
        if changed:
            connection.execute(self.save, {"rows": text(list(changed.values()))})

    def _fold(self, event: Event) -> R:
        fact, stream = event.record.fact, event.record.originator_id
        begin = self.begin.get(type(fact))
        if begin:
            row = self.rows[stream] = begin(event)
            return row
        row = self.rows[stream]
        self.folds[type(fact)](row, fact)
        row.event_id = event.record.event_id
        return row


def text(rows: Sequence[Any]) -> str:
    """Return rows as the JSON that json_to_recordset takes."""
    return msgspec.json.encode(rows).decode()
