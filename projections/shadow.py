"""A read model that is built beside the live one, up to a position or to the end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection

from projections.models import ReadModel
from projections.position import SQL
from projections.projector import BATCH, Projector
from projections.swap import drop

Progress = Callable[[int, int], None]


class RebuildRunning(Exception):
    """The read model is being rebuilt already."""


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


@dataclass
class Shadow:
    """A read model in a schema of its own, as far as it has been built.

    Attributes:
        connection: as probity_projector, in autocommit mode.
        model: what is built; its tables are there.
        progress: is told after each batch how many events are done, and of how many.
        stopping: set it to stop after the batch at hand.
        batch: how many events one transaction takes at most.
    """

    connection: Connection[Any]
    model: ReadModel
    progress: Progress = silent
    stopping: threading.Event = field(default_factory=threading.Event)
    batch: int = BATCH

    def __post_init__(self) -> None:
        self.projector = Projector(self.connection, [self.model], self.batch)

    @property
    def position(self) -> int:
        return self._place()[0]

    def step(self, upto: int | None = None) -> int:
        """Take a batch, of events up to a position; return how many there were."""
        applied = self.projector.step(upto)
        if applied:
            self.progress(*self._place())
        return applied

    def advance(self, upto: int) -> bool:
        """Go on to a position; return False where it was stopped, or is beyond it."""
        while self.position < upto and not self.stopping.is_set():
            if not self.step(upto):
                break
        return self.position == upto

    def _place(self) -> tuple[int, int]:
        names = {"names": [self.model.schema]}
        rows = self.connection.execute(SQL["read_places"], names).fetchall()
        return rows[0][1], rows[0][2]


@contextmanager
def alone(connection: Connection[Any], name: str) -> Iterator[None]:
    """Keep other processes from building under the same name.

    Raises:
        RebuildRunning: another does.
    """
    if connection.execute(SQL["try_rebuilding"], {"name": name}).fetchone() != (True,):
        raise RebuildRunning(f"{name} is being rebuilt by another process")
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(SQL["end_rebuilding"], {"name": name})


def begin(connection: Connection[Any], model: ReadModel) -> None:
    """Make empty tables, whatever an earlier attempt left in their place."""
    with connection.transaction():
        abandon(connection, model)
        model.create(connection)
        row = {"name": model.schema, "layout": model.layout()}
        connection.execute(SQL["start_position"], row)


def abandon(connection: Connection[Any], model: ReadModel) -> None:
    """Leave nothing of it behind."""
    with connection.transaction():
        drop(connection, model.schema)
        connection.execute(SQL["forget_position"], {"name": model.schema})
        connection.execute(SQL["forget_parked"], {"model": model.schema})
