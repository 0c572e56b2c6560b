"""Builds a read model anew from the log, beside the live one, and swaps them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection

from domain.errors import Unknown
from projections.models import MODELS, ReadModel
from projections.models.words import Opener
from projections.position import SQL
from projections.projector import BATCH, Projector
from projections.swap import analyse, drop, swap

PAUSE = 0.2  # seconds before trying again to swap

Progress = Callable[[int, int], None]


class RebuildRunning(Exception):
    """The read model is being rebuilt already."""


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


def rebuild(
    connection: Connection[Any],
    name: str,
    vault: Opener | None,
    *,
    progress: Progress = silent,
    stopping: threading.Event | None = None,
    batch: int = BATCH,
) -> bool:
    """Build a read model anew, and swap it with the live one in one transaction.

    Whoever reads meanwhile reads the old rows or the new, and is not kept waiting for
    more than an instant. What has been built when it stops or is killed stays in the
    schema `<name>_next`; the next rebuild goes on with it, unless the program changed.

    Args:
        connection: as probity_projector, in autocommit mode.
        name: the read model.
        vault: opens names, to index them.
        progress: is told after each batch how many events are done, and of how many.
        stopping: set it to stop after the batch at hand.
        batch: how many events one transaction takes at most.

    Returns:
        Whether the new one is live; False where it was stopped before.

    Raises:
        Unknown: there is no read model of that name.
        RebuildRunning: another process is rebuilding it.
    """
    live, new = _named(name, None), _named(name, vault, f"{name}_next")
    stop = stopping or threading.Event()
    with _alone(connection, name):
        _prepare(connection, new)
        projector = Projector(connection, [new], batch)
        while not stop.is_set():
            applied = projector.step()
            progress(*_progress(connection, new))
            if applied < batch:
                analyse(connection, new.schema)
                if swap(connection, live, new):
                    return True
                stop.wait(PAUSE)
    return False


def _named(name: str, vault: Opener | None, schema: str | None = None) -> ReadModel:
    for kind in MODELS:
        if kind.name == name:
            return kind(vault, schema)
    raise Unknown("read model", name)


@contextmanager
def _alone(connection: Connection[Any], name: str) -> Iterator[None]:
    if connection.execute(SQL["try_rebuilding"], {"name": name}).fetchone() != (True,):
        raise RebuildRunning(f"{name} is being rebuilt by another process")
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(SQL["end_rebuilding"], {"name": name})


def _prepare(connection: Connection[Any], new: ReadModel) -> None:
    """Go on with what an earlier rebuild left, or begin with empty tables."""
    names = {"names": [new.schema]}
    for _, _, layout in connection.execute(SQL["read_positions"], names):
        if layout == new.layout():
            return
    with connection.transaction():
        drop(connection, new.schema)
        connection.execute(SQL["forget_position"], {"name": new.schema})
        connection.execute(SQL["forget_parked"], {"model": new.schema})
        new.create(connection)
        row = {"name": new.schema, "layout": new.layout()}
        connection.execute(SQL["start_position"], row)


def _progress(connection: Connection[Any], new: ReadModel) -> tuple[int, int]:
    rows = connection.execute(SQL["read_places"], {"names": [new.schema]}).fetchall()
    return rows[0][1], rows[0][2]
