"""Claims about the tree, true ones, and how they are made false.

A claim is all that a check is given: sizes, roots or a leaf, and the proof.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from projections.ledger.standard.tree import (
    EMPTY_ROOT,
    BadProof,
    check_consistency,
    check_inclusion,
    consistency,
    inclusion,
    leaf_hash,
)
from tests.ledger.definition import definition, recipe, sides

LARGEST = 1100
LEAVES = [leaf_hash(b"%d" % index) for index in range(LARGEST)]
MTH = definition(LEAVES.__getitem__)


@cache
def read(level: int, n: int) -> bytes:
    return MTH(n << level, (n + 1) << level)


@dataclass(frozen=True)
class Inclusion:
    """The claim that an entry (a leaf) is in a tree (a root)."""

    first: int  # the index
    second: int  # the size
    low: bytes  # the leaf
    high: bytes  # the root
    proof: tuple[bytes, ...]

    @classmethod
    def true(cls, chance: Random) -> "Inclusion":
        size = chance.randint(1, chance.choice((3, 20, 300, LARGEST)))
        index = chance.randrange(size)
        proof = tuple(inclusion(index, size, read))
        return cls(index, size, LEAVES[index], MTH(0, size), proof)

    def check(self) -> None:
        check_inclusion(self.low, self.first, self.second, self.proof, self.high)

    def meaning(self) -> object:
        """Return what the check can know of this claim."""
        possible = 0 <= self.first < self.second
        shape = sides(self.first, self.second) if possible else None
        return shape, self.low, self.high, self.proof


@dataclass(frozen=True)
class Growth:
    """The claim that a tree (a size and a root) grew out of another."""

    first: int  # the old size
    second: int  # the new one
    low: bytes  # the old root
    high: bytes  # the new one
    proof: tuple[bytes, ...]

    @classmethod
    def true(cls, chance: Random) -> "Growth":
        new = chance.randint(0, chance.choice((3, 20, 300, LARGEST)))
        old = chance.randint(0, new)
        proof = tuple(consistency(old, new, read))
        return cls(old, new, MTH(0, old), MTH(0, new), proof)

    def check(self) -> None:
        check_consistency(self.first, self.low, self.second, self.high, self.proof)

    def meaning(self) -> object:
        """Return what the check can know of this claim."""
        if self.first == 0 <= self.second:
            # Out of nothing every tree grew: only what nothing is can be wrong.
            empty = self.high == EMPTY_ROOT
            fits = self.low == EMPTY_ROOT and empty == (self.second == 0)
            return fits and not self.proof
        possible = 0 < self.first <= self.second
        shape = recipe(self.first, self.second) if possible else None
        return shape, self.low, self.high, self.proof


Claim = Inclusion | Growth
Change = Callable[[Claim, Random], Claim]


def flip(data: bytes, chance: Random) -> bytes:
    bit = chance.randrange(len(data) * 8)
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def other_hash(claim: Claim, chance: Random) -> bytes:
    """Return a hash that is easily taken for another."""
    size = chance.randint(0, LARGEST)
    near = (claim.low, claim.high, *claim.proof)
    return chance.choice((*near, chance.choice(LEAVES), MTH(0, size), bytes(32)))


def other_number(number: int, chance: Random) -> int:
    return chance.choice(
        (
            number + chance.choice((-2, -1, 1, 2)),
            number ^ 1 << chance.randrange(12),
            number * 2,
            number // 2,
            -number,
            chance.randint(0, LARGEST),
        )
    )


def with_hashes(claim: Claim, hashes: list[bytes]) -> Claim:
    return replace(claim, proof=tuple(hashes))


def flip_a_hash(claim: Claim, chance: Random) -> Claim:
    hashes = list(claim.proof)
    if hashes:
        at = chance.randrange(len(hashes))
        hashes[at] = flip(hashes[at], chance)
    return with_hashes(claim, hashes)


def replace_a_hash(claim: Claim, chance: Random) -> Claim:
    hashes = list(claim.proof)
    if hashes:
        hashes[chance.randrange(len(hashes))] = other_hash(claim, chance)
    return with_hashes(claim, hashes)


def swap_hashes(claim: Claim, chance: Random) -> Claim:
    hashes = list(claim.proof)
    if hashes:
        one, two = chance.choices(range(len(hashes)), k=2)
        hashes[one], hashes[two] = hashes[two], hashes[one]
    return with_hashes(claim, hashes)


def reverse_hashes(claim: Claim, _: Random) -> Claim:
    return with_hashes(claim, list(claim.proof[::-1]))


def drop_hashes(claim: Claim, chance: Random) -> Claim:
    hashes = list(claim.proof)
    if hashes:
        at = chance.randrange(len(hashes))
        del hashes[at : at + chance.choice((1, 1, 2, len(hashes)))]
    return with_hashes(claim, hashes)


def add_a_hash(claim: Claim, chance: Random) -> Claim:
    hashes = list(claim.proof)
    hashes.insert(chance.randint(0, len(hashes)), other_hash(claim, chance))
    return with_hashes(claim, hashes)


def cut_a_hash(claim: Claim, chance: Random) -> Claim:
    """Move the border between two hashes, or cut bytes off, or add some."""
    hashes = list(claim.proof)
    if hashes:
        at = chance.randrange(len(hashes))
        cut = chance.choice((0, 1, 16, 31))
        hashes[at : at + 1] = chance.choice(
            (
                [hashes[at][:cut]],
                [hashes[at][:cut], hashes[at][cut:]],
                [hashes[at] + bytes(cut + 1)],
                [b"".join(hashes[at : at + 2])],
            )
        )
    return with_hashes(claim, hashes)


def wrong_first(claim: Claim, chance: Random) -> Claim:
    return replace(claim, first=other_number(claim.first, chance))


def wrong_second(claim: Claim, chance: Random) -> Claim:
    return replace(claim, second=other_number(claim.second, chance))


def swap_numbers(claim: Claim, _: Random) -> Claim:
    return replace(claim, first=claim.second, second=claim.first)


def flip_low(claim: Claim, chance: Random) -> Claim:
    return replace(claim, low=flip(claim.low, chance))


def flip_high(claim: Claim, chance: Random) -> Claim:
    return replace(claim, high=flip(claim.high, chance))


def other_low(claim: Claim, chance: Random) -> Claim:
    return replace(claim, low=other_hash(claim, chance))


def other_high(claim: Claim, chance: Random) -> Claim:
    return replace(claim, high=other_hash(claim, chance))


def swap_ends(claim: Claim, _: Random) -> Claim:
    return replace(claim, low=claim.high, high=claim.low)


def proof_of_another(claim: Claim, chance: Random) -> Claim:
    return replace(claim, proof=type(claim).true(chance).proof)


CHANGES: tuple[Change, ...] = (
    flip_a_hash,
    replace_a_hash,
    swap_hashes,
    reverse_hashes,
    drop_hashes,
    add_a_hash,
    cut_a_hash,
    wrong_first,
    wrong_second,
    swap_numbers,
    flip_low,
    flip_high,
    other_low,
    other_high,
    swap_ends,
    proof_of_another,
)


def believed(claim: Claim) -> bool:
    try:
        claim.check()
    except BadProof:
        return False
    return True


def corrupted(kind: type[Claim], seed: int) -> Iterator[tuple[Claim, str, Claim]]:
    """Yield true claims, each with the name of a change and what the change made of it.

    Some changes change nothing, or nothing that the check can know: see `meaning`.
    """
    chance = Random(seed)  # noqa: S311  reproducible, not secret
    while True:
        true = kind.true(chance)
        for change in CHANGES:
            yield true, change.__name__, change(true, chance)
