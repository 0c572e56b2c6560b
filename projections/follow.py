"""Follows the log while the process lives: one leader, and it never gives up."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from projections.discretion import told, trace
from projections.models import ReadModel, outdated
from projections.parked import retry_parked
from projections.position import SQL
from projections.projector import BATCH, Projector

POLL = 0.05  # seconds between two looks at a log that has nothing new
CANDIDATE = 1.0  # seconds between two attempts to become the leader
SHORTEST, LONGEST = 0.1, 10.0  # seconds before the next attempt to connect

log = structlog.get_logger()


@dataclass
class Follower:
    """Keeps read models up to date until `stopping` is set.

    Of several that run, in whatever processes, one works and the others stand by: who
    holds the advisory lock leads, and loses it with the connection. Each leader first
    tries the parked events again: it may be a newer program than the one before.

    Attributes:
        connect: returns a new connection as probity_projector, in autocommit mode.
        models: the read models.
        stopping: set it, and the batch at hand is the last.
        batch: how many events one transaction takes at most.
    """

    connect: Callable[[], Connection[Any]]
    models: Sequence[ReadModel]
    stopping: threading.Event = field(default_factory=threading.Event)
    batch: int = BATCH

    def run(self) -> None:
        """Follow the log; connect again, ever more patiently, whatever goes wrong."""
        pause = SHORTEST
        while not self.stopping.is_set():
            try:
                with self.connect() as connection:
                    self._lead(connection)
                    pause = SHORTEST
            except Exception as error:  # noqa: BLE001  it never gives up
                known = isinstance(error, psycopg.OperationalError)
                more = {} if known else {"trace": trace(error)}
                log.warning("projector interrupted", error=told(error), **more)
                self.stopping.wait(pause)
                pause = min(pause * 2, LONGEST)

    def _lead(self, connection: Connection[Any]) -> None:
        if not self._elected(connection):
            return
        log.info("projector leads", models=[model.schema for model in self.models])
        for name in outdated(connection):
            log.warning("read model is outdated: rebuild it", model=name)
        self._retry(connection)
        projector = Projector(connection, self.models, self.batch)
        while not self.stopping.is_set():
            if not projector.step():
                self.stopping.wait(POLL)

    def _elected(self, connection: Connection[Any]) -> bool:
        """Wait until the lock is ours; return whether it is, or it is time to stop."""
        while not self.stopping.is_set():
            if connection.execute(SQL["try_leading"]).fetchone() == (True,):
                return True
            self.stopping.wait(CANDIDATE)
        return False

    def _retry(self, connection: Connection[Any]) -> None:
        for model in self.models:
            applied, parked = retry_parked(connection, model)
            if applied or parked:
                log.warning(
                    "parked events tried again",
                    model=model.schema,
                    applied=applied,
                    parked=parked,
                )
