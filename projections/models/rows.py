"""A table with one row for each stream, kept by folding facts into the rows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec
from psycopg import Connection, Cursor
from psycopg.types.json import Json

from domain.record import Fact
from projections.models.model import Event
from projections.statements import Statements


class Row(Protocol):
    stream: str
    event_id: UUID


R = TypeVar("R", bound=Row)


class Rows(Generic[R]):
    """The rows of the streams in a batch, known or new, and what becomes of them."""

    def __init__(
        self,
        sql: Statements,
        noun: str,
        row: Callable[..., R],
        begin: Mapping[Any, Callable[[Event], R]],
        folds: Mapping[Any, Callable[[R, Any], None]] = MappingProxyType({}),
    ) -> None:
        """Say how the rows come about.

        Args:
            sql: the statements; `load_<noun>` and `save_<noun>` are used.
            noun: what the rows are, in the plural.
            row: makes a row of the columns that `load_<noun>` selects, in their order.
            begin: makes the row of a stream from its first fact.
            folds: changes the row by a fact.
        """
        self.load, self.save = sql[f"load_{noun}"], sql[f"save_{noun}"]
        self.row, self.begin, self.folds = row, begin, folds
        self.facts: Collection[type[Fact]] = {*begin, *folds}

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        """Send for the rows of streams that did not begin in this batch."""
        self.events = events
        self.known: Cursor[Any] | None = None
        begun = {event.stream for event in events if event.opening}
        if streams := {event.stream for event in events} - begun:
            self.known = connection.execute(self.load, {"streams": array(streams)})

    def write(self, connection: Connection) -> None:
        """Fold the events of the batch, and save each row that they touch once."""
        known = self.known.fetchall() if self.known else ()
        rows = {row.stream: row for row in (self.row(*columns) for columns in known)}
        for event in self.events:
            self._fold(rows, event)
        if rows:
            connection.execute(self.save, {"rows": table(list(rows.values()))})

    def _fold(self, rows: dict[str, R], event: Event) -> None:
        row = rows.get(event.stream)
        if row is None:
            row = rows[event.stream] = self.begin[type(event.fact)](event)
        if fold := self.folds.get(type(event.fact)):
            fold(row, event.fact)
        row.event_id = event.record.event_id


def table(rows: Sequence[Any]) -> Json:
    """Return rows as the parameter that json_to_recordset takes."""
    return Json(rows, dumps=msgspec.json.encode)


def array(streams: Iterable[str]) -> str:
    """Return the ids of streams as PostgreSQL writes an array; they need no quotes."""
    return "{" + ",".join(streams) + "}"
