"""A second implementation, in Go, makes the same tiles, and reads ours."""

import os
from itertools import pairwise
from typing import Any

import pytest

from projections.ledger.standard.tiles import edge, tile_path
from tests.ledger import corruption
from tests.ledger.corruption import Inclusion, believed
from tests.ledger.grown import Tiles, Tree
from tests.ledger.second import Second, read

SOAK = bool(os.environ.get("PROBITY_SOAK"))
SIZE = 70_000 if SOAK else 1_500


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(SIZE)


def go_path(level: int, n: int, width: int) -> str:
    """Return how tlog calls a tile: as tlog-tiles does, with the height before."""
    return tile_path(level, n, width).replace("tile/", "tile/8/", 1)


def named(tiles: Tiles) -> dict[str, bytes]:
    return {
        go_path(*place, width=len(data) // 32): data for place, data in tiles.items()
    }


@pytest.mark.soak
def test_both_make_the_same_tiles_at_every_step(second: Second, tree: Tree) -> None:
    steps = list(pairwise(tree.steps))

    _, *answers = second.ask(
        [tree.question()]
        + [{"Ask": "new tiles", "Old": old, "Size": size} for old, size in steps]
    )

    for (old, size), answer, made in zip(steps, answers, tree.grown, strict=True):
        # Theirs are of every width that a tile of the edge has had, or still has.
        before, after = named(tree.tiles_at(old)), named(tree.tiles_at(size))
        assert named(made) == {
            path: read([data])[0]
            for path, data in answer["Tiles"].items()
            if path in after and path not in before
        }


@pytest.mark.soak
def test_tiles_of_ours_hold_what_a_reader_of_theirs_looks_for(
    second: Second, tree: Tree
) -> None:
    pairs = tree.pairs(60)

    answers = second.ask(reads(tree, pair, tree.tiles_at(pair[1])) for pair in pairs)

    assert {answer["Error"] for answer in answers} == {""}
    assert [read(answer.get("Proof")) for answer in answers] == [
        tree.inclusion(*pair) for pair in pairs
    ]


def tampered(tree: Tree, size: int, level: int, n: int, width: int = 0) -> Tiles:
    """Return the tiles of the tree at a size, one of them with a bit flipped."""
    tiles = tree.tiles_at(size)
    assert width in (0, len(tiles[level, n]) // 32)
    return tiles | {(level, n): corruption.flip(tiles[level, n], tree.chance)}


def reads(tree: Tree, pair: tuple[int, int], tiles: Tiles) -> dict[str, Any]:
    """Return the question for the proof of an entry, with the tiles it is read from."""
    index, size = pair
    above = {(level, index >> 8 * (level + 1)) for level in range(8)}
    needed = above | {(level, n) for level, n, _ in edge(size)}
    return {
        "Ask": "read tiles",
        "Index": index,
        "Size": size,
        "Root": tree.root(size),
        "Tiles": named({place: tiles[place] for place in needed & tiles.keys()}),
    }


@pytest.mark.soak
def test_no_reader_of_theirs_believes_an_edge_that_was_tampered_with(
    second: Second, tree: Tree
) -> None:
    pairs = [(index, size) for index, size in tree.pairs(100) if size > 1]
    answers = second.ask(
        reads(tree, pair, tampered(tree, pair[1], *tree.chance.choice(edge(pair[1]))))
        for pair in pairs
    )

    assert {answer["Error"] for answer in answers} == {"downloaded inconsistent tile"}


@pytest.mark.soak
def test_no_proof_is_believed_that_was_read_from_a_tile_tampered_with(
    second: Second, tree: Tree
) -> None:
    # Versions of the library before 0.40 read some full tiles unchecked
    # (CVE-2026-56865), and then it is the proof that is refused.
    pairs = [(index, size) for index, size in tree.pairs(200) if size > 1]
    answers = second.ask(
        reads(tree, (index, size), tampered(tree, size, 0, index // 256))
        for index, size in pairs
    )

    for (index, size), answer in zip(pairs, answers, strict=True):
        proof = tuple(read(answer.get("Proof")))
        claim = Inclusion(index, size, tree.leaves[index], tree.root(size), proof)
        unharmed = list(proof) == tree.inclusion(index, size)
        assert answer["Error"] or unharmed or not believed(claim)
    assert any(answer["Error"] for answer in answers)
