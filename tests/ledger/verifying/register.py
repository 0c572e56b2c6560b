"""A register's tables as plain rows: made whole, then lied about, then dumped."""

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from domain.leaf import entry_text, leaf_of
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.cosignature import ed25519_cosigner, ml_dsa_cosigner
from projections.ledger.standard.note import Note, ed25519_signer, parse
from projections.ledger.standard.tiles import (
    WIDTH,
    entries_path,
    grow,
    pack,
    tile_path,
    tiles_of,
)
from projections.ledger.standard.tree import root_of

ORIGIN = "register.example/log/e1"
TOPICS = ("disclosure.filed", "person.registered", "obligation.raised", "read.shown")
WITNESSES = [
    ed25519_cosigner(f"witness{n}.example", bytes([n]) * 32) for n in (1, 2, 3)
]
AT = 1_800_000_000
COLUMNS = (  # of a table without rows; of the events, and no others are asked for
    "notification_id",
    "originator_id",
    "originator_version",
    "topic",
    "state",
    "event_id",
    "recorded_at",
    "leaf",
)
Row = dict[str, Any]


def policy(*origins: str, quorum: str = "group q 2 w1 w2 w3\nquorum q") -> str:
    """Return the trust policy of whoever checks: two of three witnesses."""
    logs = [f"log {signer(o).vkey}" for o in origins or (ORIGIN,)]
    names = [f"witness w{n} {w.vkey}" for n, w in enumerate(WITNESSES, 1)]
    return "\n".join((*logs, *names, quorum, ""))


def signer(origin: str) -> Any:
    return ed25519_signer(origin, bytes([7]) * 32)


def signed(checkpoint: Checkpoint) -> str:
    """Return the note as the log signs it, with both of its keys."""
    text, origin = checkpoint.text(), checkpoint.origin
    second = ml_dsa_cosigner(origin, bytes([8]) * 32)
    return str(Note(text, (signer(origin).sign(text), second.cosign(text, AT))))


def cosigned(note: str, count: int = 2) -> str:
    """Return a note with the lines of so many witnesses."""
    plain = parse(note)
    more = (witness.cosign(plain.text, AT) for witness in WITNESSES[:count])
    return str(Note(plain.text, (*plain.signatures, *more)))


@dataclass
class Register:
    """The rows of each table; `events` in the order of the file, which may be any."""

    origin: str = ORIGIN
    first: int = 1
    events: list[Row] = field(default_factory=list)
    size: int = 0
    tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)
    roots: dict[int, bytes] = field(default_factory=dict)
    signed: dict[int, str] = field(default_factory=dict)
    cosigned: dict[int, str] = field(default_factory=dict)
    epochs: list[Row] = field(default_factory=list)

    def entry(self, row: Row) -> str:
        return entry_text(
            self.origin,
            row["originator_id"],
            row["originator_version"],
            row["topic"],
            row["notification_id"],
            row["recorded_at"],
            row["state"],
        )

    def leaf(self, row: Row) -> bytes:
        return leaf_of(self.entry(row))

    @property
    def leaves(self) -> list[bytes]:
        return [self.leaf(row) for row in self.events]

    def append(self, chance: Random, count: int) -> None:
        """Let so many events happen."""
        for _ in range(count):
            self.size += 1
            stream = UUID(int=chance.getrandbits(8))
            row = {
                "notification_id": self.first + self.size - 1,
                "originator_id": stream,
                "originator_version": self.size,
                "topic": chance.choice(TOPICS),
                "state": chance.randbytes(chance.randint(1, 60)),
                "event_id": UUID(int=chance.getrandbits(128)),
                "recorded_at": datetime(2026, 1, 1, tzinfo=UTC)
                + timedelta(seconds=self.size, microseconds=chance.randint(0, 999_999)),
            }
            self.events.append({**row, "leaf": self.leaf(row)})

    def sequence(self) -> None:
        """Bring all events into the tree, and sign it."""
        old = max(self.roots, default=0)
        leaves = self.leaves

        def fetch(level: int, n: int, width: int) -> bytes:
            return self.tiles[level, n][: width * 32]

        for tile in grow(fetch, old, leaves[old:]):
            self.tiles[tile.level, tile.n] = tile.data
        self.roots[len(leaves)] = root_of(leaves)
        self.sign(len(leaves))

    def sign(self, size: int) -> None:
        head = Checkpoint(self.origin, size, self.roots[size])
        self.signed[size] = signed(head)

    def witness(self) -> str:
        """Have the newest checkpoint cosigned; return the note."""
        size = max(self.signed)
        self.cosigned[size] = cosigned(self.signed[size])
        return self.cosigned[size]

    def rebuild(self, upto: int | None = None) -> None:
        """Make tiles and roots anew from the events as they are now, at every size."""
        leaves = self.leaves[:upto]
        self.tiles = {
            (tile.level, tile.n): tile.data for tile in grow(nothing, 0, leaves)
        }
        self.roots = {
            size: root_of(leaves[:size])
            for size in (*self.roots, len(leaves))
            if size <= len(leaves)
        }

    def copy(self) -> "Register":
        return copy.deepcopy(self)

    # As files.

    def dump(self, path: Path, *, backwards: bool = False) -> Path:
        """Write the tables as `pg_dump` does."""
        events = self.events[::-1] if backwards else self.events
        at = f"{datetime(2026, 1, 1, tzinfo=UTC)}"
        heads = [{"one": "t", "size": self.size + self.first - 1}]
        heads[0] |= {"origin": self.origin, "first": self.first}
        noted = {"signed": self.signed, "cosigned": self.cosigned}
        tables = {
            "log.head": heads,
            "log.probity_events": events,
            "ledger.tile": [
                {
                    "origin": self.origin,
                    "level": level,
                    "n": n,
                    "width": len(data) // 32,
                    "data": data,
                }
                for (level, n), data in self.tiles.items()
            ],
            "ledger.checkpoint": [
                {"origin": self.origin, "size": size, "root": root, "made_at": at}
                for size, root in self.roots.items()
            ],
            **{
                f"ledger.{name}": [
                    {"origin": self.origin, "size": size, "note": note, "at": at}
                    for size, note in notes.items()
                ]
                for name, notes in noted.items()
            },
            "ledger.epoch": self.epochs,
        }
        blocks = (block(table, rows) for table, rows in tables.items())
        path.write_text("-- a dump\n\n" + "".join(blocks), encoding="utf-8")
        return path

    def export(self, root: Path, *, entries: bool = True) -> Path:
        """Write the newest cosigned tree as static files."""
        size = max(self.cosigned)
        for level, n, width in tiles_of(size):
            put(root / tile_path(level, n, width), self.tiles[level, n][: width * 32])
            if level == 0 and entries:
                begin = n * WIDTH
                rows = self.events[begin : begin + width]
                bundle = pack(self.entry(row).encode() for row in rows)
                put(root / entries_path(n, width), bundle)
        put(root / "checkpoint", self.cosigned[size].encode())
        return root


def nothing(_level: int, _n: int, _width: int) -> bytes:
    return b""


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def block(table: str, rows: list[Row]) -> str:
    """Return the rows of a table as COPY writes them."""
    columns = list(rows[0]) if rows else list(COLUMNS)
    lines = ("\t".join(field_of(row[name]) for name in columns) for row in rows)
    text = "".join(f"{line}\n" for line in lines)
    return f"COPY {table} ({', '.join(columns)}) FROM stdin;\n{text}\\.\n\n\n"


def field_of(value: Any) -> str:
    """Return a value as a field of COPY text."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    text = str(value)
    for character, escape in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(character, escape)
    return text


def made(count: int, seed: int = 1, steps: int = 5) -> Register:
    """Return a register whose every event is under a cosigned checkpoint."""
    register, chance = Register(), Random(seed)  # noqa: S311  reproducible, no secret
    for step in range(1, steps + 1):
        upto = count * step // steps
        if upto > register.size:
            register.append(chance, upto - register.size)
            register.sequence()
            register.witness()
    return register
