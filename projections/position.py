"""How far each read model has come in the log, and how to wait for it."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("projection.sql"))
PAUSE = 0.005  # seconds between two looks, while somebody waits for what they wrote

Source = Connection[Any] | ConnectionPool[Connection[Any]]


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a read model is behind the log.

    Attributes:
        name: the read model.
        position: the last event that it has seen.
        events: how many events it has not seen.
        seconds: how long ago the first of these was recorded; 0 where there is none.
        parked: how many events it has seen and could not take.
    """

    name: str
    position: int
    events: int
    seconds: float
    parked: int


def lag(connection: Connection[Any], names: Collection[str]) -> list[Lag]:
    """Return how far each of these read models is behind the log."""
    with connection.cursor(row_factory=class_row(Lag)) as cursor:
        return cursor.execute(SQL["read_lag"], {"names": list(names)}).fetchall()


def wait_for(
    source: Source, position: int, *, timeout: float, names: Collection[str]
) -> bool:
    """Wait until these read models have all come as far as a position.

    Args:
        source: a connection (READ COMMITTED, as they come), or a pool.
        position: the position, as a receipt gives it.
        timeout: the longest wait, in seconds.
        names: the read models that are about to be asked.

    Returns:
        Whether they have come so far.
    """
    deadline = time.monotonic() + timeout
    while not _reached(source, position, list(names)):
        if time.monotonic() >= deadline:
            return False
        time.sleep(PAUSE)
    return True


def _reached(source: Source, position: int, names: list[str]) -> bool:
    # A pool lends a connection for each look: whoever waits keeps nobody else waiting.
    if isinstance(source, ConnectionPool):
        with source.connection() as connection:
            return _reached(connection, position, names)
    rows = source.execute(SQL["read_positions"], {"names": names}).fetchall()
    return len(rows) == len(set(names)) and all(at >= position for _, at, _ in rows)
