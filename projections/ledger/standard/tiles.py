"""The tree cut into tiles (C2SP tlog-tiles): how it is stored, read and grown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from projections.ledger.standard.tree import SIZE, Read, fold

HEIGHT = 8  # levels of the tree in a tile
WIDTH = 1 << HEIGHT  # hashes in a full tile
LONGEST = 0xFFFF  # bytes of an entry in a bundle
KEPT = 64  # tiles that a reader remembers: a proof of any size needs fewer

Fetch = Callable[[int, int, int], bytes]
"""Gives the first *width* hashes of tile *n* of a level, one behind the other."""


class BadTile(ValueError):
    """A tile or a bundle of entries that is not what it should be."""


class Tile(NamedTuple):
    """A tile as it is stored.

    Attributes:
        level: 0 for leaf hashes; then each hash is that of a full tile one level below.
        n: which tile of its level, from 0.
        width: how many hashes it has, 1 to 256.
        data: the hashes, one behind the other.
    """

    level: int
    n: int
    width: int
    data: bytes


def reading(fetch: Fetch, size: int) -> Read:
    """Return a way to read the complete subtrees of the tree of a size.

    What is read never changes, and is remembered: make a new one for each size.

    Args:
        fetch: where the tiles are.
        size: the size of the tree. No tile is fetched that it does not have, nor wider.
    """

    @lru_cache(KEPT)
    def tile(level: int, n: int) -> bytes:
        return _fetched(
            fetch, level, n, min(WIDTH, (size >> level * HEIGHT) - n * WIDTH)
        )

    @lru_cache(KEPT * WIDTH)
    def read(level: int, n: int) -> bytes:
        if (n + 1) << level > size:
            raise ValueError(f"subtree {n} of level {level} is not complete at {size}")
        high, low = divmod(level, HEIGHT)
        at, first = divmod(n << low, WIDTH)
        return fold(tile(high, at)[first * SIZE : (first + (1 << low)) * SIZE])

    return read


def grow(fetch: Fetch, old: int, leaves: Sequence[bytes]) -> list[Tile]:
    """Return the tiles that are new or wider once a tree has more leaves.

    Args:
        fetch: where the tiles of the tree of size *old* are: one a level is fetched, at
            most.
        old: the size of the tree.
        leaves: the leaf hashes that follow, in order.

    Returns:
        The tiles, the lower levels first. To store them is to have the greater tree.
    """
    tiles: list[Tile] = []
    level, more = 0, b"".join(leaves)
    while more:
        n, width = divmod(old >> level * HEIGHT, WIDTH)
        begun = _fetched(fetch, level, n, width) if width else b""
        here = list(_cut(level, n, begun + more))
        tiles += here
        more = b"".join(fold(tile.data) for tile in here if tile.width == WIDTH)
        level += 1
    return tiles


def edge(size: int) -> list[tuple[int, int, int]]:
    """Return the partial tiles of a tree: level, n and width, the lowest first."""
    levels = range((size.bit_length() + HEIGHT - 1) // HEIGHT)
    ends = ((level, *divmod(size >> level * HEIGHT, WIDTH)) for level in levels)
    return [end for end in ends if end[2]]


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield all tiles of a tree: level, n and width, the lowest first."""
    level = 0
    while hashes := size >> level * HEIGHT:
        for n in range((hashes + WIDTH - 1) // WIDTH):
            yield level, n, min(WIDTH, hashes - n * WIDTH)
        level += 1


def tile_path(level: int, n: int, width: int) -> str:
    """Return where a tile is published, under the address of the log."""
    return f"tile/{level}/{_number(n)}{_partial(width)}"


def entries_path(n: int, width: int) -> str:
    """Return where a bundle of entries is published, under the address of the log."""
    return f"tile/entries/{_number(n)}{_partial(width)}"


def pack(entries: Iterable[bytes]) -> bytes:
    """Return a bundle of entries, each behind its length in two bytes.

    Raises:
        BadTile: an entry is longer than 65,535 bytes.
    """
    parts = []
    for entry in entries:
        if len(entry) > LONGEST:
            raise BadTile(f"an entry of {len(entry)} bytes: {LONGEST} is the most")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def unpack(bundle: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        BadTile: the bundle ends within an entry.
    """
    entries, at = [], 0
    while at < len(bundle):
        start = at + 2
        at = start + int.from_bytes(bundle[at:start], "big")
        entries.append(bundle[start:at])
        if at > len(bundle):
            raise BadTile(f"the bundle ends within its entry {len(entries) - 1}")
    return entries


def _fetched(fetch: Fetch, level: int, n: int, width: int) -> bytes:
    data = fetch(level, n, width)
    if len(data) != width * SIZE:
        path = tile_path(level, n, width)
        raise BadTile(f"{path} has {len(data)} bytes and not {width * SIZE}")
    return data


def _cut(level: int, n: int, hashes: bytes) -> Iterator[Tile]:
    for at in range(0, len(hashes), WIDTH * SIZE):
        data = hashes[at : at + WIDTH * SIZE]
        yield Tile(level, n + at // (WIDTH * SIZE), len(data) // SIZE, data)


def _number(n: int) -> str:
    digits = str(n)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"
