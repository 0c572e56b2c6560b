"""Shows a verifier the live log: every event read once, at one moment."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from psycopg import Connection

from domain.leaf import composed, leaf_of
from projections.ledger.dumping import SQL
from projections.ledger.standard.tree import SIZE
from projections.ledger.verifier.judging.hashes import BLANK
from projections.ledger.verifier.judging.trust import noted
from projections.ledger.verifier.sources.epochs import Epoch, Hashed, Laid
from projections.ledger.verifier.sources.shown import EntryAt, Shown
from projections.ledger.verifier.verdict import CannotCheck

PAGE = 2000  # events that are hashed before progress is told
EVERYTHING = b"COPY (%s) TO STDOUT (FORMAT binary)" % SQL["read_events"].rstrip(b";")
TYPES = ("int8", "text", "text", "bytea", "bytea")

Progress = Callable[[int, int], None]
Row = tuple[Any, ...]


@contextmanager
def shown(connection: Connection[Any], progress: Progress) -> Iterator[list[Shown]]:
    """Read the whole log, and yield it as it is to be judged, the oldest epoch first.

    Args:
        connection: as a role that reads log and ledger; not within a transaction. It is
            read from until the end, for what is only needed where something differs.
        progress: is told how many events are done, and of how many.
    """
    with connection.transaction():
        connection.execute(SQL["begin_snapshot"])
        connection.execute(SQL["take_time"])
        yield list(Reading(connection).logs(progress))


class Reading:
    """One reading of the log, within one transaction."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        heads = connection.execute(SQL["read_head"]).fetchall()
        if len(heads) != 1:
            raise CannotCheck(f"log.head has {len(heads)} rows: nobody says which log")
        origin, first, self.size = heads[0]
        closed = connection.execute(SQL["read_epochs"]).fetchall()
        epochs = {name: Epoch(name, begin, closing) for name, begin, closing in closed}
        epochs.setdefault(origin, Epoch(origin, first))
        self.epochs = sorted(epochs.values(), key=lambda epoch: epoch.first)

    def logs(self, progress: Progress) -> Iterator[Shown]:
        """Yield each epoch."""
        hashed = self.hashed(progress)
        ends = [*(epoch.first - 1 for epoch in self.epochs[1:]), self.size]
        laid = hashed.lay(self.epochs)
        for epoch, end, leaves in zip(self.epochs, ends, laid, strict=True):
            yield self.epoch(epoch, end, leaves)

    def hashed(self, progress: Progress) -> Hashed:
        """Read and hash all events."""
        positions, computed, stored = array("q"), bytearray(), bytearray()
        for rows in self.pages():
            positions.extend([row[0] for row in rows])
            stored += b"".join([hash_in(row[4]) for row in rows])
            computed += self.leaves_in(rows)
            progress(len(positions), max(self.size, len(positions)))
        return Hashed(positions, bytes(computed), bytes(stored))

    def leaves_in(self, rows: Sequence[Row]) -> bytes:
        """Return the leaf hashes of a page of events, in the order of their positions.

        Nearly always all are of one epoch, and none is unreadable: then there is no
        looking at each.
        """
        origin = self.origin(rows[0][0])
        if origin == self.origin(rows[-1][0]) and all(row[2] for row in rows):
            leaves = [
                leaf_of(composed(origin, head, position, time, state))
                for position, head, time, state, _ in rows
            ]
        else:
            leaves = [self.leaf_in(row) for row in rows]
        return b"".join(leaves)

    def pages(self) -> Iterator[Sequence[Row]]:
        """Yield all events; the server sends on while those at hand are hashed."""
        with self.connection.cursor() as cursor, cursor.copy(EVERYTHING) as copied:
            copied.set_types(TYPES)
            rows = copied.rows()
            while page := list(islice(rows, PAGE)):
                yield page

    def origin(self, position: int) -> str:
        found = [one for one in self.epochs if one.first <= position]
        return (found or self.epochs)[-1].origin

    def leaf_in(self, row: Row) -> bytes:
        try:
            return leaf_of(self.entry_in(row))
        except ValueError:
            return BLANK

    def entry_in(self, row: Row) -> str:
        position, head, time, state = row[:4]
        if time is None:
            raise ValueError("no time that can be written")
        return composed(self.origin(position), head, position, time, state)

    def epoch(self, epoch: Epoch, end: int, laid: Laid) -> Shown:
        """Return what the database shows of one epoch."""
        of = {"origin": epoch.origin}

        def read(query: str) -> list[tuple[Any, ...]]:
            return self.connection.execute(SQL[query], of, binary=True).fetchall()

        return Shown(
            epoch.origin,
            epoch.first,
            computed=laid.computed,
            stored=laid.stored,
            entry=self.entries(epoch.first),
            tiles={(level, n): data for level, n, data in read("read_tiles")},
            closing=epoch.closing,
            roots=read("read_roots"),
            notes=[
                noted(table, epoch.origin, size, note)
                for table, size, note in read("read_notes")
            ],
            said=end - epoch.first + 1,
            stray=laid.stray,
        )

    def entries(self, first: int) -> EntryAt:
        def entry(index: int) -> str | None:
            row = self.connection.execute(
                SQL["read_event"], {"position": first + index}, binary=True
            ).fetchone()
            return None if row is None else self.told(row)

        return entry

    def told(self, row: Row) -> str:
        """Return the entry of an event, or what is there where it can have none."""
        try:
            return self.entry_in(row)
        except ValueError:
            position, head = row[:2]
            lines = ("unreadable", head, position, "", "", "")
            return "\n".join(map(str, lines))


def hash_in(leaf: bytes | None) -> bytes:
    """Return a stored leaf; a blank one where it is no hash."""
    return leaf if leaf is not None and len(leaf) == SIZE else BLANK
