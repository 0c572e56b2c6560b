"""Closes a log of which a backup was restored, and opens it under the next name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from domain.casework import Casework
from domain.ledger import LedgerEntryLost, LedgerEpochOpened, OpenLedgerEpoch
from domain.record import Actor
from domain.vault import Vault
from projections.ledger import store
from projections.ledger.errors import LedgerProblem
from projections.ledger.restoring.closing import Closing, Tree
from projections.ledger.restoring.evidence import Evidence
from projections.ledger.restoring.held import Held
from projections.ledger.signing import Keys
from projections.ledger.standard.note import Note, ed25519_signer
from projections.ledger.store import LogHead
from projections.log import PostgresLog
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("restoring_queries.sql"))


class NothingLost(LedgerProblem):
    """All that was signed is here: the log needs no other name."""


@dataclass(frozen=True)
class Opened:
    """What is on record now.

    Attributes:
        closing: what was said for the last time under the old name.
        note: the same, signed.
        lost: the entries that are gone, as far as they are known.
    """

    closing: Closing
    note: str
    lost: Sequence[LedgerEntryLost]


@dataclass(frozen=True)
class Epochs:
    """Closes the epoch of a log, and opens the next.

    Attributes:
        evidence: how far the log had come.
        keys: its secret keys, for the last statement under its name.
        vault: of the register.
    """

    evidence: Evidence
    keys: Keys
    vault: Vault

    def open_next(
        self, connection: Connection[Any], reason: str, by: Actor, at: datetime
    ) -> Opened:
        """Close the log, and open the next epoch: all of it, or nothing.

        Whoever files meanwhile waits for a moment, and is recorded in the next.

        Args:
            connection: as probity_owner, in autocommit mode.
            reason: why, in one line, for everybody to read.
            by: who decides it.
            at: now.

        Raises:
            NothingLost: the database holds all that was signed.
            Unproven: nothing shows what was cosigned.
            LeafDiffers: the events are not what their leaves say.
        """
        head = store.origin(connection)
        held = Held(head.origin, head.first)
        held.read_on(connection, head.leaves)  # long before anybody has to wait
        with connection.transaction():
            ((origin, first, size),) = connection.execute(SQL["hold_log"]).fetchall()
            held.read_on(connection, LogHead(origin, first, size).leaves)
            closing = self.closing(connection, held, reason, at)
            return self.put_on_record(connection, closing, by, at)

    def closing(
        self, connection: Connection[Any], held: Held, reason: str, at: datetime
    ) -> Closing:
        """Return what there is to say for the last time."""
        evidence = self.evidence
        signed = evidence.signed(held.origin)
        retained = evidence.retained(connection, held)
        if retained == signed.size and evidence.seen.latest(held.origin):
            raise NothingLost(
                f"the database holds all {signed.size} entries of {held.origin} that"
                " were signed: let the log go on under its name"
            )
        return Closing(
            origin=held.origin,
            signed=signed,
            cosigned=evidence.cosigned().tree,
            stands=Tree(held.size, held.root(held.size)),
            retained=retained,
            next=evidence.next_name(held.origin),
            closed_at=at.astimezone(UTC).replace(microsecond=0),
            reason=reason,
        )

    def put_on_record(
        self, connection: Connection[Any], closing: Closing, by: Actor, at: datetime
    ) -> Opened:
        text, number = closing.text(), int(closing.next.rpartition("/e")[2])
        signature = ed25519_signer(closing.origin, self.keys.ed25519).sign(text)
        note, lost = str(Note(text, (signature,))), tuple(self.evidence.lost(closing))
        row = {"number": number, "origin": closing.next, "closing": note}
        connection.execute(SQL["open_epoch"], row)
        opened = LedgerEpochOpened(
            number=number,
            origin=closing.next,
            closed=closing.origin,
            checkpoint=str(self.evidence.cosigned().note),
            closing=note,
            retained=closing.retained,
            lost=closing.lost,
            stranded=closing.stranded,
        )
        command = OpenLedgerEpoch(opened=opened, lost=lost, reason=closing.reason)
        door = Casework(PostgresLog(Lent(connection)), self.vault)  # type: ignore[arg-type]  # it lends, as a pool does
        door.handle(command, by=by, at=at)
        return Opened(closing, note, lost)


@dataclass(frozen=True)
class Lent:
    """Lends one connection again and again, so that all is in its one transaction."""

    one: Connection[Any]

    @contextmanager
    def connection(self) -> Iterator[Connection[Any]]:
        with self.one.transaction():  # a savepoint: what fails can be looked into
            yield self.one

    def check(self) -> None:
        """Keep the connection, whatever went wrong: its transaction ends with it."""
