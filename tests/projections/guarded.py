"""What stands in the tables that are guarded row by row."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from psycopg.sql import SQL, Identifier

from projections.models import MODELS
from tests.projections.kinds import Connection

JUNE = date(2016, 6, 20)
# Tables in which there are no people.
NOBODYS = {"campaign", "law", "rulebook", "source", "unit"}
TABLES = """
SELECT n.nspname, c.relname, c.relrowsecurity, c.relkind, c.reloptions
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
ORDER BY n.nspname, c.relname
"""


Rows = list[dict[str, Any]]


def tables(connection: Connection) -> list[tuple[Any, ...]]:
    """Return what the database itself says of the tables of all read models."""
    return connection.execute(TABLES, ([model.name for model in MODELS],)).fetchall()


def protected(connection: Connection) -> Iterator[tuple[str, str]]:
    for schema, table, *_ in tables(connection):
        if table not in NOBODYS:
            yield schema, table


def rows(connection: Connection, schema: str, table: str) -> Rows:
    query = SQL("SELECT to_jsonb(t) FROM {} AS t").format(Identifier(schema, table))
    return [row for (row,) in connection.execute(query)]
