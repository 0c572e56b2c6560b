"""Signs the checkpoints that are committed, and never what contradicts one signed."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection

from domain.errors import VaultClosed
from projections.ledger import store
from projections.ledger.errors import Behind, Forgotten, Inconsistent
from projections.ledger.keyfile import log_key_file, read
from projections.ledger.seen import Head, Seen
from projections.ledger.sequencer import check_root
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.cosignature import ml_dsa_cosigner
from projections.ledger.standard.note import Note, ed25519_signer
from projections.ledger.standard.tiles import BadTile, reading
from projections.ledger.standard.tree import (
    EMPTY_ROOT,
    BadProof,
    check_consistency,
    consistency,
)
from projections.ledger.store import SQL, Published
from projections.postgres.address import home

SIGNED = "PROBITY_LOG_SIGNED_FILE"


@dataclass(frozen=True)
class Keys:
    """The log's two keys, without a name: that is the origin of what they sign."""

    ed25519: bytes = field(repr=False)
    ml_dsa: bytes = field(repr=False)

    def note(self, checkpoint: Checkpoint, at: int) -> str:
        """Return a checkpoint as a note that both sign, at a POSIX time in seconds."""
        text, origin = checkpoint.text(), checkpoint.origin
        by_ed25519 = ed25519_signer(origin, self.ed25519).sign(text)
        by_ml_dsa = ml_dsa_cosigner(origin, self.ml_dsa).cosign(text, at)
        return str(Note(text, (by_ed25519, by_ml_dsa)))

    def vkeys(self, origin: str) -> tuple[str, str]:
        """Return the public keys as others configure them."""
        return (
            ed25519_signer(origin, self.ed25519).vkey,
            ml_dsa_cosigner(origin, self.ml_dsa).vkey,
        )


@dataclass(frozen=True)
class Signing:
    """The log's keys, and the memory of what they signed.

    The memory is outside of the database: whoever restores or edits that does not turn
    it back. It moves on, durably, before a signature is given out; after a crash the
    note that it holds is given out, and nothing is signed twice.

    Attributes:
        keys: of the log.
        seen: the newest checkpoint that was signed, of each origin.
        clock: tells the POSIX time in seconds.
    """

    keys: Keys
    seen: Seen
    clock: Callable[[], float] = time.time

    def sign(self, connection: Connection[Any]) -> bool:
        """Sign the newest committed checkpoint, unless that was done.

        Call it after the checkpoint's transaction, as probity_ledger, in autocommit.

        Returns:
            Whether there was one to give out.

        Raises:
            Behind: more was signed than the database holds.
            Inconsistent: something else was signed than the database holds.
            Forgotten: something was signed, and the memory of it is gone.
            Moved: another process signs with the same memory at this moment.
        """
        origin = store.origin(connection).origin
        # In this order, for another may be at work: each is as far as those before it.
        signed = store.latest_signed(connection, origin)
        before = self.seen.latest(origin)
        latest = store.latest_checkpoint(connection, origin)
        refuse_backward(origin, latest, signed, before)
        if latest is None:
            return False
        head = self._ratchet(connection, latest, before)
        values = {"origin": origin, "size": head.size, "note": head.note}
        return connection.execute(SQL["write_signed"], values).rowcount > 0

    def _ratchet(
        self, connection: Connection[Any], latest: Checkpoint, before: Head | None
    ) -> Head:
        """Move the memory on to a checkpoint that grew out of what it holds."""

        def judge(last: Head | None) -> Head:
            prove_growth(connection, latest, last)
            note = self.keys.note(latest, int(self.clock()))
            return Head(latest.size, latest.root, note)

        if before and before.size == latest.size:
            prove_growth(connection, latest, before)
            return before
        return self.seen.advance_by(latest.origin, before.size if before else 0, judge)


def open_signing(environ: Mapping[str, str] = os.environ) -> Signing:
    """Return what signs, with the files that the environment names, or our home's.

    Raises:
        VaultClosed: the log's keys are missing, open to others, or not both there.
    """
    path = log_key_file(environ)
    seeds = read(path)
    if seeds.ml_dsa is None:
        raise VaultClosed(f"{path} has no ml-dsa-44 key in it: is it another file?")
    memory = signed_file(environ)
    memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Signing(Keys(seeds.ed25519, seeds.ml_dsa), Seen(memory))


def signed_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of what was signed: `$PROBITY_LOG_SIGNED_FILE`, or our home's."""
    given = environ.get(SIGNED)
    return Path(given) if given else home() / "ledger.signed"


def refuse_backward(
    origin: str,
    latest: Checkpoint | None,
    signed: Published | None,
    before: Head | None,
) -> None:
    """Demand that the database is as far as the memory, and the memory is there."""
    size = latest.size if latest else 0
    if before and before.size > size:
        raise Behind(origin, size, before.size)
    if signed and not before:
        raise Forgotten(origin, signed.size)


def prove_growth(
    connection: Connection[Any], latest: Checkpoint, before: Head | None
) -> None:
    """Demand that a checkpoint is over the tiles, and grew out of an earlier one.

    Raises:
        Inconsistent: it is not, or did not.
    """
    old, old_root = (before.size, before.root) if before else (0, EMPTY_ROOT)
    read = reading(store.fetch(connection, latest.origin), latest.size)
    try:
        check_root(latest, read)
        proof = consistency(old, latest.size, read)
        check_consistency(old, old_root, latest.size, latest.root, proof)
    except (BadProof, BadTile) as error:
        raise Inconsistent(latest.origin, old, str(error)) from error
