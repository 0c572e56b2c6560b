"""Makes rows of read models anew of the log, and compares them with those that are."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from psycopg import Connection

from domain.vault import DataKey
from projections.attesting import Against, Comparison, compare, latest
from projections.digest import SQL, Unattestable, digest
from projections.models import MODELS, ReadModel
from projections.projector import BATCH
from projections.shadow import Shadow, abandon, alone, begin

NAMES = tuple(model.name for model in MODELS)

Told = Callable[[str, int, int], None]

log = structlog.get_logger()


class NoKeys:
    """Opens nothing: what names decide is not attested, and nobody's is looked at."""

    def fetch(self, ids: Collection[UUID]) -> Mapping[UUID, DataKey]:  # noqa: ARG002  it has none
        return {}

    def index_key(self) -> bytes:
        return b""


def quiet(_model: str, _done: int, _total: int) -> None:
    """Show no progress."""


def compare_all(
    connection: Connection[Any],
    *,
    names: Collection[str] = NAMES,
    progress: Told = quiet,
    stopping: threading.Event | None = None,
    batch: int = BATCH,
) -> Iterator[Comparison]:
    """Build read models anew, and yield whether their rows are those of the log.

    Of each model there are two comparisons: with what the log says was last attested of
    it, and with the live rows. It is built in the schema `<name>_check`, which is
    dropped after it, and no key is needed. The live models go on meanwhile.

    Args:
        connection: as probity_projector, in autocommit mode.
        names: the read models.
        progress: is told after each batch the model, how many events are done, and of
            how many.
        stopping: set it to stop after the batch at hand; no more is yielded then.
        batch: how many events one transaction takes at most.

    Raises:
        RebuildRunning: another process is comparing the same model.
    """
    stop = stopping or threading.Event()
    for kind in MODELS:
        if kind.name in names and not stop.is_set():
            model = kind(NoKeys(), f"{kind.name}_check")
            with alone(connection, model.schema):
                begin(connection, model)
                told = partial(progress, kind.name)
                shadow = Shadow(connection, model, told, stop, batch)
                try:
                    yield from comparisons(shadow, kind(None))
                finally:
                    if not connection.closed:
                        abandon(connection, model)


def comparisons(shadow: Shadow, live: ReadModel) -> Iterator[Comparison]:
    """Build a model as far as the live one, and yield what there is to compare.

    What differs is logged as an error; what stops it first is not yielded.
    """
    for against in (against_log, partial(against_live, live=live)):
        found = against(shadow)
        if found and found.verdict == "different":
            log.error("read model is not what the log makes", found=str(found))
        if found:
            yield found


def against_log(shadow: Shadow) -> Comparison | None:
    """Go on to where rows were last attested, and compare; None where it was stopped.

    It can only be done on the way: a model that went on behind that position, before it
    was interrupted, was compared there, if it was attested by then.
    """
    unknown = partial(_unknown, shadow, "attested")
    said = latest(shadow.connection, shadow.model)
    if said is None:
        why = "nothing was attested of rows as this program makes them"
        return replace(unknown(why), verdict="unattested")
    if shadow.position > said.position:
        return unknown(f"the interrupted rebuild was beyond position {said.position}")
    if not shadow.advance(said.position):
        ends = f"the log ends before position {said.position}, which was attested"
        return None if shadow.stopping.is_set() else unknown(ends)
    return compare("attested", said, digest(shadow.connection, shadow.model))


def against_live(shadow: Shadow, live: ReadModel) -> Comparison | None:
    """Go on to where the live model stands, and compare; None where it was stopped.

    The live one may go on: what is compared are its rows of one moment.
    """
    unknown = partial(_unknown, shadow, "live")
    position, layout, _ = shadow.connection.execute(
        SQL["read_place"], {"schema": live.schema}
    ).fetchall()[0]
    if layout != live.layout():
        return unknown("the live rows are another program's")
    shadow.advance(position)
    if shadow.stopping.is_set():
        return None
    try:
        standing = digest(shadow.connection, live)
    except Unattestable as error:
        return unknown(str(error))
    if not shadow.advance(standing.position):
        at = standing.position
        return unknown(f"they stand at {at}, and what was rebuilt stands beyond it")
    return compare("live", standing, digest(shadow.connection, shadow.model))


def _unknown(shadow: Shadow, against: Against, why: str) -> Comparison:
    return Comparison(shadow.model.name, against, "unknown", why=why)
