"""Events that a read model could not take: set aside, so that others' go on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
import structlog
from psycopg import Connection
from psycopg.rows import class_row

from domain.errors import VaultClosed
from projections.batch import Gap, Item, Unreadable, read_some
from projections.discretion import told
from projections.models.model import Event, ReadModel, apply
from projections.position import SQL

# The classes of SQLSTATE that an event can be the cause of: cardinality, data,
# integrity, limits. All other errors are the server's or ours, and no event is parked.
POISON = ("21", "22", "23", "54")
TOGETHER = 1000  # parked events in one transaction
WAITS = "an earlier event with the same subject is parked"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parked:
    """An event that waits for a program that can take it.

    `subject` is the number of the person whom it is about; of events about nobody the
    stream. Later events with the same subject wait behind it, in this model alone.
    """

    model: str
    position: int
    subject: str
    error: str
    parked_at: datetime


@dataclass
class Placement:
    """Applies events to one read model, and parks those that cannot be applied."""

    connection: Connection[Any]
    model: ReadModel
    blocked: set[str] = field(default_factory=set)
    parked: int = 0

    def settle(self, items: Sequence[Item]) -> None:
        """Apply or park every one of these events, in the transaction of the caller."""
        ready = list(self._ready(concerning(self.model, items)))
        if not ready:
            return
        try:
            with self.connection.transaction():
                apply(self.connection, [self.model], ready)
        except Exception as error:
            if not poisonous(error):
                raise
            self._divide(ready, error)

    def _divide(self, events: Sequence[Event], error: Exception) -> None:
        if len(events) == 1:
            self._park(events[0], told(error))
            return
        middle = len(events) // 2
        self.settle(events[:middle])
        self.settle(events[middle:])

    def _ready(self, items: Iterable[Item]) -> Iterator[Event]:
        """Yield what may be applied; park what cannot be read, and what waits."""
        for item in items:
            if isinstance(item, Unreadable):
                self._park(item, str(item.error))
            elif waits(item, self.blocked):
                self._park(item, WAITS)
            else:
                yield item

    def _park(self, item: Item, error: str) -> None:
        self.blocked.add(item.key)
        self.parked += 1
        row = {
            "model": self.model.schema,
            "position": item.position,
            "subject": item.key,
            "error": error.replace("\0", "\\0"),
        }
        self.connection.execute(SQL["park_event"], row)
        log.error("event parked", **row)


def concerning(model: ReadModel, items: Iterable[Item]) -> Iterator[Item]:
    """Yield what a model takes, and what nobody can tell whether it takes."""
    for item in items:
        if isinstance(item, Unreadable) or type(item.fact) in model.facts:
            yield item


def waits(event: Event, blocked: Collection[str]) -> bool:
    """Return whether one of its subject, or its stream, is parked before it."""
    if not blocked:
        return False
    return event.key in blocked or event.stream in blocked


def poisonous(error: Exception) -> bool:
    """Return whether an event may be the cause of the error, not the server."""
    if isinstance(error, psycopg.Error):
        return (error.sqlstate or "")[:2] in POISON
    return not isinstance(error, Gap | VaultClosed)


def blocked(
    connection: Connection[Any], models: Sequence[ReadModel]
) -> dict[str, set[str]]:
    """Return, for each model by its schema, the subjects whose events wait."""
    found: dict[str, set[str]] = {model.schema: set() for model in models}
    wanted = {"models": list(found)}
    for schema, subject in connection.execute(SQL["read_blocked"], wanted):
        found[schema].add(subject)
    return found


def list_parked(
    connection: Connection[Any],
    *,
    after: tuple[str, int] = ("", 0),
    limit: int = 100,
) -> list[Parked]:
    """Return parked events by model and position, from behind *after* on."""
    wanted = {"model": after[0], "position": after[1], "limit": limit}
    with connection.cursor(row_factory=class_row(Parked)) as cursor:
        return cursor.execute(SQL["list_parked"], wanted).fetchall()


def retry_parked(connection: Connection[Any], model: ReadModel) -> tuple[int, int]:
    """Apply the parked events of a model with the program as it is now.

    Args:
        connection: in autocommit mode, as probity_projector.
        model: the read model; while a batch is retried it takes no new events.

    Returns:
        How many were applied, and how many are parked still or again.
    """
    placement = Placement(connection, model)
    position = tried = 0
    while positions := _retry(placement, position):
        position, tried = positions[-1], tried + len(positions)
    return tried - placement.parked, placement.parked


def _retry(placement: Placement, after: int) -> list[int]:
    connection, schema = placement.connection, placement.model.schema
    with connection.transaction():
        connection.execute(SQL["lock_positions"], {"names": [schema]})
        wanted = {"model": schema, "after": after, "limit": TOGETHER}
        rows = connection.execute(SQL["next_parked"], wanted)
        positions = [position for (position,) in rows]
        if positions:
            release = {"model": schema, "positions": positions}
            connection.execute(SQL["release_parked"], release)
            placement.settle(read_some(connection, positions))
    return positions
