"""The tree is that of RFC 6962 at every size, and so are its proofs, and they prove."""

from functools import cache
from hashlib import sha256
from itertools import combinations

import pytest

from projections.ledger.standard.tree import (
    EMPTY_ROOT,
    BadProof,
    Read,
    check_consistency,
    check_inclusion,
    consistency,
    fold,
    inclusion,
    leaf_hash,
    node_hash,
    root,
    root_of,
)
from tests.ledger.definition import Over, definition, path, proof

EVERY = 2049
HIGH = 256**3
LEAVES = [leaf_hash(f"entry {index}".encode()) for index in range(256**2 + 2)]
# In the high tree all leaves are the same but these.
MARKED = (0, 1, 255, 256, 65535, 65536, HIGH // 2, HIGH - 257, HIGH - 1, HIGH)
BEYOND = 2 * HIGH
SOME = (0, 1, 2, 255, 256, 257, 32767, 32768, 65279, 65280, 65535, 65536)
OLD = (1, 2, 255, 256, 257, 4096, 32767, 32768, 32769, 65280, 65535, 65536)


def marked(start: int, stop: int) -> bool:
    return any(start <= index < stop for index in MARKED)


def like_high(start: int, stop: int) -> tuple[int, int]:
    return (start, stop) if marked(start, stop) else (BEYOND, BEYOND + stop - start)


def leaf_high(index: int) -> bytes:
    return LEAVES[MARKED.index(index) if index in MARKED else -1]


@cache
def alike(level: int) -> bytes:
    """Return the hash over a complete subtree in which no leaf is marked."""
    return node_hash(alike(level - 1), alike(level - 1)) if level else LEAVES[-1]


@cache
def read_high(level: int, n: int) -> bytes:
    if not marked(n << level, (n + 1) << level):
        return alike(level)
    if not level:
        return leaf_high(n)
    return node_hash(read_high(level - 1, 2 * n), read_high(level - 1, 2 * n + 1))


@cache
def read(level: int, n: int) -> bytes:
    return fold(b"".join(LEAVES[n << level : (n + 1) << level]))


LOW_TREE = (definition(LEAVES.__getitem__), read)
HIGH_TREE = (definition(leaf_high, like_high), read_high)


def prove_entry(index: int, size: int, tree: tuple[Over, Read]) -> None:
    mth, read = tree
    found = inclusion(index, size, read)

    assert found == path(mth, index, 0, size)
    check_inclusion(mth(index, index + 1), index, size, found, mth(0, size))


def prove_growth(old: int, new: int, tree: tuple[Over, Read]) -> None:
    mth, read = tree
    found = consistency(old, new, read)

    assert found == proof(mth, old, new)
    check_consistency(old, mth(0, old), new, mth(0, new), found)


def test_the_empty_tree_has_the_hash_of_nothing_as_its_root() -> None:
    assert sha256(b"").digest() == EMPTY_ROOT == root_of([]) == root(0, read)


def test_every_size_has_the_root_that_the_definition_gives_it() -> None:
    mth, _ = LOW_TREE
    for size in range(EVERY + 1):
        assert root(size, read) == root_of(LEAVES[:size]) == mth(0, size), size


def test_every_entry_of_every_small_tree_is_proved() -> None:
    for size in range(131):
        for index in range(size):
            prove_entry(index, size, LOW_TREE)


def test_every_growth_of_a_small_tree_is_proved() -> None:
    for old, new in combinations(range(1, 131), 2):
        prove_growth(old, new, LOW_TREE)


def test_an_entry_of_every_tree_is_proved() -> None:
    for size in range(1, EVERY + 1):
        for index in {0, size // 3, size // 2, size - 1}:
            prove_entry(index, size, LOW_TREE)


def test_the_growth_of_every_tree_is_proved() -> None:
    for new in range(2, EVERY + 1):
        for old in {1, new // 3 or 1, new // 2, new - 1}:
            prove_growth(old, new, LOW_TREE)


@pytest.mark.parametrize("size", [255, 256, 257])
def test_all_is_proved_where_a_tile_becomes_full(size: int) -> None:
    for index in range(size):
        prove_entry(index, size, LOW_TREE)
    for old in range(1, size):
        prove_growth(old, size, LOW_TREE)


@pytest.mark.parametrize("size", [256**2 - 1, 256**2, 256**2 + 1])
def test_all_is_proved_where_a_tile_of_tiles_becomes_full(size: int) -> None:
    assert root(size, read) == LOW_TREE[0](0, size)
    for index in (*SOME, size - 1):
        if index < size:
            prove_entry(index, size, LOW_TREE)
    for old in OLD:
        if old < size:
            prove_growth(old, size, LOW_TREE)


@pytest.mark.parametrize("size", [HIGH - 1, HIGH, HIGH + 1])
def test_all_is_proved_at_sixteen_million_entries(size: int) -> None:
    assert root(size, read_high) == HIGH_TREE[0](0, size)
    for index in (*SOME, *MARKED[:-1], size - 1):
        if index < size:
            prove_entry(index, size, HIGH_TREE)
    for old in (*OLD, HIGH // 2 - 1, HIGH // 2, HIGH // 2 + 1, HIGH - 256, HIGH - 1):
        if old < size:
            prove_growth(old, size, HIGH_TREE)


def test_there_is_no_proof_of_an_entry_that_is_not_there() -> None:
    for index, size in ((-1, 3), (3, 3), (4, 3), (0, 0)):
        with pytest.raises(ValueError, match=f"no entry {index} in a tree of {size}"):
            inclusion(index, size, read)
        with pytest.raises(BadProof, match=f"no entry {index} in a tree of {size}"):
            check_inclusion(LEAVES[0], index, size, [], LEAVES[0])


def test_no_tree_grew_out_of_a_greater_one() -> None:
    for old, new in ((3, 2), (1, 0), (-1, 2)):
        with pytest.raises(ValueError, match=f"a tree of {new} did not grow"):
            consistency(old, new, read)
        with pytest.raises(BadProof, match=f"a tree of {new} did not grow"):
            check_consistency(old, EMPTY_ROOT, new, EMPTY_ROOT, [])


def test_a_tree_that_did_not_grow_needs_no_proof() -> None:
    for size in (0, 1, 2, 3, 256, 300):
        head = root(size, read)
        assert consistency(size, size, read) == []
        check_consistency(size, head, size, head, [])
        with pytest.raises(BadProof, match="nothing proves"):
            check_consistency(size, head, size, head, [LEAVES[0]])


def test_two_roots_of_one_size_are_never_one_tree() -> None:
    with pytest.raises(BadProof, match="two roots of the same size, 7"):
        check_consistency(7, LEAVES[0], 7, LEAVES[1], [])


def test_every_tree_grew_out_of_nothing() -> None:
    for size in (1, 2, 300):
        assert consistency(0, size, read) == []
        check_consistency(0, EMPTY_ROOT, size, root(size, read), [])
        with pytest.raises(BadProof, match="nothing proves"):
            check_consistency(0, EMPTY_ROOT, size, root(size, read), [LEAVES[0]])


def test_nothing_has_one_root_only_and_nothing_else_has_it() -> None:
    for old_root, new_root, size in (
        (LEAVES[0], LEAVES[1], 5),
        (LEAVES[0], LEAVES[0], 0),
        (EMPTY_ROOT, LEAVES[0], 0),
        (EMPTY_ROOT, EMPTY_ROOT, 5),
    ):
        with pytest.raises(BadProof, match="only a tree without entries"):
            check_consistency(0, old_root, size, new_root, [])


@pytest.mark.parametrize("wrong", [b"", b"short", bytes(31), bytes(33), bytes(64)])
def test_what_is_not_as_long_as_a_hash_is_none(wrong: bytes) -> None:
    good = LEAVES[0]
    for leaf, hashes, head in (
        (wrong, [], good),
        (good, [], wrong),
        (good, [wrong], good),
    ):
        with pytest.raises(BadProof, match="has 32 bytes"):
            check_inclusion(leaf, 0, 1, hashes, head)
    for old, hashes, new in (
        (wrong, [], good),
        (good, [], wrong),
        (good, [wrong], good),
    ):
        with pytest.raises(BadProof, match="has 32 bytes"):
            check_consistency(1, old, 2, new, hashes)


def test_an_inner_node_cannot_pass_for_an_entry() -> None:
    left, right = LEAVES[0], LEAVES[1]

    assert leaf_hash(left + right) != node_hash(left, right)
