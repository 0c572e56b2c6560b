"""What the database holds of the ledger: origin, entries, tiles and checkpoints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.tiles import Fetch
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("ledger_queries.sql"))
PAGE = 256  # events that are in memory at once


@dataclass(frozen=True, slots=True)
class LogHead:
    """Where the log stands.

    Attributes:
        origin: the name of the tree that grows.
        first: the position of the event that is its leaf 0.
        size: the position of the last event, of whatever origin; 0 in an empty log.
    """

    origin: str
    first: int
    size: int

    @property
    def leaves(self) -> int:
        """How many entries the tree has once everything is in it."""
        return self.size - self.first + 1


class Row(NamedTuple):
    """An event as it is stored, with the leaf that was stored beside it."""

    position: int
    stream: UUID
    version: int
    topic: str
    recorded_at: datetime
    state: bytes
    leaf: bytes


class Published(NamedTuple):
    """A checkpoint as a signed note: of which size, the note, and since when."""

    size: int
    note: str
    at: datetime


class Progress(NamedTuple):
    """How far the ledger is, in positions of the log; 0 where nothing is done yet.

    Attributes:
        sequenced: the last event that is in the tree.
        signed: the last event under a checkpoint that the log has signed.
        cosigned: the last event under one that the witnesses have cosigned.
        age: seconds since that came to be; None where there is none.
    """

    sequenced: int
    signed: int
    cosigned: int
    age: float | None


def origin(connection: Connection[Any]) -> LogHead:
    """Return which tree grows now, from which position, and the size of the log."""
    ((name, first, size),) = connection.execute(SQL["read_log"]).fetchall()
    return LogHead(name, first, size)


def origin_at(connection: Connection[Any], position: int) -> tuple[str, int]:
    """Return the name of the tree with a position's event, and its first position."""
    now = origin(connection)
    if position >= now.first:
        return now.origin, now.first
    found = connection.execute(SQL["epoch_of"], {"position": position}).fetchone()
    if found is None:
        raise LookupError(f"no epoch of the ledger has the position {position}")
    return found[0], found[1]


def fetch(connection: Connection[Any], origin: str) -> Fetch:
    """Return a way to fetch the tiles of a tree; of a missing one, no bytes come."""

    def fetch_tile(level: int, n: int, width: int) -> bytes:
        where = {"origin": origin, "level": level, "n": n, "width": width}
        found = connection.execute(SQL["read_tile"], where, binary=True).fetchone()
        return found[0] if found else b""

    return fetch_tile


def latest_checkpoint(connection: Connection[Any], origin: str) -> Checkpoint | None:
    """Return the checkpoint of the tree as it is stored, or None before the first."""
    found = _latest(connection, "latest_checkpoint", origin)
    return Checkpoint(origin, *found) if found else None


def latest_signed(connection: Connection[Any], origin: str) -> Published | None:
    """Return the newest checkpoint with the signatures of the log's keys."""
    found = _latest(connection, "latest_signed", origin)
    return Published(*found) if found else None


def latest_cosigned(connection: Connection[Any], origin: str) -> Published | None:
    """Return the newest checkpoint with as many witnesses as the policy asks for."""
    found = _latest(connection, "latest_cosigned", origin)
    return Published(*found) if found else None


def progress(connection: Connection[Any]) -> Progress:
    """Return how far the tree that grows now is, and who has signed it."""
    (row,) = connection.execute(SQL["read_progress"]).fetchall()
    return Progress._make(row)


def position_of_leaf(connection: Connection[Any], leaf: bytes) -> int | None:
    """Return the position of the event with a leaf, or None where there is none."""
    found = connection.execute(SQL["find_leaf"], {"leaf": leaf}).fetchone()
    return found[0] if found else None


def entries(connection: Connection[Any], start: int, stop: int) -> Iterator[Row]:
    """Yield the events from a position up to, and without, another; in their order.

    They are read page by page: of a consistent whole only in a transaction that is
    REPEATABLE READ, though nothing in the log ever changes.
    """
    for at in range(start, stop, PAGE):
        span = {"start": at, "stop": min(at + PAGE, stop)}
        yield from map(
            Row._make, connection.execute(SQL["read_entries"], span, binary=True)
        )


def _latest(connection: Connection[Any], query: str, origin: str) -> Any:
    return connection.execute(SQL[query], {"origin": origin}).fetchone()
