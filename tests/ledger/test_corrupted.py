"""Proofs that were tampered with, in every way we could think of: none is believed."""

import os
from collections import Counter

import pytest

from projections.ledger.standard.tree import BadProof, check_inclusion, inclusion
from tests.ledger.corruption import (
    CHANGES,
    LEAVES,
    MTH,
    Claim,
    Growth,
    Inclusion,
    believed,
    corrupted,
    read,
)

SOAK = bool(os.environ.get("PROBITY_SOAK"))
CORRUPTED = 1_000_000 if SOAK else 20_000
SEED = 6962


def campaign(kind: type[Claim], count: int) -> Counter[str]:
    """Return how many false claims of a kind were tried, by how they were made."""
    tried: Counter[str] = Counter()
    for true, change, false in corrupted(kind, SEED):
        if false.meaning() != true.meaning():
            assert believed(true), true
            assert not believed(false), (change, true, false)
            tried[change] += 1
        if tried.total() == count:
            break
    return tried


@pytest.mark.soak
@pytest.mark.parametrize("kind", [Inclusion, Growth])
def test_no_corrupted_proof_is_believed(kind: type[Claim]) -> None:
    tried = campaign(kind, CORRUPTED // 2)

    assert set(tried) == {change.__name__ for change in CHANGES}
    assert min(tried.values()) >= CORRUPTED // 100


def test_a_proof_fits_other_sizes_of_the_same_shape_which_is_why_they_are_signed() -> (
    None
):
    head, proof = MTH(0, 5), inclusion(0, 5, read)

    for size in (5, 6, 7, 8):
        check_inclusion(LEAVES[0], 0, size, proof, head)
    for size in (4, 9):
        with pytest.raises(BadProof, match="hashes and not"):
            check_inclusion(LEAVES[0], 0, size, proof, head)
