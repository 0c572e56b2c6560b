"""Tables to which each fact says one thing: its statements, in the order of the log."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import Connection

from domain.record import Fact
from projections.models.model import Event
from projections.statements import Statements


class Say(NamedTuple):
    """The statement that a fact has run, and the parameters that it makes."""

    statement: str
    row: Callable[[Event], Mapping[str, Any]]


class OneByOne:
    """For facts that are rare: nothing is loaded, and nothing folded."""

    def __init__(
        self, sql: Statements, says: Mapping[type[Fact], Sequence[Say]]
    ) -> None:
        self.sql, self.says = sql, says
        self.facts: Collection[type[Fact]] = says.keys()

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:  # noqa: ARG002  it needs no rows
        self.events = events

    def write(self, connection: Connection) -> None:
        for event in self.events:
            for say in self.says[type(event.fact)]:
                connection.execute(self.sql[say.statement], say.row(event))
