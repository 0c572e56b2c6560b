"""The tree over the entries that a database holds of a log, computed from events."""

from bisect import bisect_left
from itertools import islice
from typing import Any

from psycopg import Connection

from projections.ledger import store
from projections.ledger.sequencer import checked
from projections.ledger.standard.tiles import grow, reading
from projections.ledger.standard.tree import SIZE, root

PAGE = 4096  # entries that are taken at once


class Held:
    """All entries of one origin, as far as they have been read; in memory."""

    def __init__(self, origin: str, first: int) -> None:
        self.origin, self.first = origin, first
        self.leaves = bytearray()
        self.tiles: dict[tuple[int, int], bytes] = {}

    @property
    def size(self) -> int:
        return len(self.leaves) // SIZE

    def read_on(self, connection: Connection[Any], size: int) -> None:
        """Read the entries that are missing up to a size.

        Raises:
            LeafDiffers: one of them is not what its leaf says.
        """
        start = self.first + self.size
        rows = enumerate(store.entries(connection, start, self.first + size), start)
        while page := list(islice(rows, PAGE)):
            self._take([checked(self.origin, *numbered) for numbered in page])

    def root(self, size: int) -> bytes:
        """Return the root over the first so many entries."""
        return root(size, reading(self._fetch, size))

    def has(self, size: int, root: bytes) -> bool:
        """Return whether a tree of that size and root is a beginning of this one."""
        return size <= self.size and self.root(size) == root

    def common(self, leaves: bytes) -> int:
        """Return how many first entries are the same as these."""
        most = min(len(leaves) // SIZE, self.size)
        return bisect_left(
            range(most),
            x=True,
            key=lambda n: self.leaves[: (n + 1) * SIZE] != leaves[: (n + 1) * SIZE],
        )

    def _take(self, leaves: list[bytes]) -> None:
        for level, n, _, data in grow(self._fetch, self.size, leaves):
            self.tiles[level, n] = data
        self.leaves += b"".join(leaves)

    def _fetch(self, level: int, n: int, width: int) -> bytes:
        return self.tiles.get((level, n), b"")[: width * SIZE]
