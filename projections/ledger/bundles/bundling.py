"""Makes a bundle: what proves the events of one thing to somebody outside, in a zip."""

import json
from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg import Connection

from domain.errors import Invalid
from domain.leaf import entry_text, leaf_of
from projections.ledger import store
from projections.ledger.bundles.cited import SQL
from projections.ledger.bundles.gathering import Selection
from projections.ledger.bundles.readme import readme
from projections.ledger.errors import LeafDiffers
from projections.ledger.proving import prove
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import Note
from projections.ledger.standard.note import parse as parse_note
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.tiles import reading
from projections.ledger.standard.tree import consistency
from projections.ledger.store import Row
from projections.ledger.verifier.bundles.archive import zipped
from projections.ledger.verifier.bundles.manifest import (
    CHECKPOINT,
    GROWN,
    MANIFEST,
    POLICY,
    README,
    STAMPED,
    TOKEN,
    Manifest,
    digest,
)
from projections.ledger.verifier.bundles.opened import (
    Opening,
    key_file,
    keys_named,
    written,
    written_key,
)
from projections.ledger.vkeys import trust_text

LAW_STAYS = "the law is nobody's secret, and without its text nobody can judge"


@dataclass(kw_only=True)
class Bundle:
    """A bundle in the making.

    Attributes:
        selection: the events, and how they belong together.
        policy: by which checkpoints count as published; None where there is none.
        redacted: the positions of the events whose state is left out.
        keys: the data keys that are handed over, and open what is told in the clear;
            None where nothing is told in the clear.
        files: what is in it so far.
        checkpoints: the file with the checkpoint of each origin.
    """

    selection: Selection
    policy: Policy | None = None
    redacted: Collection[int] = ()
    keys: Mapping[UUID, bytes] | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    checkpoints: dict[str, str] = field(default_factory=dict)

    def made(self, connection: Connection[Any]) -> bytes:
        """Return the zip: for the same events and checkpoint, always the same bytes.

        Args:
            connection: as a role that reads the log and the ledger, in one transaction
                that sees one moment: else proofs would be for several checkpoints.

        Raises:
            NotYet: an event is not under a published checkpoint.
            LeafDiffers: an event is not what its stored leaf says.
            Invalid: what is to be left out is not there, or is a rulebook.
        """
        self.check_redacted()
        self.add_events(connection)
        self.add_timestamp(connection)
        for law in self.selection.laws:
            self.files[law.file] = law.text.encode()
        if self.keys is not None:
            self.add_opened(self.keys)
        origins = reversed(self.checkpoints)
        trust = trust_text(self.policy, origins, self.heads())
        self.files[POLICY] = trust.encode(errors="surrogateescape")
        self.files[README] = readme(self.manifest(), self.head)
        self.files[MANIFEST] = self.manifest().written()
        return zipped(self.files)

    @property
    def head(self) -> Note:
        """Return the checkpoint to which the newest of the events are proven."""
        return self.heads()[0]

    def heads(self) -> list[Note]:
        """Return the checkpoints, the newest first."""
        files = reversed(self.checkpoints.values())
        return [parse_note(self.files[file].decode()) for file in files]

    def check_redacted(self) -> None:
        for position in self.redacted:
            if position not in self.selection.rows:
                raise Invalid("redact", f"no event of it is at position {position}")
            if position in self.selection.law_positions:
                raise Invalid("redact", f"position {position}: {LAW_STAYS}")

    def add_events(self, connection: Connection[Any]) -> None:
        """Add the events, and of each epoch that one is from, the checkpoint."""
        notes: dict[str, str] = {}
        for _, row in sorted(self.selection.rows.items()):
            origin, _ = store.origin_at(connection, row.position)
            self.add_entry(row, origin)
            proof = prove(connection, row.leaf, self.policy)
            self.files[f"events/{row.position}.tlog-proof"] = proof.text().encode()
            notes[origin] = proof.checkpoint
        *_, newest = notes
        for origin, note in notes.items():
            epoch = origin.rpartition("/")[2]
            file = CHECKPOINT if origin == newest else f"{CHECKPOINT}-{epoch}"
            self.checkpoints[origin] = file
            self.files[file] = note.encode()

    def add_entry(self, row: Row, origin: str) -> None:
        place = row.stream, row.version, row.topic, row.position, row.recorded_at
        entry = entry_text(origin, *place, row.state)
        if leaf_of(entry) != row.leaf:
            raise LeafDiffers(row.position, "is not what its stored leaf says")
        self.files[f"events/{row.position}.entry"] = entry.encode()
        if row.position not in self.redacted:
            self.files[f"events/{row.position}.state"] = row.state

    def add_timestamp(self, connection: Connection[Any]) -> None:
        """Add the newest timestamp, and what leads from there to our checkpoint."""
        now = parse_checkpoint(self.head.text)
        where = {"origin": now.origin, "size": now.size}
        found = connection.execute(SQL["latest_timestamp"], where).fetchone()
        if found is None:
            return
        size, token, *notes = found
        note = next((n for n in notes if n and stamped_by(token, n)), None)
        if note is None:
            return
        self.files[TOKEN] = token
        if note.encode() != self.files[CHECKPOINT]:
            read = reading(store.fetch(connection, now.origin), now.size)
            hashes = map(b64encode, consistency(size, now.size, read))
            self.files[STAMPED] = note.encode()
            self.files[GROWN] = b"".join(line + b"\n" for line in hashes)

    def add_opened(self, secrets: Mapping[UUID, bytes]) -> None:
        """Add what the keys open of the states, and the keys."""
        keys = {id_: AESGCM(secret) for id_, secret in secrets.items()}
        for position, row in self.selection.rows.items():
            state = json.loads(row.state)
            if position not in self.redacted and keys_named(state):
                opened = Opening(str(row.stream), row.version, keys).opened(state)
                self.files[f"opened/{position}.json"] = written(opened)
        for id_, secret in secrets.items():
            self.files[key_file(id_)] = written_key(id_, secret)

    def manifest(self) -> Manifest:
        chosen = self.selection
        return Manifest(
            about={
                "kind": chosen.kind,
                "id": chosen.name,
                "stream": str(chosen.stream),
            },
            streams={str(stream): what for stream, what in chosen.streams.items()},
            whole=tuple(sorted(map(str, chosen.whole))),
            events={str(at): listed(row) for at, row in chosen.rows.items()},
            redacted=tuple(sorted(self.redacted)),
            rulebooks={
                law.file: {"drafted": law.drafted, "published": law.published}
                for law in chosen.laws
            },
            checkpoints=self.checkpoints,
            files={name: digest(content) for name, content in self.files.items()},
        )


def stamped_by(token: bytes, note: str) -> bool:
    """Return whether a timestamp is of this note: its digest stands in it."""
    return sha256(note.encode()).digest() in token


def listed(row: Row) -> dict[str, Any]:
    return {"stream": str(row.stream), "version": row.version, "topic": row.topic}


def keys_needed(selection: Selection, redacted: Collection[int]) -> set[UUID]:
    """Return the data keys of what is sealed in the states that are not left out."""
    return {
        key
        for position, row in selection.rows.items()
        if position not in redacted
        for key in keys_named(json.loads(row.state))
    }
