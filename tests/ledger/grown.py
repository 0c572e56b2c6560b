"""A tree of random entries that grew in random steps, as the log's tiles keep it."""

from random import Random
from typing import Any

from projections.ledger.standard.tiles import grow, reading
from projections.ledger.standard.tree import consistency, inclusion, leaf_hash, root

SEED = 20131
STEPS = (1, 1, 2, 7, 100, 255, 256, 257, 300)

Tiles = dict[tuple[int, int], bytes]


class Tree:
    """The tree, its entries, and what each step made."""

    def __init__(self, size: int) -> None:
        self.chance = Random(SEED)  # noqa: S311  reproducible, not secret
        self.entries = [self.chance.randbytes(n % 90) for n in range(size)]
        self.leaves = [leaf_hash(entry) for entry in self.entries]
        self.tiles: Tiles = {}
        self.steps = [0]
        self.grown: list[Tiles] = []  # what each step made
        while self.steps[-1] < size:
            self._step(min(size, self.steps[-1] + self.chance.choice(STEPS)))

    def _step(self, size: int) -> None:
        made = grow(self.fetch, self.steps[-1], self.leaves[self.steps[-1] : size])
        self.grown.append({(tile.level, tile.n): tile.data for tile in made})
        self.tiles |= self.grown[-1]
        self.steps.append(size)

    def fetch(self, level: int, n: int, width: int) -> bytes:
        return self.tiles[level, n][: 32 * width]

    def root(self, size: int) -> bytes:
        return root(size, reading(self.fetch, size))

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return inclusion(index, size, reading(self.fetch, size))

    def consistency(self, old: int, new: int) -> list[bytes]:
        return consistency(old, new, reading(self.fetch, new))

    def question(self) -> dict[str, Any]:
        """Return the question that makes the other program grow the same tree."""
        return {"Ask": "grow", "Entries": self.entries}

    def pairs(self, count: int) -> list[tuple[int, int]]:
        """Return entries of trees: an index, and the size of the tree."""
        sizes = [self.chance.randint(1, len(self.entries)) for _ in range(count)]
        return [(self.chance.randrange(size), size) for size in sizes]

    def tiles_at(self, size: int) -> Tiles:
        """Return the tiles of the tree as it was at a size."""
        found = {}
        for (level, n), data in self.tiles.items():
            width = (size >> 8 * level) - 256 * n
            if width > 0:
                found[level, n] = data[: 32 * width]
        return found
