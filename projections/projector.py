"""Brings read models forward: the rows of a batch and the position at once."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import structlog
from psycopg import Connection

from projections.batch import Item, Reader
from projections.discretion import told
from projections.models.model import Event, ReadModel, apply
from projections.parked import Placement, blocked, poisonous, waits
from projections.position import SQL
from projections.postgres.errors import NotInitialised

BATCH = 2000  # events in one transaction; measured: fewer cost a tenth more

log = structlog.get_logger()


class Stretch(NamedTuple):
    """The models that stand at one position, and how far they may go together."""

    models: Sequence[ReadModel]
    after: int
    upto: int


@dataclass
class Projector:
    """Applies the log to read models over a connection that is its own.

    The connection is in autocommit mode, as probity_projector.
    """

    connection: Connection[Any]
    models: Sequence[ReadModel]
    batch: int = BATCH

    def __post_init__(self) -> None:
        self.reader = Reader(self.connection)
        self.connection.execute(SQL["settle_in"])

    def step(self, upto: int | None = None) -> int:
        """Bring all models forward by a batch; return how many events were read.

        Models that stand behind, being new, catch up in batches of their own until they
        meet the others, and go on with them. None goes further than *upto*, or than the
        one that had come the furthest.
        """
        with unswept():
            return sum([self._advance(stretch) for stretch in self._stretches(upto)])

    def catch_up(self) -> None:
        """Go on until no model is behind the log."""
        while self.step():
            pass

    def _stretches(self, last: int | None) -> Iterator[Stretch]:
        names = [model.schema for model in self.models]
        rows = self.connection.execute(SQL["read_places"], {"names": names}).fetchall()
        if len(rows) < len(names):
            missing = sorted(set(names) - {name for name, _, _ in rows})
            raise NotInitialised(f"no read model {missing[0]}: run `probity init`")
        places = {name: position for name, position, _ in rows}
        ends = (size if last is None else min(size, last) for _, _, size in rows)
        goals = sorted({*places.values(), *ends})
        for after, upto in pairwise(goals):
            together = [m for m in self.models if places[m.schema] == after]
            yield Stretch(together, after, upto)

    def _advance(self, stretch: Stretch) -> int:
        try:
            return self._together(stretch)
        except Exception as error:
            if not poisonous(error):
                raise
            log.info("batch taken apart", after=stretch.after, error=told(error))
        return max([self._alone(model, stretch) for model in stretch.models])

    def _together(self, stretch: Stretch) -> int:
        """Apply a batch to all models of the stretch: the fast way, all or nothing."""
        with self.connection.pipeline(), self.connection.transaction():
            if not self._lock(stretch.models, stretch.after):
                return 0
            items = self._read(stretch)
            end = items[-1].position
            upto = min(stretch.upto, end + self.batch)
            ahead = self.reader.send(end, upto) if upto > end else None
            apply(self.connection, stretch.models, self._plain(stretch.models, items))
            self._move(stretch.models, end)
            if ahead:
                self.reader.receive(end, upto, ahead)
        return len(items)

    def _plain(
        self, models: Sequence[ReadModel], items: Sequence[Item]
    ) -> Sequence[Event]:
        """Return the events; raise where one cannot be read, or waits for such."""
        waiting = blocked(self.connection, models)
        subjects = frozenset[str]().union(*waiting.values())
        events = [item for item in items if isinstance(item, Event)]
        if len(events) < len(items) or any(waits(e, subjects) for e in events):
            raise NeedsCare
        return events

    def _alone(self, model: ReadModel, stretch: Stretch) -> int:
        """Apply a batch to one model, and park what it cannot take."""
        with self.connection.transaction():
            if not self._lock([model], stretch.after):
                return 0
            items = self._read(stretch)
            waiting = blocked(self.connection, [model])[model.schema]
            Placement(self.connection, model, waiting).settle(items)
            self._move([model], items[-1].position)
        return len(items)

    def _lock(self, models: Sequence[ReadModel], after: int) -> bool:
        """Keep others from moving the models; return whether they still stand there."""
        names = {"names": [model.schema for model in models]}
        rows = self.connection.execute(SQL["lock_positions"], names).fetchall()
        return len(rows) == len(models) and all(at == after for _, at in rows)

    def _read(self, stretch: Stretch) -> list[Item]:
        # Positions have no gaps: so many positions are so many events.
        upto = min(stretch.upto, stretch.after + self.batch)
        return self.reader.read(stretch.after, upto)

    def _move(self, models: Sequence[ReadModel], position: int) -> None:
        names = [model.schema for model in models]
        moved = {"names": names, "position": position}
        self.connection.execute(SQL["move_positions"], moved)


@contextmanager
def unswept() -> Iterator[None]:
    """Keep the collector from looking for cycles, of which a batch makes none.

    It would look again and again at thousands of events: a quarter of all work.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class NeedsCare(Exception):
    """A batch holds something that cannot be applied, or waits for such."""
