"""Which rows of a read model web may see, table by table: the database's own check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from projections.statements import Statements

POLICIES = Statements(Path(__file__).with_name("row_security.sql"))
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may see a row: by whom it is about, and whom it was kept from.

    Attributes:
        person: the column with the number of the person; None: only whoever may see
            everything sees any.
        stream: the column with the stream of a disclosure, where the row is about one.
        shown_from: the column with the time from which on the person may see the row.
        web: whether web may see any row.
    """

    person: str | None = "person"
    stream: str | None = None
    shown_from: str | None = None
    web: bool = True

    def policies(self) -> Iterator[str]:
        """Yield the names of the statements that guard a table so."""
        yield "create_protection"
        yield "create_for_scheduler"
        if not self.web:
            return
        if self.person is None:
            yield "create_for_everybody"
        else:
            yield "create_for_people"
            yield "create_bar"
        if self.shown_from:
            yield "create_delay"
        if self.stream:
            yield "create_exclusion"


Guards = Mapping[str, Guard | None]


class Unguarded(Exception):
    """A table of which nobody has said who may see its rows."""


def protect(connection: Connection, schema: str, guards: Guards) -> None:
    """Guard every table of a read model; None in *guards* leaves one open to all.

    Raises:
        Unguarded: nothing is said about a table.
    """
    for (table,) in connection.execute(TABLES, (schema,)).fetchall():
        if table not in guards:
            raise Unguarded(f"{schema}.{table}: say in `guards` who may see its rows")
        if guard := guards[table]:
            _protect(connection, schema, table, guard)


def _protect(connection: Connection, schema: str, table: str, guard: Guard) -> None:
    names = {
        "table": Identifier(schema, table),
        "in_reach": Identifier(schema, "in_reach"),
        "person": Identifier(guard.person or ""),
        "stream": Identifier(guard.stream or ""),
        "shown_from": Identifier(guard.shown_from or ""),
    }
    for policy in guard.policies():
        text = SQL(POLICIES[policy].decode())
        connection.execute(text.format(**names))
