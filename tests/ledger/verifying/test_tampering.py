"""The tamper campaign: whatever is done to a log, it is found, and where.

Each round tells one lie about a whole register, as its superuser can, and hands the
dump to the offline verifier: with the auditor's copy of the tree, with no more than a
checkpoint that was once copied out, or with nothing but the trust policy.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.ledger.verifying.conftest import Auditor, Found
from tests.ledger.verifying.lies import LIES, Truth
from tests.ledger.verifying.register import Register, made

SOAK = bool(os.environ.get("PROBITY_SOAK"))
MUTATIONS = 10_000 if SOAK else 306
BATCHES = 6
EVENTS = 330
# What else follows from a lie, once a lie is of this kind.
FOLLOWS = {
    "inserted": {"edited"},
    "edited": {"checkpoint-edited", "tile-edited"},
    "re-signed": {"edited", "checkpoint-edited", "tile-edited", "truncated"},
    "truncated": {"edited", "checkpoint-edited", "tile-edited"},
}


@pytest.fixture(scope="module")
def register() -> Register:
    return made(EVENTS)


@pytest.fixture
def own(auditor: Auditor, register: Register) -> list[list[str | Path]]:
    """What the auditor may have: the copy and a checkpoint, or one of them."""
    note = auditor.file("note", register.cosigned[EVENTS])
    copy = register.export(auditor.home / "copy")
    checkpoint: list[str | Path] = ["--checkpoint", note]
    return [[*checkpoint, "--against", copy], ["--against", copy], checkpoint]


@pytest.mark.soak
@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_lie_is_found_with_the_first_bad_leaf(
    auditor: Auditor, register: Register, own: list[list[str | Path]], batch: int
) -> None:
    names = list(LIES)
    for seed in range(batch, MUTATIONS, BATCHES):
        chance, name = Random(seed), names[(seed // BATCHES) % len(names)]  # noqa: S311  no secret
        lied = register.copy()
        truth = LIES[name](lied, chance)
        has = chance.choice(own)
        dumped = lied.dump(auditor.home / "lie.sql", backwards=chance.random() < 0.3)

        found = auditor.check(dumped, *has)

        wrong = list(misjudged(found, truth, exact="--against" in has))
        assert wrong == [], f"seed {seed}, {name}: {found.said}"


def misjudged(found: Found, truth: Truth, *, exact: bool) -> Iterator[str]:
    """Yield what is wrong with what the verifier said of a lie."""
    if found.code != 1:
        yield f"exit code {found.code}"
    said = [one for one in found.said["differences"] if one["kind"] == truth.kind]
    if not any(points_to(one, truth.index, exact=exact) for one in said):
        yield f"not {truth}"
    if exact and truth.fields and tuple(said[0]["fields"]) != truth.fields:
        yield f"other columns than {truth.fields}"
    more = set(found.kinds) - {truth.kind} - FOLLOWS.get(truth.kind, set())
    if more:
        yield f"what is not so: {more}"


def points_to(said: Any, index: int | None, *, exact: bool) -> bool:
    """Return whether a difference names that leaf, or else a range around it."""
    if said["index"] == index:
        return True
    ranged = not exact and index is not None and said["last"] is not None
    return ranged and said["index"] <= index <= said["last"]


def test_with_the_policy_alone_a_superuser_without_the_witnesses_is_caught(
    auditor: Auditor, register: Register
) -> None:
    lied = register.copy()
    lied.events[100]["state"] += b"!"
    lied.events[100]["leaf"] = lied.leaf(lied.events[100])
    lied.rebuild()
    for size in lied.signed:
        lied.sign(size)

    found = auditor.judge(lied)

    assert found.code == 1
    assert {"re-signed", "edited", "checkpoint-edited"} >= set(found.kinds)
    (edited,) = [one for one in found.said["differences"] if one["kind"] == "edited"]
    assert (edited["index"], edited["last"]) == (66, 131), "between two checkpoints"


def test_a_checkpoint_that_lost_its_witnesses_is_mentioned(
    auditor: Auditor, register: Register
) -> None:
    stripped = register.copy()
    stripped.cosigned[EVENTS] = stripped.signed[EVENTS]

    found = auditor.judge(stripped)

    assert found.code == 0
    assert f"ledger.cosigned, size {EVENTS} is kept as cosigned" in found.remarks
    assert f"{register.origin}: not yet anchored: 66." in found.remarks


def test_a_log_cut_clean_off_is_caught_by_a_checkpoint_from_outside(
    auditor: Auditor, register: Register
) -> None:
    older = made(EVENTS // 2)
    note = auditor.file("note", register.cosigned[EVENTS])
    assert auditor.judge(older).code == 0

    found = auditor.judge(older, "--checkpoint", note)

    assert "truncated" in found.kinds
    assert found.code == 1


def test_both_checkpoints_are_named_where_the_log_signed_two_trees(
    auditor: Auditor, register: Register
) -> None:
    other = made(EVENTS, seed=2)
    note = auditor.file("note", other.cosigned[EVENTS])

    found = auditor.judge(register, "--checkpoint", note)

    assert found.kinds[0] == "re-signed"
    (said, *_) = found.said["differences"]
    assert str(note) in said["text"]
    assert f"ledger.cosigned, size {EVENTS}" in said["text"]


def test_after_the_last_checkpoint_an_event_must_be_what_its_leaf_says(
    auditor: Auditor, register: Register
) -> None:
    grown = register.copy()
    grown.append(Random(1), 20)  # noqa: S311  no secret
    grown.sequence()
    grown.signed.pop(EVENTS + 20)
    edited, leaf, gone = grown.copy(), grown.copy(), grown.copy()
    edited.events[EVENTS + 5]["topic"] = "another"
    leaf.events[EVENTS + 6]["leaf"] = bytes(32)
    del gone.events[EVENTS + 7]

    for lied, kind, index in ((edited, "edited", 5), (leaf, "leaf-edited", 6)):
        found = auditor.judge(lied)
        assert [(one["kind"], one["index"]) for one in found.said["differences"]] == [
            (kind, EVENTS + index)
        ]
    assert auditor.judge(gone).said["differences"][0] == {
        "kind": "deleted",
        "text": "no event is there; no checkpoint proves it yet",
        "origin": register.origin,
        "index": EVENTS + 7,
        "last": None,
        "fields": [],
        "leaf_too": None,
    }
