"""Writes what a verifier needs of the database to a file, as `pg_dump` would."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from psycopg import Connection, sql

from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("showing_queries.sql"))
PAGE = 20_000  # positions in one COPY
HEAD = b"-- The ledger of a register, for probity-verify.\n\n"
END = b"\\.\n\n"
TABLES = {
    "log.head": "dump_head",
    "ledger.epoch": "dump_epoch",
    "ledger.tile": "dump_tile",
    "ledger.checkpoint": "dump_checkpoint",
    "ledger.signed": "dump_signed",
    "ledger.cosigned": "dump_cosigned",
    "ledger.timestamp": "dump_timestamp",
}
EVENTS = "log.probity_events"
COLUMNS = re.compile(rb"SELECT (.*?)\s+FROM ", re.DOTALL)

Progress = Callable[[int, int], None]


def dump(
    connection: Connection[Any],
    file: BinaryIO,
    *,
    models: Iterable[str] = (),
    progress: Progress,
) -> int:
    """Write the log and the ledger, as they are at one moment.

    Args:
        connection: as a role that reads them, and the read models if they are asked
            for; not within a transaction.
        file: where to, from the beginning.
        models: the schemas of read models that are written too.
        progress: is told how many events are done, and of how many.

    Returns:
        How many events there were.
    """
    with connection.transaction():
        connection.execute(SQL["begin_snapshot"])
        connection.execute(SQL["take_time"])
        return write(connection, file, models, progress)


def write(
    connection: Connection[Any],
    file: BinaryIO,
    models: Iterable[str],
    progress: Progress,
) -> int:
    """Write all tables as a transaction that has begun sees them; see `dump`."""
    file.write(HEAD)
    for table, statement in TABLES.items():
        _begin(file, table, columns(statement))
        _copy(connection, file, _selected(statement))
        file.write(END)
    events = _events(connection, file, progress)
    for schema in models:
        _model(connection, file, schema)
    return events


def columns(statement: str) -> Sequence[str]:
    """Return the names of the columns that a statement selects."""
    found = COLUMNS.match(SQL[statement])
    names = found[1].decode() if found else ""
    return [name.strip() for name in names.split(",")]


def _events(connection: Connection[Any], file: BinaryIO, progress: Progress) -> int:
    ((low, high),) = connection.execute(SQL["read_extent"]).fetchall()
    _begin(file, EVENTS, columns("dump_events"))
    events = 0
    for start in range(low, high + 1, PAGE):
        span = {"start": start, "stop": start + PAGE}
        events += _copy(connection, file, _selected("dump_events"), span)
        progress(min(start + PAGE, high + 1) - low, high + 1 - low)
    file.write(END)
    return events


def _model(connection: Connection[Any], file: BinaryIO, schema: str) -> None:
    """Write the tables of a read model."""
    tables = connection.execute(SQL["list_tables"], {"schema": schema}).fetchall()
    for table, names in tables:
        _begin(file, f"{schema}.{table}", names)
        where = sql.Identifier(schema, table)
        listed = sql.SQL(", ").join(map(sql.Identifier, names))
        query = sql.SQL("COPY {} ({}) TO STDOUT").format(where, listed)
        _copy(connection, file, query.as_bytes(connection))
        file.write(END)


def _begin(file: BinaryIO, table: str, names: Sequence[str]) -> None:
    file.write(f"COPY {table} ({', '.join(names)}) FROM stdin;\n".encode())


def _selected(statement: str) -> bytes:
    return b"COPY (%s) TO STDOUT" % SQL[statement].rstrip(b";")


def _copy(
    connection: Connection[Any],
    file: BinaryIO,
    query: bytes,
    values: Mapping[str, Any] | None = None,
) -> int:
    with connection.cursor() as cursor:
        with cursor.copy(query, values) as copied:
            file.writelines(copied)
        return cursor.rowcount
