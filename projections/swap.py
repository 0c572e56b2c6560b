"""Puts a read model that was built anew in the place of the live one."""

from typing import Any

import structlog
from psycopg import Connection, sql
from psycopg.errors import LockNotAvailable
from psycopg.sql import Identifier

from projections.batch import Reader
from projections.models import ReadModel
from projections.parked import Placement, blocked
from projections.position import SQL

# Less than PostgreSQL's deadlock_timeout: where readers are in the way it is we who
# give up and try again, never they.
PATIENCE = "300ms"

log = structlog.get_logger()


def swap(connection: Connection[Any], live: ReadModel, new: ReadModel) -> bool:
    """Let the new model be the live one, or return False where readers are in the way.

    It all happens in one transaction, and the old tables are removed after it. The new
    model is first brought at least as far as the live one: nobody who waited for an
    event to show may see it vanish.
    """
    old = f"{live.schema}_old"
    try:
        remove(connection, old)
        with connection.transaction():
            be_impatient(connection)
            draw_level(connection, live, new)
            lock(connection, live.schema)
            rename(connection, live.schema, old)
            rename(connection, new.schema, live.schema)
            take_place(connection, live, new)
    except LockNotAvailable:
        log.info("swap waits for readers", model=live.name)
        return False
    try:
        remove(connection, old)
    except LockNotAvailable:
        log.warning("old tables still being read", schema=old)
    return True


def be_impatient(connection: Connection[Any]) -> None:
    connection.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(PATIENCE))


def draw_level(connection: Connection[Any], live: ReadModel, new: ReadModel) -> None:
    """Keep the live model where it stands, and bring the new one as far."""
    names = {"names": [live.schema, new.schema]}
    places = dict(connection.execute(SQL["lock_positions"], names).fetchall())
    after, upto = places[new.schema], places[live.schema]
    if after < upto:
        waiting = blocked(connection, [new])[new.schema]
        items = Reader(connection).read(after, upto)
        Placement(connection, new, waiting).settle(items)
        moved = {"names": [new.schema], "position": upto}
        connection.execute(SQL["move_positions"], moved)


def take_place(connection: Connection[Any], live: ReadModel, new: ReadModel) -> None:
    """Let position and parked events of the new model be those of the live one."""
    connection.execute(SQL["forget_position"], {"name": live.schema})
    connection.execute(SQL["forget_parked"], {"model": live.schema})
    names = {"old": new.schema, "new": live.schema}
    connection.execute(SQL["rename_position"], names)
    connection.execute(SQL["rename_parked"], names)


def analyse(connection: Connection[Any], schema: str) -> None:
    """Count rows, so that the first questions are planned as well as later ones."""
    for table in relations(connection, schema, "r"):
        connection.execute(sql.SQL("ANALYZE {}").format(table))


def lock(connection: Connection[Any], schema: str) -> None:
    everything = sql.SQL(", ").join(relations(connection, schema, "rv"))
    exclude = sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE")
    connection.execute(exclude.format(everything))


def relations(connection: Connection[Any], schema: str, kinds: str) -> list[Identifier]:
    """Return the tables (r) and views (v) of a schema, by name."""
    wanted = {"schema": schema, "kinds": list(kinds)}
    rows = connection.execute(SQL["list_relations"], wanted)
    return [Identifier(schema, name) for (name,) in rows]


def rename(connection: Connection[Any], old: str, new: str) -> None:
    alter = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
    connection.execute(alter.format(Identifier(old), Identifier(new)))


def remove(connection: Connection[Any], schema: str) -> None:
    """Drop a schema, or raise `LockNotAvailable` where a long query still reads it."""
    with connection.transaction():
        be_impatient(connection)
        drop(connection, schema)


def drop(connection: Connection[Any], schema: str) -> None:
    statement = sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE")
    connection.execute(statement.format(Identifier(schema)))
