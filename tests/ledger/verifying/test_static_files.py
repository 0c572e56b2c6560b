"""The published tree as files: each kind of damage is found, and where."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from projections.ledger.standard.tiles import entries_path, pack, tile_path, unpack
from tests.ledger.verifying.conftest import Auditor
from tests.ledger.verifying.register import ORIGIN, Register, made

SIZE = 700


@pytest.fixture(scope="module")
def register() -> Register:
    return made(SIZE)


@pytest.fixture
def tree(auditor: Auditor, register: Register) -> Path:
    return register.export(auditor.home / "tree" / "e1")


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def edit_entry(tree: Path) -> None:
    path = tree / entries_path(1, 256)
    entries = unpack(path.read_bytes())
    entries[4] = entries[4].replace(b"/event@v1", b"/event@v2")
    path.write_bytes(pack(entries))


Damage = Callable[[Path], object]
DAMAGES: list[tuple[str, Damage, str, int]] = [
    ("an entry", edit_entry, "edited", 260),
    (
        "entries cut",
        lambda tree: flip(tree / entries_path(1, 256), 0),
        "deleted",
        256,
    ),
    ("entries lost", lambda t: (t / entries_path(1, 256)).unlink(), "deleted", 256),
    (
        "last entries lost",
        lambda t: (t / entries_path(2, SIZE - 512)).unlink(),
        "truncated",
        512,
    ),
    ("a leaf", lambda t: flip(t / tile_path(0, 2, SIZE - 512), 64), "tile-edited", 514),
    ("a node", lambda tree: flip(tree / tile_path(1, 0, 2), 33), "tile-edited", 256),
    ("a tile lost", lambda t: (t / tile_path(0, 1, 256)).unlink(), "tile-edited", 256),
]


@pytest.mark.parametrize(
    ("damage", "kind", "index"),
    [pytest.param(*rest, id=name) for name, *rest in DAMAGES],
)
def test_damage_is_found(
    auditor: Auditor, tree: Path, damage: Damage, kind: str, index: int
) -> None:
    assert auditor.check(tree.parent).code == 0

    damage(tree)

    found = auditor.check(tree.parent)
    said = [(one["kind"], one["index"]) for one in found.said["differences"]]
    assert (kind, index) in said
    assert found.code == 1


def test_of_bare_tiles_it_is_the_tiles_that_are_wrong(
    auditor: Auditor, register: Register
) -> None:
    tree = register.export(auditor.home / "bare", entries=False)
    flip(tree / tile_path(0, 1, 256), 32 * 3)

    found = auditor.check(tree)
    assert [(one["kind"], one["index"]) for one in found.said["differences"]] == [
        ("tile-edited", 256)
    ]
    assert found.said["differences"][0]["last"] == 511, "nothing says which of them"
    copy = register.export(auditor.home / "copy")
    exact = auditor.check(tree, "--against", copy)
    assert [(one["kind"], one["index"]) for one in exact.said["differences"]] == [
        ("tile-edited", 259)
    ]


def test_narrower_tiles_that_were_left_must_be_the_beginning_of_the_wide(
    auditor: Auditor, tree: Path, register: Register
) -> None:
    narrow, bundle = tree / tile_path(0, 1, 9), tree / entries_path(1, 3)
    narrow.parent.mkdir(parents=True)
    narrow.write_bytes(register.tiles[0, 1][: 9 * 32])
    bundle.parent.mkdir(parents=True)
    entries = unpack((tree / entries_path(1, 256)).read_bytes())
    bundle.write_bytes(pack(entries[:3]))
    assert auditor.check(tree).code == 0

    flip(narrow, 32)

    (said,) = auditor.check(tree).said["differences"]
    assert (said["kind"], said["index"]) == ("tile-edited", 257)


def test_the_checkpoint_must_be_one_that_the_policy_accepts(
    auditor: Auditor, tree: Path, register: Register
) -> None:
    checkpoint = tree / "checkpoint"
    checkpoint.write_text(register.signed[SIZE])
    assert auditor.check(tree).code == 2

    checkpoint.write_text(register.cosigned[SIZE].replace("\n700\n", "\n699\n"))
    assert auditor.check(tree).kinds == ["checkpoint-edited"]

    checkpoint.write_text("nothing")
    assert auditor.check(tree).code == 2


def test_a_tree_that_is_not_there_is_missed(auditor: Auditor, tree: Path) -> None:
    other = Register(origin="register.example/log/e9")
    other.append(Random(1), 5)  # noqa: S311  no secret
    other.sequence()
    note = auditor.file("note", other.witness())

    found = auditor.check(tree, "--checkpoint", note)

    assert (found.code, found.kinds) == (1, ["truncated"])
    assert found.said["differences"][0]["origin"] == other.origin


@pytest.mark.parametrize("content", ["", "no note", None])
def test_a_note_that_nobody_trusts_proves_nothing(
    auditor: Auditor, tree: Path, content: str | None
) -> None:
    stranger = made(5).cosigned[5].replace(ORIGIN, "stranger.example/log/e1")
    note = auditor.file("note", stranger if content is None else content)

    found = auditor.check(tree, "--checkpoint", note)

    assert (found.code, found.kinds) == (2, [])
    assert str(note) in found.obstacles
