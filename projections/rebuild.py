"""Builds a read model anew from the log, beside the live one, and swaps them."""

import threading
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from domain.errors import Unknown
from projections.attesting import Comparison
from projections.auditing import comparisons
from projections.models import MODELS, ReadModel
from projections.models.words import Opener
from projections.position import SQL
from projections.projector import BATCH
from projections.shadow import Progress, RebuildRunning, Shadow, alone, begin, silent
from projections.swap import analyse, swap

__all__ = ["RebuildRunning", "Rebuilt", "rebuild"]

PAUSE = 0.2  # seconds before trying again to swap


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of a rebuild; true where the new rows are live.

    Attributes:
        live: False where it was stopped before.
        compared: whether the rows are as they were attested, and as the live rows were.
    """

    live: bool
    compared: tuple[Comparison, ...]

    def __bool__(self) -> bool:
        return self.live


def rebuild(
    connection: Connection[Any],
    name: str,
    vault: Opener | None,
    *,
    progress: Progress = silent,
    stopping: threading.Event | None = None,
    batch: int = BATCH,
) -> Rebuilt:
    """Build a read model anew, and swap it with the live one in one transaction.

    Whoever reads meanwhile reads the old rows or the new, and is not kept waiting for
    more than an instant. What has been built when it stops or is killed stays in the
    schema `<name>_next`; the next rebuild goes on with it, unless the program changed.

    On the way the new rows are compared with what was attested of them, and with the
    live ones. The log is the truth: where they differ that is logged and returned, and
    the new rows take the place of the others all the same.

    Args:
        connection: as probity_projector, in autocommit mode.
        name: the read model.
        vault: opens names, to index them.
        progress: is told after each batch how many events are done, and of how many.
        stopping: set it to stop after the batch at hand.
        batch: how many events one transaction takes at most.

    Raises:
        Unknown: there is no read model of that name.
        RebuildRunning: another process is rebuilding it.
    """
    live, new = _named(name, None), _named(name, vault, f"{name}_next")
    stop = stopping or threading.Event()
    with alone(connection, name):
        _prepare(connection, new)
        shadow = Shadow(connection, new, progress, stop, batch)
        compared = tuple(comparisons(shadow, live))
        return Rebuilt(_finish(shadow, live), compared)


def _named(name: str, vault: Opener | None, schema: str | None = None) -> ReadModel:
    for kind in MODELS:
        if kind.name == name:
            return kind(vault, schema)
    raise Unknown("read model", name)


def _prepare(connection: Connection[Any], new: ReadModel) -> None:
    """Go on with what an earlier rebuild left, or begin with empty tables."""
    names = {"names": [new.schema]}
    for _, _, layout in connection.execute(SQL["read_positions"], names):
        if layout == new.layout():
            return
    begin(connection, new)


def _finish(shadow: Shadow, live: ReadModel) -> bool:
    """Go on to the end of the log, and swap; return False where it was stopped."""
    while not shadow.stopping.is_set():
        if shadow.step() < shadow.batch:
            analyse(shadow.connection, shadow.model.schema)
            if swap(shadow.connection, live, shadow.model):
                return True
            shadow.stopping.wait(PAUSE)
    return False
