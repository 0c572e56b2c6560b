"""The rows of events in a dump, hashed: by one process, or by several at once."""

import mmap
import os
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from domain.leaf import leaf_of
from projections.ledger.verifier.judging.hashes import BLANK
from projections.ledger.verifier.sources.copytext import Block, fields_of
from projections.ledger.verifier.sources.reader import UNREADABLE, Reader
from projections.ledger.verifier.sources.shown import Watch
from projections.ledger.verifier.verdict import CannotCheck

WORTH = 48 * 2**20  # bytes of rows from which on a second process saves time
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
