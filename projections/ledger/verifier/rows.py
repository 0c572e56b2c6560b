"""The rows of events in a dump, hashed: by one process, or by several at once."""

import mmap
import os
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import UUID

from domain.leaf import entry_text, leaf_of
from projections.ledger.verifier.copytext import Block, bytea, fields_of, unescaped
from projections.ledger.verifier.epochs import Epoch
from projections.ledger.verifier.hashes import BLANK
from projections.ledger.verifier.shown import Watch
from projections.ledger.verifier.verdict import CannotCheck

COLUMNS = (
    "notification_id",
    "originator_id",
    "originator_version",
    "topic",
    "recorded_at",
    "state",
    "leaf",
)
WORTH = 48 * 2**20  # bytes of rows from which on a second process saves time
UNREADABLE = (ValueError, OverflowError)  # the latter of a time at the world's end
PIECE = 8 * 2**20  # bytes that are hashed before progress is told


@dataclass
class Rows:
    """Rows in the order of the file.

    Attributes:
        positions: which event each is.
        places: where each begins in the file.
        computed: the leaf hash of each; blank where it cannot be an event at all.
        stored: the leaf hash beside each; blank where it is no hash.
    """

    positions: "array[int]" = field(default_factory=lambda: array("q"))
    places: "array[int]" = field(default_factory=lambda: array("q"))
    computed: bytearray = field(default_factory=bytearray)
    stored: bytearray = field(default_factory=bytearray)

    def add(self, other: "Rows") -> None:
        self.positions += other.positions
        self.places += other.places
        self.computed += other.computed
        self.stored += other.stored


class Reader:
    """Reads events from rows, whatever the order of their columns."""

    def __init__(self, columns: Sequence[str], epochs: Sequence[Epoch]) -> None:
        """Prepare.

        Raises:
            CannotCheck: a column is missing.
        """
        missing = [name for name in COLUMNS if name not in columns]
        if missing:
            raise CannotCheck(f"the events have no column {', '.join(missing)}")
        self.at = [columns.index(name) for name in COLUMNS]
        self.width = len(columns)
        self.epochs = sorted(epochs, key=lambda epoch: -epoch.first)

    def position(self, fields: Sequence[bytes]) -> int:
        """Return which event a row is.

        Raises:
            ValueError: it does not say, or has not all columns.
        """
        if len(fields) != self.width:
            raise ValueError("a row has not all columns")
        return int(fields[self.at[0]])

    def stored(self, fields: Sequence[bytes]) -> bytes:
        """Return the leaf beside the event, blank where it is no hash."""
        try:
            leaf = bytea(fields[self.at[-1]])
        except ValueError:
            return BLANK
        return leaf if len(leaf) == len(BLANK) else BLANK

    def entry(self, fields: Sequence[bytes]) -> str:
        """Return the entry of an event.

        Raises:
            ValueError: a field is not of its type.
        """
        position, stream, version, topic, at, state = (
            fields[place] for place in self.at[:-1]
        )
        nth = int(position)
        return entry_text(
            self.origin(nth),
            cast(UUID, stream.decode()),  # its text, as PostgreSQL writes it, is enough
            int(version),
            unescaped(topic).decode(),
            nth,
            datetime.fromisoformat(at.decode()),
            bytea(state),
        )

    def told(self, fields: Sequence[bytes]) -> str:
        """Return the entry, or where a field is not of its type, the fields as such."""
        try:
            return self.entry(fields)
        except UNREADABLE:
            position, stream, version, topic, at, state = (
                unescaped(fields[place]).decode(errors="replace")
                for place in self.at[:-1]
            )
            lines = (stream, version, topic, position, at, f"unreadable {state[:64]}")
            return "\n".join(("unreadable", *lines, ""))

    def origin(self, position: int) -> str:
        for epoch in self.epochs:
            if epoch.first <= position:
                return epoch.origin
        return self.epochs[-1].origin


def hash_part(path: str, start: int, stop: int, reader: Reader) -> Rows:
    """Return the rows between two places in a file, hashed.

    Raises:
        CannotCheck: a row has no position.
    """
    rows = Rows()
    with Path(path).open("rb") as file:
        file.seek(start)
        place = start
        while place < stop:
            line = file.readline()
            hash_row(rows, line[:-1], place, reader)
            place += len(line)
    return rows


def hash_row(rows: Rows, line: bytes, place: int, reader: Reader) -> None:
    fields = fields_of(line)
    try:
        rows.positions.append(reader.position(fields))
    except (ValueError, OverflowError) as error:
        raise CannotCheck(f"a row of events is unreadable at byte {place}") from error
    rows.places.append(place)
    rows.stored += reader.stored(fields)
    rows.computed += leaf_in(fields, reader)


def leaf_in(fields: Sequence[bytes], reader: Reader) -> bytes:
    try:
        return leaf_of(reader.entry(fields))
    except UNREADABLE:
        return BLANK


def hash_rows(
    path: Path, block: Block, reader: Reader, *, jobs: int, watch: Watch
) -> Rows:
    """Return all rows of a block, hashed, by as many processes as asked for."""
    pieces = list(cut(path, block, PIECE))
    rows = Rows()
    for done, part in enumerate(hashed(path, pieces, reader, jobs), 1):
        rows.add(part)
        watch(done, len(pieces))
    return rows


def hashed(
    path: Path, pieces: Sequence[tuple[int, int]], reader: Reader, jobs: int
) -> Iterator[Rows]:
    """Yield the rows of each piece, in order."""
    if jobs == 1:
        yield from (hash_part(str(path), *piece, reader) for piece in pieces)
        return
    with ProcessPoolExecutor(jobs) as pool:
        starts, stops = zip(*pieces, strict=True)
        names, readers = [str(path)] * len(pieces), [reader] * len(pieces)
        yield from pool.map(hash_part, names, starts, stops, readers)


def jobs_for(block: Block, asked: int | None) -> int:
    """Return how many processes to hash with: one, unless there is much to do."""
    if block.stop == block.start:
        return 1
    if asked:
        return asked
    return (os.cpu_count() or 1) if block.stop - block.start > WORTH else 1


def cut(path: Path, block: Block, size: int) -> Iterator[tuple[int, int]]:
    """Yield pieces of a block that end with a row, each of about that many bytes."""
    start = block.start
    with path.open("rb") as file:
        while start < block.stop:
            file.seek(min(start + size, block.stop) - 1)
            file.readline()
            stop = file.tell()
            yield start, stop
            start = stop


def line_at(content: mmap.mmap, place: int) -> bytes:
    """Return the row that begins at a place, without its newline."""
    return content[place : content.find(b"\n", place)]
