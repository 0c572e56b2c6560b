"""An office whose log is sequenced and signed, as the programs of a register do it."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection

from projections.ledger import store
from projections.ledger.seen import Seen
from projections.ledger.sequencer import Sequencer
from projections.ledger.signing import Keys, Signing
from projections.ledger.standard.checkpoint import Checkpoint, parse_checkpoint
from projections.ledger.standard.note import Note, Verifier, parse, parse_vkey
from projections.postgres.address import Address
from tests.history import History
from tests.postgres import admin, as_role

KEYS = Keys(bytes(range(32)), bytes(range(32, 64)))


@dataclass
class Office:
    """A register of which a test says what is filed, and when it is signed."""

    database: Address
    home: Path
    clock: float = field(default_factory=time.time)
    name: str = "office"

    def __post_init__(self) -> None:
        self.history = History(name=self.name)
        self.connection = as_role(self.database, "probity_ledger")
        self.seen = Seen(self.home / "ledger.signed")
        self.signing = Signing(KEYS, self.seen, lambda: self.clock)

    @property
    def origin(self) -> str:
        return store.origin(self.connection).origin

    def file(self, count: int) -> None:
        """Let so many people be put on file."""
        for _ in range(count):
            self.history.person(f"{self.name}-{len(self.history.records)}")
        with admin(self.database) as connection:
            self.history.write(connection)

    def sign(self, count: int = 0) -> Checkpoint:
        """File so many more, and sign the checkpoint over all."""
        if count:
            self.file(count)
        Sequencer(self.connection).catch_up()
        self.signing.sign(self.connection)
        return checkpoint(self.signed())

    def signed(self) -> Note:
        newest = store.latest_signed(self.connection, self.origin)
        assert newest is not None
        return parse(newest.note)

    def cosigned(self) -> Note | None:
        newest = store.latest_cosigned(self.connection, self.origin)
        return parse(newest.note) if newest else None

    def public_keys(self, origin: str | None = None) -> tuple[Verifier, Verifier]:
        """Return the public keys of the log."""
        vkeys = KEYS.vkeys(origin or self.origin)
        first, second = map(parse_vkey, vkeys)
        return first, second

    def connect(self) -> Connection[Any]:
        return as_role(self.database, "probity_ledger")


def checkpoint(note: Note) -> Checkpoint:
    return parse_checkpoint(note.text)
