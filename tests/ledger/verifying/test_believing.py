"""Leaves are believed where they lead to the root, from whichever place gives them."""

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from projections.ledger.standard.tiles import WIDTH
from projections.ledger.standard.tree import leaf_hash, root_of
from projections.ledger.verifier.judging.believing import believe
from projections.ledger.verifier.judging.hashes import Hashes, differing

SIZES = st.integers(1, 600)


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(str(index).encode()) for index in range(size)]


def place(leaves: Sequence[bytes], height: int = 0) -> Hashes:
    return Hashes(b"".join(leaves), height)


def spoilt(leaves: Sequence[bytes], wrong: Sequence[int]) -> list[bytes]:
    found = list(leaves)
    for index in wrong:
        found[index] = leaf_hash(found[index])
    return found


@given(size=SIZES)
def test_hashes_are_those_of_the_tree(size: int) -> None:
    leaves = leaves_of(size)

    assert place(leaves).root(size) == root_of(leaves)
    assert place(leaves).over(0, size) == root_of(leaves)
    assert place(leaves).over(0, size + 1) is None


@given(size=SIZES, seed=st.integers())
def test_each_place_is_believed_where_it_is_right(size: int, seed: int) -> None:
    """Wrong here and there in each of two places, but nowhere in both."""
    chance, leaves = Random(seed), leaves_of(size)  # noqa: S311  no secret
    wrong = chance.sample(range(size), chance.randint(0, min(size, 9)))
    half = len(wrong) // 2
    places = [place(spoilt(leaves, part)) for part in (wrong[:half], wrong[half:])]

    proven = believe(root_of(leaves), size, places)

    assert proven.gaps == []
    assert bytes(proven.leaves) == b"".join(leaves)


@given(size=SIZES, seed=st.integers())
def test_nothing_wrong_is_ever_believed(size: int, seed: int) -> None:
    chance, leaves = Random(seed), leaves_of(size)  # noqa: S311  no secret
    wrong = chance.sample(range(size), chance.randint(1, min(size, 9)))
    lied = place(spoilt(leaves, wrong))
    upper = [leaves[at : at + WIDTH] for at in range(0, size - WIDTH + 1, WIDTH)]
    tiles = place([root_of(part) for part in upper], 8)

    proven = believe(root_of(leaves), size, [lied, tiles])

    for index, leaf in enumerate(leaves):
        assert not proven.whole(index, index + 1) or proven.leaf(index) == leaf
    assert size == 1 or proven.gaps, "a leaf that nobody shows is not known"


@given(size=SIZES)
def test_a_smaller_root_fills_gaps(size: int) -> None:
    leaves = leaves_of(size)
    lied = place(spoilt(leaves, [size - 1]))
    proven = believe(root_of(leaves), size, [lied])
    part = size // 2

    proven.fill(believe(root_of(leaves[:part]), part, [lied]))

    assert proven.whole(0, part)
    assert bytes(proven.leaves[: part * 32]) == b"".join(leaves[:part])


@given(size=SIZES, seed=st.integers())
def test_differences_are_all_found(size: int, seed: int) -> None:
    chance, leaves = Random(seed), leaves_of(size)  # noqa: S311  no secret
    wrong = sorted(chance.sample(range(size), chance.randint(0, min(size, 9))))
    start = chance.randrange(size)

    found = differing(b"".join(leaves), b"".join(spoilt(leaves, wrong)), start)

    assert list(found) == [index for index in wrong if index >= start]
