"""A second implementation, in Go, agrees with ours on trees and proofs."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import pytest

from domain.leaf import entry_text, leaf_of
from tests.ledger import corruption
from tests.ledger.corruption import Claim, Growth, Inclusion, believed
from tests.ledger.grown import SEED, Tree
from tests.ledger.second import Second, read

SOAK = bool(os.environ.get("PROBITY_SOAK"))
SIZE = 70_000 if SOAK else 1_500
PROOFS = 5_000 if SOAK else 400
CLAIMS = 200_000 if SOAK else 4_000
AT_ONCE = 20_000  # questions

Question = dict[str, Any]


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(SIZE)


@pytest.mark.soak
def test_both_grow_the_same_tree(second: Second, tree: Tree) -> None:
    (grown,) = second.ask([tree.question()])

    assert grown["Error"] == ""
    assert read(grown["Leaves"]) == tree.leaves
    roots = read(grown["Roots"])
    step = 37 if SOAK else 1
    assert roots[::step] == [tree.root(n + 1) for n in range(0, SIZE, step)]


def test_the_entry_of_an_event_is_hashed_alike(second: Second) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    entries = [
        entry_text(
            "probity.example/é",
            UUID(int=n),
            n,
            "case.opened",
            n + 1,
            begun + timedelta(microseconds=n * 1001),
            b"{}" * n,
        )
        for n in range(50)
    ]

    (grown,) = second.ask([{"Ask": "grow", "Entries": [e.encode() for e in entries]}])

    assert read(grown["Leaves"]) == [leaf_of(entry) for entry in entries]


@pytest.mark.soak
def test_both_prove_an_entry_alike_and_believe_it(second: Second, tree: Tree) -> None:
    pairs = tree.pairs(PROOFS)
    proofs = [tree.inclusion(*pair) for pair in pairs]

    _, *made = second.ask(
        [tree.question()]
        + [{"Ask": "prove entry", "Index": at, "Size": size} for at, size in pairs]
    )
    checked = second.ask(
        {
            "Ask": "check entry",
            "Index": index,
            "Size": size,
            "Leaf": tree.leaves[index],
            "Root": tree.root(size),
            "Proof": proof,
        }
        for (index, size), proof in zip(pairs, proofs, strict=True)
    )

    assert [read(each.get("Proof")) for each in made] == proofs
    assert {each["Error"] for each in made + checked} == {""}


@pytest.mark.soak
def test_both_prove_growth_alike_and_believe_it(second: Second, tree: Tree) -> None:
    pairs = [(index + 1, size) for index, size in tree.pairs(PROOFS)]
    proofs = [tree.consistency(*pair) for pair in pairs]

    _, *made = second.ask(
        [tree.question()]
        + [{"Ask": "prove growth", "Old": old, "Size": size} for old, size in pairs]
    )
    checked = second.ask(
        {
            "Ask": "check growth",
            "Old": old,
            "OldRoot": tree.root(old),
            "Size": size,
            "Root": tree.root(size),
            "Proof": proof,
        }
        for (old, size), proof in zip(pairs, proofs, strict=True)
    )

    assert [read(each.get("Proof")) for each in made] == proofs
    assert {each["Error"] for each in made + checked} == {""}


def question_of(claim: Claim) -> Question:
    if isinstance(claim, Inclusion):
        here = {"Ask": "check entry", "Index": claim.first, "Leaf": claim.low}
    else:
        here = {"Ask": "check growth", "Old": claim.first, "OldRoot": claim.low}
    return here | {"Size": claim.second, "Root": claim.high, "Proof": claim.proof}


def claims(kind: type[Claim]) -> Iterator[Claim]:
    """Yield true and corrupted claims that tlog has a word on.

    It has none on growth out of nothing, which C2SP tlog-witness asks for.
    """
    for true, _, changed in corruption.corrupted(kind, SEED):
        for claim in (true, changed):
            if kind is Inclusion or claim.first:
                yield claim


@pytest.mark.soak
@pytest.mark.parametrize("kind", [Inclusion, Growth])
def test_both_believe_the_same_claims(second: Second, kind: type[Claim]) -> None:
    source, seen = claims(kind), {True: 0, False: 0}
    for _ in range(0, CLAIMS, AT_ONCE):
        some = list(islice(source, min(CLAIMS, AT_ONCE)))
        answers = second.ask(map(question_of, some))
        for claim, answer in zip(some, answers, strict=True):
            assert believed(claim) == (answer["Error"] == ""), (claim, answer)
            seen[believed(claim)] += 1

    assert min(seen.values()) > CLAIMS // 4
