"""What is still to be published so that a folder holds the tree of a checkpoint."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from psycopg import Connection

from domain.leaf import entry_text, leaf_of
from projections.ledger import store
from projections.ledger.errors import Behind, Inconsistent, LeafDiffers
from projections.ledger.publishing.written import Written
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.tiles import (
    HEIGHT,
    WIDTH,
    BadTile,
    edge,
    entries_path,
    pack,
    reading,
    tile_path,
)
from projections.ledger.standard.tree import (
    SIZE,
    BadProof,
    Read,
    check_consistency,
    consistency,
    fold,
    root,
)
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("publishing_queries.sql"))

Progress: TypeAlias = Callable[[int, int], None]
Piece: TypeAlias = tuple[int, int, int]
"""The level, number and width of a tile."""


class Outgoing:
    """What is still to be written so that a folder holds all of a checkpoint's tree."""

    def __init__(
        self,
        connection: Connection[Any],
        site: Written,
        first: int,
        before: Checkpoint,
        checkpoint: Checkpoint,
    ) -> None:
        """Look at what there is.

        Args:
            connection: reads the ledger and the log.
            site: the folder.
            first: the position of the first entry.
            before: what the folder holds now.
            checkpoint: what it is to hold.

        Raises:
            Behind, Inconsistent: the one did not grow out of the other.
        """
        self.connection, self.site = connection, site
        self.first, self.checkpoint = first, checkpoint
        self.fetch = store.fetch(connection, checkpoint.origin)
        self.read = reading(self.fetch, checkpoint.size)
        self.before = before
        check_grown(self.before, checkpoint, self.read)

    def write(self, sizes: str, *, entries: bool, progress: Progress) -> None:
        """Write tiles and bundles, and leave the checkpoint to the caller.

        Args:
            sizes: the query for the sizes that were published; see `sizes_by`.
            entries: whether bundles of entries are written too.
            progress: is told how many files of how many are done.
        """
        tiles = list(self.due(self.before.size, sizes))
        pieces = self.due(self.bundled(), sizes) if entries else iter(())
        bundles = [piece for piece in pieces if piece[0] == 0]
        total = len(tiles) + len(bundles)
        for done, piece in enumerate(tiles, 1):
            self.site.put(tile_path(*piece), self.tile(piece))
            progress(done, total)
        for done, (_, n, width) in enumerate(bundles, len(tiles) + 1):
            self.site.put(entries_path(n, width), self.bundle(n, width))
            progress(done, total)
        self.site.settle()

    def due(self, old: int, sizes: str) -> Iterator[Piece]:
        """Yield the tiles that a tree of size *old* did not have, the lowest first.

        Partial ones are of every checkpoint that was published since, for as long as
        the tile is not full.
        """
        yield from filled(old, self.checkpoint.size)
        span = {"origin": self.checkpoint.origin, "above": old}
        rows = self.connection.execute(
            SQL[sizes], span | {"upto": self.checkpoint.size}
        )
        yield from partial((size for (size,) in rows), self.checkpoint.size)

    def bundled(self) -> int:
        """Return for which size there are bundles: what was published, or nothing."""
        if not self.before.size:
            return 0
        n, width = divmod(self.before.size - 1, WIDTH)
        there = self.site.read(entries_path(n, width + 1)) is not None
        return self.before.size if there else 0

    def tile(self, piece: Piece) -> bytes:
        """Return a tile, once its hashes are found to lead to the checkpoint."""
        level, n, width = piece
        data = self.fetch(level, n, width)
        if len(data) != width * SIZE:
            raise Inconsistent(*self.named, f"{tile_path(*piece)} is not stored whole")
        if width == WIDTH and fold(data) != self.read((level + 1) * HEIGHT, n):
            raise Inconsistent(*self.named, f"{tile_path(*piece)} was changed")
        return data

    def bundle(self, n: int, width: int) -> bytes:
        """Return a bundle of entries, once each is found to be that of its leaf."""
        start = self.first + n * WIDTH
        leaves = self.fetch(0, n, width)
        entries = []
        for at, row in enumerate(store.entries(self.connection, start, start + width)):
            entry = entry_text(
                self.checkpoint.origin,
                row.stream,
                row.version,
                row.topic,
                row.position,
                row.recorded_at,
                row.state,
            )
            if leaf_of(entry) != leaves[at * SIZE : (at + 1) * SIZE]:
                raise LeafDiffers(row.position, "is not the one in the tree")
            entries.append(entry.encode())
        if len(entries) < width:
            raise LeafDiffers(start + len(entries), "is missing")
        return pack(entries)

    @property
    def named(self) -> tuple[str, int]:
        return self.checkpoint.origin, self.checkpoint.size


def sizes_by(policy: Policy | None) -> str:
    """Return the name of the query for the sizes of trees that were published."""
    cosigned = policy is not None and policy.needs_witnesses
    return "list_cosigned_sizes" if cosigned else "list_signed_sizes"


def check_grown(before: Checkpoint, now: Checkpoint, read: Read) -> None:
    """Demand that the tiles lead to a checkpoint, and that it grew out of another."""
    if before.size > now.size:
        raise Behind(now.origin, now.size, before.size)
    try:
        reached = root(now.size, read)
        proof = consistency(before.size, now.size, read)
        check_consistency(now.size, now.root, now.size, reached, ())
        check_consistency(before.size, before.root, now.size, now.root, proof)
    except (BadProof, BadTile) as error:
        raise Inconsistent(now.origin, before.size, str(error)) from error


def filled(old: int, new: int) -> Iterator[Piece]:
    """Yield the tiles that became full while a tree grew, the lowest first."""
    level = 0
    while full := new >> (level + 1) * HEIGHT:
        for n in range(old >> (level + 1) * HEIGHT, full):
            yield level, n, WIDTH
        level += 1


def partial(sizes: Iterable[int], new: int) -> Iterator[Piece]:
    """Yield the tiles of trees of these sizes that are not full in a new one either."""
    seen: set[Piece] = set()
    for size in sizes:
        for level, n, width in edge(size):
            full = (n + 1) << (level + 1) * HEIGHT <= new
            if not full and (level, n, width) not in seen:
                seen.add((level, n, width))
                yield level, n, width
