"""Brings the events of the log into the tree, in their order, batch by batch."""

from functools import cache
from typing import Any

from psycopg import Connection, IsolationLevel

from domain.leaf import entry_text, leaf_of
from projections.ledger import store
from projections.ledger.errors import Behind, Inconsistent, LeafDiffers
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.tiles import BadTile, Fetch, Tile, grow, reading
from projections.ledger.standard.tree import BadProof, Read, root
from projections.ledger.store import SQL, LogHead, Row

BATCH = 1024  # events in one transaction


class Sequencer:
    """Grows the tree of the log's origin; one at a time, as probity_ledger.

    It trusts no leaf that the database holds: each is computed again from the columns.
    """

    def __init__(self, connection: Connection[Any], batch: int = BATCH) -> None:
        """Take over a connection in autocommit mode: its transactions see one moment.

        Args:
            connection: as probity_ledger; nobody else uses it meanwhile.
            batch: how many events one transaction takes at most.
        """
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        self.connection = connection
        self.batch = batch

    def pending(self) -> int:
        """Return how many events are not in the tree yet; below 0 where it was cut."""
        ((pending,),) = self.connection.execute(SQL["count_pending"]).fetchall()
        return int(pending)

    def step(self) -> int:
        """Take the next events: their tiles and a checkpoint in one transaction.

        Returns:
            How many there were; 0 where there is nothing new.

        Raises:
            LeafDiffers: an event is not what its stored leaf says, or is missing.
            Behind: there are fewer events than the last checkpoint has.
            Inconsistent: the tiles are not those of the last checkpoint.
        """
        with self.connection.transaction():
            head = store.origin(self.connection)
            latest = store.latest_checkpoint(self.connection, head.origin)
            old = latest.size if latest else 0
            if head.leaves < old:
                raise Behind(head.origin, head.leaves, old)
            new = min(head.leaves, old + self.batch)
            if new > old:
                self._grow(head, latest, new)
            return new - old

    def catch_up(self) -> int:
        """Take all events that there are; return how many that were."""
        taken = 0
        while step := self.step():
            taken += step
        return taken

    def _grow(self, head: LogHead, latest: Checkpoint | None, new: int) -> None:
        old = latest.size if latest else 0
        leaves = self._leaves(head, old, new)
        held = cache(store.fetch(self.connection, head.origin))
        try:
            if latest:
                check_root(latest, reading(held, old))
            tiles = grow(held, old, leaves)
            grown = root(new, reading(_over(held, tiles), new))
        except (BadTile, BadProof) as error:
            raise Inconsistent(head.origin, old, str(error)) from error
        self._write(Checkpoint(head.origin, new, grown), tiles)

    def _leaves(self, head: LogHead, old: int, new: int) -> list[bytes]:
        """Return the leaves of some events, each of them computed again."""
        rows = store.entries(self.connection, head.first + old, head.first + new)
        leaves = [
            checked(head.origin, head.first + at, row)
            for at, row in enumerate(rows, old)
        ]
        if len(leaves) < new - old:
            raise LeafDiffers(head.first + old + len(leaves), "is missing")
        return leaves

    def _write(self, grown: Checkpoint, tiles: list[Tile]) -> None:
        rows = [{"origin": grown.origin, **tile._asdict()} for tile in tiles]
        with self.connection.cursor() as cursor:
            cursor.executemany(SQL["write_tile"], rows)
            cursor.execute(SQL["write_checkpoint"], vars(grown))


def checked(origin: str, position: int, row: Row) -> bytes:
    """Return the leaf of the event that should be at a position.

    Raises:
        LeafDiffers: another is there, or its stored leaf is not that of its columns.
    """
    if row.position != position:
        raise LeafDiffers(position, "is missing")
    leaf = leaf_of(
        entry_text(
            origin,
            row.stream,
            row.version,
            row.topic,
            row.position,
            row.recorded_at,
            row.state,
        )
    )
    if leaf != row.leaf:
        raise LeafDiffers(
            position,
            f"is not what its leaf says: {leaf.hex()}, stored {row.leaf.hex()}",
        )
    return leaf


def _over(held: Fetch, tiles: list[Tile]) -> Fetch:
    """Return a way to fetch tiles of which these are not stored yet."""
    known = {(tile.level, tile.n): tile.data for tile in tiles}

    def fetch(level: int, n: int, width: int) -> bytes:
        data = known.get((level, n))
        return held(level, n, width) if data is None else data[: 32 * width]

    return fetch


def check_root(checkpoint: Checkpoint, read: Read) -> None:
    """Raise `BadProof` where the tiles lead to another root than a checkpoint has."""
    if root(checkpoint.size, read) != checkpoint.root:
        raise BadProof("the tiles lead to another root than the checkpoint has")
