"""Sequences and signs while the process lives: one leader, and it never gives up."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from projections.discretion import told, trace
from projections.ledger.errors import LedgerProblem
from projections.ledger.seen import Moved
from projections.ledger.sequencer import Sequencer
from projections.ledger.signing import Signing
from projections.ledger.store import SQL

POLL = 0.1  # seconds between two looks at the log
CADENCE = 1.0  # seconds between two checkpoints, while fewer events come than ENOUGH
ENOUGH = 256  # events, with which a checkpoint is made at once
CANDIDATE = 1.0  # seconds between two attempts to become the leader
SHORTEST, LONGEST = 0.1, 10.0  # seconds before the next attempt to connect
PASSING = (psycopg.OperationalError, Moved)

log = structlog.get_logger()


@dataclass
class Leader:
    """Keeps the tree up to date and signed until `stopping` is set.

    Of several that run, in whatever processes, one works and the others stand by: who
    holds the advisory lock leads, and loses it with the connection.

    Attributes:
        connect: returns a new connection as probity_ledger, in autocommit mode.
        signing: signs what is committed.
        stopping: set it, and the checkpoint at hand is the last.
    """

    connect: Callable[[], Connection[Any]]
    signing: Signing
    stopping: threading.Event = field(default_factory=threading.Event)
    pause: float = field(default=SHORTEST, init=False)

    def run(self) -> None:
        """Follow the log; connect again, ever more patiently, whatever goes wrong."""
        while not self.stopping.is_set():
            try:
                with self.connect() as connection:
                    self._lead(connection)
            except Exception as error:  # noqa: BLE001  it never gives up
                tell(error)
                hopeless = isinstance(error, LedgerProblem)
                self.stopping.wait(LONGEST if hopeless else self.pause)
                self.pause = min(self.pause * 2, LONGEST)

    def _lead(self, connection: Connection[Any]) -> None:
        """Work until it is time to stop; what goes wrong is raised."""
        if not self._elected(connection):
            return
        log.info("sequencer leads")
        # What is committed may not have been signed: whoever led before was stopped.
        self.signing.sign(connection)
        self.pause = SHORTEST
        sequencer, last = Sequencer(connection), time.monotonic() - CADENCE
        while not self.stopping.is_set():
            if due(sequencer.pending(), time.monotonic() - last):
                last = time.monotonic()
                advance(sequencer, self.signing)
            else:
                self.stopping.wait(POLL)

    def _elected(self, connection: Connection[Any]) -> bool:
        """Wait until the lock is ours; return whether it is, or it is time to stop."""
        while not self.stopping.is_set():
            if connection.execute(SQL["try_leading"]).fetchone() == (True,):
                return True
            self.stopping.wait(CANDIDATE)
        return False


def catch_up(connection: Connection[Any], signing: Signing) -> int:
    """Take all events that there are and sign the last checkpoint, once.

    Raises:
        LedgerProblem: as the sequencer and signing say, or another process leads.
    """
    if connection.execute(SQL["try_leading"]).fetchone() != (True,):
        raise LedgerProblem("a sequencer is at work already, and takes all events")
    signing.sign(connection)
    taken = Sequencer(connection).catch_up()
    signing.sign(connection)
    return taken


def advance(sequencer: Sequencer, signing: Signing) -> int:
    """Take the next events and sign what is committed; return how many there were."""
    taken = sequencer.step()
    signing.sign(sequencer.connection)
    return taken


def due(pending: int, since: float) -> bool:
    """Return whether a checkpoint is due, so many seconds after the one before.

    Fewer events than none are pending where the log was cut: that is told at once.
    """
    return pending < 0 or pending >= ENOUGH or (pending > 0 and since >= CADENCE)


def tell(error: Exception) -> None:
    """Say what keeps us from going on: loudly, where somebody has to come."""
    if isinstance(error, LedgerProblem):
        log.critical("nothing is signed", error=str(error))
        return
    more = {} if isinstance(error, PASSING) else {"trace": trace(error)}
    log.warning("sequencer interrupted", error=told(error), **more)
