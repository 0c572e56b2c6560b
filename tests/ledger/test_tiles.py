"""Tiles are those of C2SP tlog-tiles, however the tree grew, and hold all of it."""

from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projections.ledger.standard.tiles import (
    BadTile,
    Tile,
    edge,
    entries_path,
    grow,
    pack,
    reading,
    tile_path,
    tiles_of,
    unpack,
)
from projections.ledger.standard.tree import consistency, inclusion, leaf_hash, root
from tests.ledger.definition import definition, path, proof

LEAVES = [leaf_hash(b"%d" % index) for index in range(256**2 + 600)]
MTH = definition(LEAVES.__getitem__)
# Sizes at which a tile of either kind begins, is nearly full, and is full.
BORDERS = (0, 1, 2, 100, 255, 256, 257, 300, 511, 512, 513, 767, 768, 769, 1025)
HIGH = 256**2

Tiles = dict[tuple[int, int], bytes]


def from_scratch(size: int) -> Tiles:
    """Return the tiles of a tree as C2SP tlog-tiles defines each of their hashes."""
    tiles: Tiles = {}
    for level in range(4):
        span = 256**level
        hashes = [MTH(at * span, (at + 1) * span) for at in range(size // span)]
        for n in range(0, len(hashes), 256):
            tiles[level, n // 256] = b"".join(hashes[n : n + 256])
    return tiles


class Shelf:
    """Tiles in memory, and what was asked of them."""

    def __init__(self, tiles: Tiles) -> None:
        self.tiles = dict(tiles)
        self.asked: list[tuple[int, int, int]] = []

    def fetch(self, level: int, n: int, width: int) -> bytes:
        self.asked.append((level, n, width))
        return self.tiles[level, n][: 32 * width]

    def put(self, tiles: Iterable[Tile]) -> None:
        for tile in tiles:
            assert tile.width * 32 == len(tile.data)
            begun = self.tiles.get((tile.level, tile.n), b"")
            assert tile.data.startswith(begun), "a tile may only become wider"
            self.tiles[tile.level, tile.n] = tile.data


def grown(shelf: Shelf, old: int, leaves: Sequence[bytes]) -> list[Tile]:
    tiles = grow(shelf.fetch, old, leaves)
    shelf.put(tiles)
    return tiles


@given(st.lists(st.integers(0, 700), max_size=6))
@example([255, 1, 1])
@example([256, 256])
@example([1, 255, 1])
@example([0, 1024, 0, 1])
def test_tiles_are_the_same_however_the_tree_grew(batches: list[int]) -> None:
    shelf, size = Shelf({}), 0
    for batch in batches:
        grown(shelf, size, LEAVES[size : size + batch])
        size += batch

    assert shelf.tiles == from_scratch(size)


@pytest.mark.parametrize(
    ("old", "new"), [*combinations_with_replacement(BORDERS, 2)], ids=str
)
def test_growing_returns_what_is_new_or_wider_and_nothing_else(
    old: int, new: int
) -> None:
    before, after = from_scratch(old), from_scratch(new)
    shelf = Shelf(before)

    tiles = grown(shelf, old, LEAVES[old:new])

    assert {(tile.level, tile.n): tile.data for tile in tiles} == {
        place: data for place, data in after.items() if before.get(place) != data
    }
    assert len(tiles) == len({(tile.level, tile.n) for tile in tiles})
    assert [tile.level for tile in tiles] == sorted(tile.level for tile in tiles)


def test_growing_asks_for_the_partial_tiles_of_the_old_tree_only() -> None:
    for old in (HIGH - 1, HIGH, HIGH + 1, HIGH + 511):
        shelf = Shelf(from_scratch(old))
        grown(shelf, old, LEAVES[old : old + 1])
        assert set(shelf.asked) <= set(edge(old))


@pytest.mark.parametrize("old", [HIGH - 1, HIGH - 256, HIGH - 257, HIGH, HIGH + 255])
@pytest.mark.parametrize("batch", [1, 2, 256, 258])
def test_tiles_grow_past_the_third_level(old: int, batch: int) -> None:
    shelf = Shelf(from_scratch(old))

    grown(shelf, old, LEAVES[old : old + batch])

    assert shelf.tiles == from_scratch(old + batch)


def test_a_tree_is_read_from_its_tiles_at_every_size() -> None:
    shelf, size = Shelf({}), 0
    while size < 1100:
        grown(shelf, size, LEAVES[size : size + 1])
        size += 1
        shelf.asked.clear()
        assert root(size, reading(shelf.fetch, size)) == MTH(0, size)
        assert set(shelf.asked) <= set(tiles_of(size))
        assert len(shelf.asked) == len(set(shelf.asked)), "no tile is fetched twice"


@given(st.integers(1, HIGH + 600), st.data())
def test_an_older_tree_is_read_from_the_tiles_of_a_younger_one(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    read = reading(YOUNGEST.fetch, size)

    assert inclusion(index, size, read) == path(MTH, index, 0, size)
    assert index == 0 or consistency(index, size, read) == proof(MTH, index, size)


YOUNGEST = Shelf(from_scratch(HIGH + 600))


def test_no_subtree_is_read_that_the_tree_does_not_have() -> None:
    read = reading(YOUNGEST.fetch, 300)

    assert read(8, 0) == MTH(0, 256)
    for level, n in ((0, 300), (2, 75), (8, 1), (9, 0), (16, 0)):
        with pytest.raises(ValueError, match=f"{n} of level {level} is not complete"):
            read(level, n)


@pytest.mark.parametrize("data", [b"", bytes(32 * 44 - 1), bytes(32 * 45)])
def test_a_tile_of_the_wrong_length_is_refused(data: bytes) -> None:
    def fetch(level: int, n: int, width: int) -> bytes:
        del level, n, width
        return data

    told = f"tile/0/000.p/44 has {len(data)} bytes and not 1408"
    with pytest.raises(BadTile, match=told):
        root(44, reading(fetch, 44))
    with pytest.raises(BadTile, match=told):
        grow(fetch, 44, LEAVES[:1])


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    tiles = list(tiles_of(70_000))

    assert tiles == [
        *((0, n, 256) for n in range(273)),
        (0, 273, 112),
        (1, 0, 256),
        (1, 1, 17),
        (2, 0, 1),
    ]
    assert edge(70_000) == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]


def test_a_tree_of_256_has_a_full_tile_and_one_above_it() -> None:
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert edge(256) == [(1, 0, 1)]


@given(st.integers(0, 2**40))
@example(0)
@example(256**2)
@example(256**3 - 1)
def test_the_edge_is_where_the_specification_puts_partial_tiles(size: int) -> None:
    widths = {level: size // 256**level % 256 for level in range(6)}

    assert edge(size) == [
        (level, size // 256 ** (level + 1), width)
        for level, width in widths.items()
        if width
    ]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 300, 1025, HIGH, HIGH + 300])
def test_the_tiles_of_a_tree_are_counted_as_they_are(size: int) -> None:
    assert list(tiles_of(size)) == [
        (*place, len(data) // 32) for place, data in from_scratch(size).items()
    ]


@pytest.mark.parametrize(
    ("level", "n", "width", "expected"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 1_234_067, 256, "tile/0/x001/x234/067"),
        (0, 1_234_067, 7, "tile/0/x001/x234/067.p/7"),
        (1, 999, 255, "tile/1/999.p/255"),
        (2, 1000, 1, "tile/2/x001/000.p/1"),
        (63, 12_345, 256, "tile/63/x012/345"),
        (3, 999_999, 256, "tile/3/x999/999"),
    ],
)
def test_a_tile_is_where_the_specification_puts_it(
    level: int, n: int, width: int, expected: str
) -> None:
    assert tile_path(level, n, width) == expected


def test_entries_are_where_the_specification_puts_them() -> None:
    assert entries_path(0, 256) == "tile/entries/000"
    assert entries_path(1_234_067, 8) == "tile/entries/x001/x234/067.p/8"


@given(st.lists(st.binary(max_size=300), max_size=256))
@example([bytes(0xFFFF), b"", b"x"])
def test_what_was_packed_is_unpacked(entries: list[bytes]) -> None:
    assert unpack(pack(entries)) == entries


def test_entries_stand_behind_their_length_in_two_bytes() -> None:
    assert pack([b"ab", b"", b"c" * 258]) == b"\x00\x02ab\x00\x00\x01\x02" + b"c" * 258


def test_an_entry_too_long_for_a_bundle_is_refused() -> None:
    with pytest.raises(BadTile, match="65536 bytes"):
        pack([bytes(0x10000)])


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=5), st.data())
def test_a_bundle_cut_within_an_entry_is_refused(
    entries: list[bytes], data: st.DataObject
) -> None:
    bundle = pack(entries)
    cut = data.draw(st.integers(1, len(bundle) - 1))
    whole = [pack(entries[:count]) for count in range(len(entries) + 1)]

    if bundle[:cut] in whole:
        assert pack(unpack(bundle[:cut])) == bundle[:cut]
    else:
        with pytest.raises(BadTile, match="ends within its entry"):
            unpack(bundle[:cut])
