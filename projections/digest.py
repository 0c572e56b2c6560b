"""The digest of a read model's rows: the same wherever the same log made them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection, sql
from psycopg.sql import Identifier

from projections.discretion import Tactful
from projections.models.model import ReadModel
from projections.postgres.errors import NotInitialised
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("attesting.sql"))
FORM = "copy-text@v1"
END = b"\\.\n"  # ends the rows of a table, as in COPY's text; no row reads so

Table = tuple[str, Sequence[str]]
"""The name of a table, and those of its columns."""


class Unattestable(Tactful):
    """The rows of a read model cannot be digested so that it would mean anything."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the rows of a read model are, and where in the log it stands.

    `tables` and `rows` are the digest and the number of the rows of each table that is
    attested; of `parked` events the model could make nothing.
    """

    model: str
    layout: str
    position: int
    parked: int
    digest: str
    tables: Mapping[str, str]
    rows: Mapping[str, int]
    form: str = FORM


def digest(connection: Connection[Any], model: ReadModel) -> Digest:
    """Digest the rows of a model, as they are at one moment.

    It is the SHA-256 of what follows for each attested table in the order of their
    names: a line with its name, a line with the names of its columns, between tabs,
    a line of PostgreSQL's COPY text for each row, and a line `\\.`. The rows are in the
    order (bytes) of `ROW(...)::text`; times are in UTC. The digest of one table is that
    of its own part of this. The server sorts, and needs no more memory than `work_mem`;
    readers and the projector are not kept waiting.

    Args:
        connection: in autocommit mode, as a role that may see every row.
        model: the read model; what stands in its schema is digested, but for the tables
            in its `unattested`.

    Raises:
        NotInitialised: the model is not there.
        Unattestable: some rows would not be seen, or the tables are just changing.
    """
    tables = _tables(connection, model.schema)
    with connection.transaction():
        connection.execute(SQL["begin_snapshot"])
        _lock(connection, model, tables)
        connection.execute(SQL["settle_text"])
        _refuse_partial(connection, model, tables)
        wanted = [table for table in tables if table[0] not in model.unattested]
        return _digest(connection, model, wanted)


def _tables(connection: Connection[Any], schema: str) -> list[Table]:
    return connection.execute(SQL["list_columns"], {"schema": schema}).fetchall()


def _lock(
    connection: Connection[Any], model: ReadModel, tables: Sequence[Table]
) -> None:
    if not tables:
        raise NotInitialised(f"no read model {model.schema}: run `probity init`")
    names = sql.SQL(", ").join(Identifier(model.schema, name) for name, _ in tables)
    connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(names))


def _refuse_partial(
    connection: Connection[Any], model: ReadModel, tables: Sequence[Table]
) -> None:
    """Raise where not all would be seen that is there."""
    schema = model.schema
    if _tables(connection, schema) != tables:
        raise Unattestable(f"{schema}: its tables were changed meanwhile; try again")
    hidden = [n for (n,) in connection.execute(SQL["list_hidden"], {"schema": schema})]
    if hidden:
        raise Unattestable(
            f"{schema}: row security may hide rows of {', '.join(hidden)} from"
            f" {connection.info.user} or the role it acts as: nothing was attested."
            " Have the policies made anew: run `probity rebuild`"
        )


def _digest(
    connection: Connection[Any], model: ReadModel, tables: Sequence[Table]
) -> Digest:
    position, layout, parked = connection.execute(
        SQL["read_place"], {"schema": model.schema}
    ).fetchall()[0]
    whole, digests, rows = hashlib.sha256(), {}, {}
    for table in tables:
        lines = Lines(whole)
        lines.take_table(connection, model.schema, table)
        digests[table[0]], rows[table[0]] = lines.own.hexdigest(), lines.rows
    return Digest(
        model=model.name,
        layout=layout,
        position=position,
        parked=parked,
        digest=whole.hexdigest(),
        tables=digests,
        rows=rows,
    )


class Lines:
    """Takes the lines of one table into a digest of its own, and into the whole's."""

    def __init__(self, whole: "hashlib._Hash") -> None:
        self.whole, self.own, self.rows = whole, hashlib.sha256(), 0

    def take(self, text: bytes | bytearray | memoryview) -> None:
        self.whole.update(text)
        self.own.update(text)

    def take_table(
        self, connection: Connection[Any], schema: str, table: Table
    ) -> None:
        name, columns = table
        self.take(f"{name}\n{chr(9).join(columns)}\n".encode())
        query = sql.SQL(SQL["copy_rows"].decode()).format(
            columns=sql.SQL(", ").join(map(Identifier, columns)),
            table=Identifier(schema, name),
        )
        with connection.cursor().copy(query) as copy:
            for line in copy:  # the protocol promises a message for each row
                self.take(line)
                self.rows += 1
        self.take(END)
