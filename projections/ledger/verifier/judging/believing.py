"""Which leaves a root proves: of each place, the hashes that lead to that root."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from projections.ledger.standard.tree import SIZE, node_hash
from projections.ledger.verifier.judging.hashes import BLANK, Hashes

PATIENCE = 20_000  # nodes at which leaves of several places are combined
MOST = 4096  # hashes that one node may have by that
Span = tuple[int, int]


@dataclass
class Proven:
    """The leaves that must stand under a root that is trusted.

    Attributes:
        leaves: their hashes; blank in the gaps.
        gaps: where no place gives hashes that fit: from, and up to but without.
    """

    leaves: bytearray
    gaps: list[Span] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.leaves) // SIZE

    def whole(self, start: int, stop: int) -> bool:
        """Return whether every leaf from *start* up to *stop* is known."""
        return stop <= self.size and not any(
            a < stop and start < b for a, b in self.gaps
        )

    def leaf(self, index: int) -> bytes:
        return bytes(self.leaves[index * SIZE : (index + 1) * SIZE])

    def fill(self, other: "Proven") -> None:
        """Fill gaps with what another root proves of the same log."""
        for start, stop in self.gaps:
            end = min(stop, other.size)
            if start < end:
                part = slice(start * SIZE, end * SIZE)
                self.leaves[part] = other.leaves[part]
        self.gaps = [left for gap in self.gaps for left in _without(gap, other)]


def _without(gap: Span, other: Proven) -> Iterator[Span]:
    """Yield what is left of a gap where another root proves some of it."""
    start, stop = gap
    cut = [(a, b) for a, b in (*other.gaps, (other.size, stop)) if a < b]
    yield from (
        (max(a, start), min(b, stop)) for a, b in cut if max(a, start) < min(b, stop)
    )


def believe(root: bytes, size: int, places: Sequence[Hashes]) -> Proven:
    """Return the leaves that *root* proves, from whichever place gives them right.

    From the root down, a hash is believed if it is half of a pair that hashes to one
    that is. So each subtree is taken from a place that reproduces it, however wrong
    that place is elsewhere. As nobody finds two inputs of one SHA-256, what is believed
    is what was signed.

    Args:
        root: the root of a checkpoint that is trusted.
        size: how many leaves it is over.
        places: where there are hashes: of leaves, or of higher levels of the tree.
    """
    proven, search = Proven(bytearray(size * SIZE)), Search(places)
    open_nodes = [(0, size, root)] if size else []
    while open_nodes:
        start, stop, believed = open_nodes.pop()
        leaves = search.reproducing(start, stop, believed)
        if leaves is not None:
            proven.leaves[start * SIZE : stop * SIZE] = leaves
        elif (halves := search.halves(start, stop, believed)) is not None:
            middle, left, right = halves
            open_nodes += [(middle, stop, right), (start, middle, left)]
        else:
            proven.gaps.append((start, stop))
    return proven


class Search:
    """Looks among places for what hashes to a hash that is believed."""

    def __init__(self, places: Sequence[Hashes]) -> None:
        self.places = places
        self.patience = PATIENCE

    def reproducing(self, start: int, stop: int, believed: bytes) -> bytes | None:
        """Return the leaves of a node as a place has them that reproduces it."""
        if stop - start == 1:
            return believed
        for place in self.places:
            if place.height == 0 and place.over(start, stop) == believed:
                return place.leaves[start * SIZE : stop * SIZE]
        return None

    def halves(
        self, start: int, stop: int, believed: bytes
    ) -> tuple[int, bytes, bytes] | None:
        """Return where a node divides, and the two hashes that make it.

        Where no two places give them, places may be wrong each at another leaf: then
        their leaves are combined, as long as these are few.
        """
        middle = divided(start, stop)
        for look in (self.given, self.combined):
            for left, right in product(look(start, middle), look(middle, stop)):
                if node_hash(left, right) == believed:
                    return middle, left, right
        return None

    def given(self, start: int, stop: int) -> set[bytes]:
        """Return the hashes of a node that places give."""
        found = {place.over(start, stop) for place in self.places}
        return {one for one in found if one is not None and one != BLANK}

    def combined(self, start: int, stop: int) -> set[bytes]:
        """Return also those that come of one place's leaves among another's."""
        given = self.given(start, stop)
        self.patience -= 1
        if len(given) < 2 or stop - start == 1 or self.patience < 0:  # noqa: PLR2004  they agree
            return given
        middle = divided(start, stop)
        lefts, rights = self.combined(start, middle), self.combined(middle, stop)
        if len(lefts) * len(rights) > MOST:
            return given
        return given | {node_hash(*pair) for pair in product(lefts, rights)}


def divided(start: int, stop: int) -> int:
    """Return where a node of the tree divides (RFC 6962, section 2.1)."""
    return start + (1 << (stop - start - 1).bit_length() - 1)
