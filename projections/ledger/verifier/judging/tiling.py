"""Whether tiles are those of the leaves: of each level, the first hash that is not."""

from collections.abc import Callable, Iterator

from projections.ledger.standard.tiles import HEIGHT, WIDTH, tile_path, tiles_of
from projections.ledger.standard.tree import SIZE
from projections.ledger.verifier.judging.hashes import Hashes, differing
from projections.ledger.verifier.sources.shown import Tiles
from projections.ledger.verifier.verdict import Difference

Sure = Callable[[int, int], bool]
"""Whether the leaves from an index up to another are known for certain."""


def compare_tiles(
    origin: str, tiles: Tiles, leaves: Hashes, sure: Sure
) -> Iterator[Difference]:
    """Yield, of each level, the first hash of a tile that is not that of the leaves."""
    wrong: dict[int, list[tuple[int, int, int]]] = {}
    for (level, n), data in sorted(tiles.items()):
        for at in wrong_hashes(level, n, data, leaves):
            start, stop = under(level, n, at)
            if sure(start, stop):
                wrong.setdefault(level, []).append((n, at, start))
    for level, found in wrong.items():
        n, at, start = found[0]
        path = tile_path(level, n, WIDTH)
        more = f", and {len(found) - 1} more of this level" if found[1:] else ""
        words = f"hash {at} of {path} is not that of the proven leaves{more}"
        yield Difference("tile-edited", words, origin, start)


def wrong_hashes(level: int, n: int, data: bytes, leaves: Hashes) -> Iterator[int]:
    """Yield which hashes of a tile are not those that the leaves have."""
    begin = n * WIDTH * SIZE
    right = leaves.level(level * HEIGHT)[begin : begin + WIDTH * SIZE]
    return differing(data, right)


def under(level: int, n: int, at: int) -> tuple[int, int]:
    """Return from which leaf to which, without the last, a hash of a tile stands."""
    start = n * WIDTH + at << level * HEIGHT
    return start, start + (1 << level * HEIGHT)


def missing_tiles(origin: str, tiles: Tiles, size: int) -> Iterator[Difference]:
    """Yield the first tile of the tree of a size that is not there, or not as wide."""
    absent = [
        (level, n, width)
        for level, n, width in tiles_of(size)
        if len(tiles.get((level, n), b"")) < width * SIZE
    ]
    for level, n, width in absent[:1]:
        have = len(tiles.get((level, n), b"")) // SIZE
        start, _ = under(level, n, have)
        more = f", and {len(absent) - 1} more tiles" if absent[1:] else ""
        words = f"{tile_path(level, n, width)} has {have} hashes and not {width}{more}"
        yield Difference("tile-edited", words, origin, start)
