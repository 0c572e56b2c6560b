"""Reads a dump: `probity ledger dump`, or a plain `pg_dump` of the whole database."""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from projections.ledger.verifier.judging.trust import Kept, noted
from projections.ledger.verifier.sources.copytext import (
    Block,
    blocks,
    bytea_value,
    fields_of,
    rows_of,
)
from projections.ledger.verifier.sources.epochs import Epoch, Hashed, Laid
from projections.ledger.verifier.sources.reader import Reader
from projections.ledger.verifier.sources.rows import (
    Rows,
    hash_rows,
    jobs_for,
    line_at,
)
from projections.ledger.verifier.sources.shown import EntryAt, Shown, Watch
from projections.ledger.verifier.verdict import CannotCheck

EVENTS, HEAD = "log.probity_events", "log.head"
TILES, ROOTS, EPOCHS = "ledger.tile", "ledger.checkpoint", "ledger.epoch"
NOTED = ("ledger.signed", "ledger.cosigned")
PACKED = {
    b"PGDMP": "a dump in PostgreSQL's own format: `pg_restore -f FILE.sql` unpacks it",
    b"\x1f\x8b": "compressed by gzip: unpack it first",
    b"\x28\xb5\x2f\xfd": "compressed by zstd: unpack it first",
}
Row = Mapping[str, bytes]


@contextmanager
def opened(path: Path) -> Iterator[mmap.mmap]:
    """Open a dump.

    Raises:
        CannotCheck: it is empty, or packed in a way that is not read here.
    """
    with path.open("rb") as file:
        start = file.read(8)
        for sign, said in PACKED.items():
            if start.startswith(sign):
                raise CannotCheck(f"{path} is {said}")
        if not start:
            raise CannotCheck(f"{path} is empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content


@contextmanager
def read_dump(path: Path, jobs: int | None, watch: Watch) -> Iterator[list[Shown]]:
    """Yield the logs that a dump shows, the oldest first; the file stays open.

    Args:
        path: the dump.
        jobs: how many processes hash its events; None for what pays.
        watch: is told how far that is.

    Raises:
        CannotCheck: it is no dump, or what has to be in it is not.
        OSError: it cannot be read.
    """
    with opened(path) as content:
        yield Dump(path, content).logs(jobs, watch)


class Dump:
    """A dump whose tables are known, and whose rows are read when they are needed."""

    def __init__(self, path: Path, content: mmap.mmap) -> None:
        self.path = path
        self.content = content
        self.tables: dict[str, list[Block]] = {}
        for block in blocks(content):
            self.tables.setdefault(block.table, []).append(block)
        if EVENTS not in self.tables or HEAD not in self.tables:
            raise CannotCheck(
                f"{path} has no rows of {EVENTS} and {HEAD}: it is neither a dump of a"
                " register's ledger nor a plain pg_dump of its database"
            )

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table."""
        for block in self.tables.get(table, ()):
            yield from rows_of(self.content, block)

    def logs(self, jobs: int | None, watch: Watch) -> list[Shown]:
        try:
            epochs = self.epochs()
            size = max((int(row["size"]) for row in self.rows(HEAD)), default=0)
            return list(self._logs(epochs, size, jobs, watch))
        except (KeyError, ValueError) as error:
            words = f"{self.path}: a row of the ledger is unreadable: {error!r}"
            raise CannotCheck(words) from error

    def epochs(self) -> list[Epoch]:
        """Return the epochs in their order; the one that runs is in the head.

        Raises:
            CannotCheck: there is no head.
        """
        found: dict[str, Epoch] = {}
        for row in (*self.rows(EPOCHS), *self.rows(HEAD)):
            origin = row["origin"].decode()
            closing = row.get("closing")
            before = found.get(origin)
            found[origin] = before or Epoch(
                origin, int(row["first"]), closing.decode() if closing else None
            )
        if not found:
            raise CannotCheck(f"{self.path} does not say which log it is of: {HEAD}")
        return sorted(found.values(), key=lambda epoch: epoch.first)

    def _logs(
        self, epochs: Sequence[Epoch], size: int, jobs: int | None, watch: Watch
    ) -> Iterator[Shown]:
        rows, readers = self._hashed(epochs, jobs, watch)
        hashed = Hashed(rows.positions, bytes(rows.computed), bytes(rows.stored))
        ends = [*(epoch.first - 1 for epoch in epochs[1:]), size]
        for epoch, end, laid in zip(epochs, ends, hashed.lay(epochs), strict=True):
            shown = self._ledger(epoch)
            shown.computed, shown.stored = laid.computed, laid.stored
            shown.stray, shown.said = laid.stray, end - epoch.first + 1
            shown.entry = self._entries(laid, rows, readers)
            yield shown

    def _hashed(
        self, epochs: Sequence[Epoch], jobs: int | None, watch: Watch
    ) -> tuple[Rows, list[tuple[Block, Reader]]]:
        rows, readers = Rows(), []
        for block in self.tables[EVENTS]:
            reader = Reader(block.columns, epochs)
            readers.append((block, reader))
            found = jobs_for(block, jobs)
            rows.add(hash_rows(self.path, block, reader, jobs=found, watch=watch))
        return rows, readers

    def _entries(
        self, laid: Laid, rows: Rows, readers: Sequence[tuple[Block, Reader]]
    ) -> EntryAt:
        def entry(index: int) -> str | None:
            if not 0 <= index < len(laid.rows) or laid.rows[index] < 0:
                return None
            place = rows.places[laid.rows[index]]
            reader = next(r for b, r in readers if b.start <= place < b.stop)
            return reader.told(fields_of(line_at(self.content, place)))

        return entry

    def _ledger(self, epoch: Epoch) -> Shown:
        """Return what the ledger's tables show of an epoch."""
        name = epoch.origin.encode()

        def ours(table: str) -> Iterator[Row]:
            return (row for row in self.rows(table) if row["origin"] == name)

        tiles = {
            (int(row["level"]), int(row["n"])): bytea_value(row["data"])
            for row in ours(TILES)
        }
        return Shown(
            epoch.origin,
            epoch.first,
            tiles=tiles if TILES in self.tables else None,
            closing=epoch.closing,
            roots=[(int(row["size"]), bytea_value(row["root"])) for row in ours(ROOTS)],
            notes=[kept(table, row) for table in NOTED for row in ours(table)],
        )


def kept(table: str, row: Row) -> Kept:
    """Return a note as a row of the database has it."""
    size, origin = int(row["size"]), row["origin"].decode()
    note = row["note"].decode(errors="surrogateescape")
    return noted(table, origin, size, note)
