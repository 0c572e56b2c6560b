"""Has signed checkpoints cosigned, and only then publishes them; it never gives up."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from projections.discretion import told
from projections.ledger import store
from projections.ledger.proving import published
from projections.ledger.publishing.daily import Daily
from projections.ledger.publishing.outlets import Outlets
from projections.ledger.publishing.peer import Heard, Prove
from projections.ledger.publishing.standing import Standing, look
from projections.ledger.publishing.telling import Teller
from projections.ledger.publishing.witnessing import Witnesses
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import Note, parse
from projections.ledger.standard.tiles import reading
from projections.ledger.standard.tree import consistency
from projections.ledger.store import Published
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("publishing_queries.sql"))
EVERY = 10.0  # seconds between two rounds
CANDIDATE = 1.0  # seconds between two attempts to become the publisher
SHORTEST, LONGEST = 0.5, 10.0  # seconds before the next attempt to connect
OUTAGES = (psycopg.OperationalError, psycopg.InterfaceError)

log = structlog.get_logger()
Step = Callable[[Connection[Any]], None]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Publisher:
    """Publishes until `stopping` is set; it reads what the sequencer has committed.

    Where witnesses are out of reach, the log takes in what comes, the sequencer goes on
    signing, and nothing is published: once an entry has waited for ten minutes, there
    is alarm. Of several that run, in whatever processes, one works.

    Attributes:
        connect: returns a new connection as probity_ledger, in autocommit mode.
        outlets: who cosigns, where tiles are written, and who stamps.
        stopping: set it, and the round at hand is the last.
        every: seconds between two rounds.
        clock: tells the time (UTC).
    """

    connect: Callable[[], Connection[Any]]
    outlets: Outlets
    stopping: threading.Event = field(default_factory=threading.Event)
    every: float = EVERY
    clock: Callable[[], datetime] = utc_now
    witnesses: Witnesses | None = field(init=False)
    teller: Teller = field(init=False)
    daily: Daily | None = field(init=False)

    def __post_init__(self) -> None:
        policy = self.outlets.policy
        needed = policy is not None and policy.needs_witnesses
        self.witnesses = Witnesses(policy) if policy and needed else None
        stamper = self.outlets.stamper
        self.daily = Daily(stamper, self.clock) if stamper else None
        self.teller = Teller(self.clock)

    def run(self) -> None:
        """Publish; connect again, ever more patiently, whatever goes wrong."""
        pause = SHORTEST
        while not self.stopping.is_set():
            try:
                with self.connect() as connection:
                    self._lead(connection)
                    pause = SHORTEST
            except Exception as error:  # noqa: BLE001  it never gives up
                log.warning("publisher interrupted", error=told(error))
                self.stopping.wait(pause)
                pause = min(pause * 2, LONGEST)
        if self.witnesses:
            self.witnesses.close()

    def _lead(self, connection: Connection[Any]) -> None:
        while not self.stopping.is_set():
            if connection.execute(SQL["try_publishing"]).fetchone() == (True,):
                break
            self.stopping.wait(CANDIDATE)
        while not self.stopping.is_set():
            self.publish(connection)
            self.stopping.wait(self.every)

    def publish(self, connection: Connection[Any]) -> Standing:
        """Do one round, each part of it whatever became of the others.

        Raises:
            psycopg.OperationalError: the connection is lost.
        """
        parts = {
            "witnesses": self.cosign,
            "export": self.export,
            "timestamp": self.stamp,
        }
        for subject, step in parts.items():
            self.attempt(subject, step, connection)
        standing = look(connection, self.outlets.policy)
        self.alarm(standing)
        return standing

    def attempt(self, subject: str, step: Step, connection: Connection[Any]) -> None:
        try:
            step(connection)
        except OUTAGES:
            raise
        except Exception as error:  # noqa: BLE001  the other parts go on
            self.teller.trouble(subject, told(error))
        else:
            self.teller.well(subject)

    def cosign(self, connection: Connection[Any]) -> None:
        """Gather cosignatures of the newest checkpoint; keep them if they suffice."""
        signed = self.pending(connection)
        if self.witnesses is None or signed is None:
            return
        note = parse(signed.note)
        origin = parse_checkpoint(note.text).origin
        heard = self.witnesses.ask(note, proving(connection, origin, signed.size))
        for one in heard:
            self.remember(connection, origin, one)
        gathered = tuple(line for one in heard for line in one.cosignatures)
        if self.witnesses.policy.satisfied(gathered):
            whole = Note(note.text, note.signatures + gathered)
            row = {"origin": origin, "size": signed.size, "note": str(whole)}
            connection.execute(SQL["write_cosigned"], row)

    def pending(self, connection: Connection[Any]) -> Published | None:
        """Return the newest signed checkpoint, unless that is cosigned already."""
        origin = store.origin(connection).origin
        signed = store.latest_signed(connection, origin)
        before = store.latest_cosigned(connection, origin)
        return None if signed and before and signed.size <= before.size else signed

    def remember(self, connection: Connection[Any], origin: str, heard: Heard) -> None:
        """Keep what was heard of a witness, for people."""
        row = {"name": heard.witness, "size": heard.size, "trouble": heard.trouble}
        connection.execute(SQL["write_witness"], {"origin": origin, **row})
        subject = f"witness {heard.witness}"
        if heard.trouble:
            self.teller.trouble(subject, heard.trouble)
        else:
            self.teller.well(subject)

    def export(self, connection: Connection[Any]) -> None:
        """Write what is cosigned as static files."""
        if self.outlets.export:
            self.outlets.export.bring(connection, self.outlets.policy)

    def stamp(self, connection: Connection[Any]) -> None:
        """Have the newest published checkpoint stamped, once a day."""
        origin = store.origin(connection).origin
        newest = published(connection, origin, self.outlets.policy)
        if self.daily and newest:
            self.daily.stamp(connection, origin, newest)

    def alarm(self, standing: Standing) -> None:
        """Call for somebody, again and again, while an entry waits for too long."""
        if standing.late(self.clock()):
            size = standing.published.size if standing.published else 0
            self.teller.trouble(
                "publishing",
                f"entries of {standing.origin} are not published, the first of them"
                f" since {standing.waiting_since:%Y-%m-%d %H:%M} UTC; published are"
                f" {size}. Run `probity ledger status`",
            )
        else:
            self.teller.well("publishing")


def proving(connection: Connection[Any], origin: str, size: int) -> Prove:
    """Return what proves that the tree of a size grew out of smaller ones."""
    read = reading(store.fetch(connection, origin), size)
    return lambda old: consistency(old, size, read)
