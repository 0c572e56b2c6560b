"""The hashes over a row of leaves: every level of the tree, computed when asked for."""

from collections.abc import Iterator
from hashlib import sha256

from projections.ledger.standard.tree import SIZE, root

BLOCK = 4096  # hashes compared at once
BLANK = bytes(SIZE)  # stands where there is no leaf: no hash of anything known


class Hashes:
    """The subtrees over leaves that one place gives, right or wrong."""

    def __init__(self, leaves: bytes, height: int = 0) -> None:
        """Begin with hashes.

        Args:
            leaves: hashes of 32 bytes each, one behind the other.
            height: over how many levels of the tree each of them stands: 0 for leaves.
        """
        self.height = height
        self._levels = [leaves]

    @property
    def leaves(self) -> bytes:
        return self._levels[0]

    @property
    def count(self) -> int:
        return len(self._levels[0]) // SIZE

    def level(self, level: int) -> bytes:
        """Return the hashes of all complete subtrees of a level, from our own up."""
        while len(self._levels) <= level:
            self._levels.append(above(self._levels[-1]))
        return self._levels[level]

    def read(self, level: int, n: int) -> bytes:
        return self.level(level)[n * SIZE : (n + 1) * SIZE]

    def root(self, size: int) -> bytes:
        """Return the root over the first *size* of the hashes."""
        return root(size, self.read)

    def over(self, start: int, stop: int) -> bytes | None:
        """Return the hash of a node of the tree over leaves *start* to *stop*.

        None where it is not made of whole hashes of ours, or we have not all of them.
        """
        unit = (1 << self.height) - 1
        if (start | stop) & unit or stop >> self.height > self.count:
            return None
        begin = start >> self.height

        def shifted(level: int, n: int) -> bytes:
            return self.read(level, n + (begin >> level))

        return root((stop >> self.height) - begin, shifted)


def above(level: bytes) -> bytes:
    """Return the hashes one level up; a last one without a partner has none."""
    pairs = range(0, len(level) - 2 * SIZE + 1, 2 * SIZE)
    return b"".join(
        [sha256(b"\x01" + level[at : at + 2 * SIZE]).digest() for at in pairs]
    )


def differing(one: bytes, other: bytes, start: int = 0) -> Iterator[int]:
    """Yield the indices, from *start* on, at which two rows of hashes differ.

    A hash that only one of them has is no difference.
    """
    stop = min(len(one), len(other)) // SIZE
    for block in range(start, stop, BLOCK):
        end = min(block + BLOCK, stop)
        if one[block * SIZE : end * SIZE] == other[block * SIZE : end * SIZE]:
            continue
        for index in range(block, end):
            at = index * SIZE
            if one[at : at + SIZE] != other[at : at + SIZE]:
                yield index
