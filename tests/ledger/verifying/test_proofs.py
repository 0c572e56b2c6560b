"""One entry proven, and one checkpoint that grew out of another."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from projections.ledger.standard.note import Note, ed25519_signer
from projections.ledger.standard.proof import Proof
from projections.ledger.standard.tiles import reading
from projections.ledger.standard.tree import consistency, inclusion
from tests.ledger.verifying.conftest import Auditor, Found
from tests.ledger.verifying.register import ORIGIN, Register, made

SIZE, INDEX = 300, 77


@pytest.fixture(scope="module")
def register() -> Register:
    return made(SIZE)


def proof_of(register: Register, index: int = INDEX, **more: bytes) -> Proof:
    read = reading(lambda level, n, width: register.tiles[level, n][: width * 32], SIZE)
    hashes = tuple(inclusion(index, SIZE, read))
    return Proof(index, hashes, register.cosigned[SIZE], **more)


def prove(auditor: Auditor, proof: Proof, *more: str | Path) -> Found:
    path = auditor.file("it.tlog-proof", proof.text())
    return auditor.run("proof", path, *more, *auditor.trusted)


def test_an_entry_and_its_proof_fit(auditor: Auditor, register: Register) -> None:
    entry = auditor.file("entry", register.entry(register.events[INDEX]))

    found = prove(auditor, proof_of(register), "--entry", entry)

    assert found.code == 0
    assert found.said["counts"]["proof"] == {"index": INDEX, "size": SIZE}


def test_a_receipt_is_proven_by_the_entry_in_it(
    auditor: Auditor, register: Register
) -> None:
    text = register.entry(register.events[INDEX])
    key = ed25519_signer(f"{ORIGIN}/receipts", bytes(32))
    receipt = str(Note(text, (key.sign(text),)))
    answer = json.dumps({"stream": "s", "receipt": receipt})

    for number, content in enumerate((receipt, answer)):
        file = auditor.file(f"receipt{number}", content)
        assert prove(auditor, proof_of(register), "--receipt", file).code == 0


def test_a_proof_may_carry_its_entry(auditor: Auditor, register: Register) -> None:
    entry = register.entry(register.events[INDEX]).encode()

    assert prove(auditor, proof_of(register, extra=entry)).code == 0
    assert prove(auditor, proof_of(register)).code == 2
    assert prove(auditor, proof_of(register, extra=entry.lower() + b"x")).code == 1


def test_another_entry_is_not_proven(auditor: Auditor, register: Register) -> None:
    other = auditor.file("entry", register.entry(register.events[INDEX + 1]))

    found = prove(auditor, proof_of(register), "--entry", other)

    assert (found.code, found.kinds) == (1, ["proof"])
    assert found.said["differences"][0]["index"] == INDEX


def test_an_entry_of_another_log_is_not_proven(
    auditor: Auditor, register: Register
) -> None:
    text = register.entry(register.events[INDEX]).replace("/e1/", "/e2/")

    found = prove(auditor, proof_of(register), "--entry", auditor.file("entry", text))

    assert (found.code, found.kinds) == (1, ["proof"])


def test_a_checkpoint_that_was_edited_proves_nothing(
    auditor: Auditor, register: Register
) -> None:
    entry = auditor.file("entry", register.entry(register.events[INDEX]))
    proof = proof_of(register)
    lied = Proof(INDEX, proof.hashes, proof.checkpoint.replace("\n300\n", "\n301\n"))

    found = prove(auditor, lied, "--entry", entry)

    assert (found.code, found.kinds) == (1, ["checkpoint-edited"])


def test_a_checkpoint_without_its_quorum_is_not_believed(
    auditor: Auditor, register: Register
) -> None:
    entry = auditor.file("entry", register.entry(register.events[INDEX]))
    alone = Proof(INDEX, proof_of(register).hashes, register.signed[SIZE])

    found = prove(auditor, alone, "--entry", entry)

    assert found.code == 2
    assert "the quorum 'q' of the policy is not reached" in found.obstacles


@pytest.mark.parametrize("content", ["", "no proof", "{}", "[" * 100_000])
def test_what_is_no_proof_or_no_entry_cannot_be_checked(
    auditor: Auditor, register: Register, content: str
) -> None:
    path = auditor.file("junk", content)

    assert auditor.run("proof", path, "--entry", path, *auditor.trusted).code == 2
    assert prove(auditor, proof_of(register), "--receipt", path).code == 2


# One checkpoint and another.


def notes(auditor: Auditor, old: str, new: str) -> tuple[Path, Path]:
    return auditor.file("old", old), auditor.file("new", new)


def test_a_log_that_grew_is_consistent(auditor: Auditor, register: Register) -> None:
    pair = notes(auditor, register.cosigned[60], register.cosigned[SIZE])
    tree = register.export(auditor.home / "tree")
    read = reading(lambda level, n, width: register.tiles[level, n][: width * 32], SIZE)
    lines = [b64encode(one).decode() for one in consistency(60, SIZE, read)]
    proof = auditor.file("proof", "\n".join(lines) + "\n")

    for more in (("--tiles", tree), ("--proof", proof)):
        found = auditor.run("consistency", *pair, *auditor.trusted, *more)
        assert (found.code, found.said["differences"]) == (0, [])
    unsigned = auditor.run("consistency", *pair, "--tiles", tree)
    assert unsigned.code == 0
    assert "nobody's signature was checked" in unsigned.remarks


def test_two_trees_of_one_log_are_named(auditor: Auditor, register: Register) -> None:
    other = made(SIZE, seed=9)
    tree = register.export(auditor.home / "tree")

    for size in (60, SIZE):
        pair = notes(auditor, other.cosigned[size], register.cosigned[SIZE])
        found = auditor.run("consistency", *pair, *auditor.trusted, "--tiles", tree)
        assert (found.code, found.kinds) == (1, ["re-signed"])
        assert f"the checkpoint over {size} (" in found.said["differences"][0]["text"]


def test_a_proof_that_does_not_fit_is_not_taken_for_two_trees(
    auditor: Auditor, register: Register
) -> None:
    pair = notes(auditor, register.cosigned[60], register.cosigned[SIZE])
    proof = auditor.file("proof", b64encode(bytes(32)).decode())

    found = auditor.run("consistency", *pair, *auditor.trusted, "--proof", proof)

    assert (found.code, found.kinds) == (1, ["proof"])


def test_what_is_missing_for_consistency_is_said(
    auditor: Auditor, register: Register
) -> None:
    old, new = notes(auditor, register.cosigned[60], register.cosigned[SIZE])
    other = made(SIZE, seed=4).export(auditor.home / "other")
    junk = auditor.file("junk", "not base64!")

    def said(*words: str | Path) -> str:
        found = auditor.run("consistency", *words, *auditor.trusted)
        assert found.code == 2
        return found.obstacles

    assert "give the tree (--tiles DIR)" in said(old, new)
    assert "is not the tree of the checkpoint" in said(old, new, "--tiles", other)
    assert "is not base64" in said(old, new, "--proof", junk)
    assert "over 300 leaves, the new less" in said(new, old)
    (other / "checkpoint").unlink()
    assert "no file `checkpoint`" in said(old, new, "--tiles", other)
