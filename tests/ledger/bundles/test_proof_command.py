"""A receipt is exchanged at the terminal for a proof that anybody can check."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.leaf import leaf_of
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import parse as parse_note
from projections.ledger.standard.proof import Proof, parse
from projections.ledger.standard.tree import check_inclusion
from tests.ledger.bundles.court import Court


@pytest.fixture(scope="module")
def answer(court: Court) -> Any:
    """What the filer got, before there was a checkpoint over it."""
    found = court.office.shen.post("/v1/disclosures", court.report()).get_json()
    court.sign()
    return found


def check(court: Court, proof: Proof, receipt: str) -> None:
    """Check as an outsider: with the receipt, the proof and a policy, nothing else."""
    head = court.policy.check(parse_note(proof.checkpoint))
    leaf = leaf_of(parse_note(receipt).text)
    check_inclusion(leaf, proof.index, head.size, proof.hashes, head.root)


def position_in(receipt: str) -> int:
    return int(receipt.splitlines()[4])


def test_by_its_digest(court: Court, answer: Any) -> None:
    said = court.terminal.run("proof", answer["digest"])

    check(court, parse(said), answer["receipt"])


@pytest.mark.parametrize("name", ["receipt", "answer"])
def test_by_the_file_that_the_filer_kept(
    court: Court, answer: Any, tmp_path: Path, name: str
) -> None:
    kept = tmp_path / name
    kept.write_text(json.dumps(answer) if name == "answer" else answer["receipt"])
    wanted = tmp_path / "mine.tlog-proof"

    assert court.terminal.run("proof", str(kept), "-o", str(wanted)) == ""

    check(court, parse(wanted.read_text()), answer["receipt"])


def test_programs_are_told_in_json(court: Court, answer: Any) -> None:
    said = court.terminal.json("proof", answer["digest"])

    proof = parse(said["proof"])
    head = parse_checkpoint(parse_note(proof.checkpoint).text)
    assert said["digest"] == answer["digest"]
    assert (said["origin"], said["size"]) == (head.origin, head.size)
    assert said["index"] == proof.index == position_in(answer["receipt"]) - 1


def test_who_comes_too_early_is_told_when_to_come_again(court: Court) -> None:
    early = court.office.shen.post("/v1/disclosures", court.report()).get_json()

    said = court.terminal.refused("proof", early["digest"])

    # The checkpoint before was made a moment ago, or longer ago than a busy machine is.
    position = position_in(early["receipt"])
    assert f"position {position}, not yet under a checkpoint" in said
    assert "The next is due in about" in said or "is the sequencer running?" in said
    court.sign()
    assert court.terminal.run("proof", early["digest"])


def test_a_receipt_for_what_is_not_in_the_log_is_to_be_kept(court: Court) -> None:
    said = court.terminal.refused("proof", "0" * 64)

    assert "keep it, and take it to whoever audits the register" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("hello", "is no receipt"),
        ('{"id": "x"}', "is no receipt"),
        ('{"digest": null, "receipt": null}', "nothing was recorded"),
        ("{", "is no receipt"),
        ('{"digest": "' + "0" * 64 + '", "receipt": 7}', "is no receipt"),
    ],
)
def test_what_is_no_receipt_is_told(
    court: Court, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "receipt"
    path.write_text(content)

    assert said in court.terminal.refused("proof", str(path))


def test_an_answer_whose_digest_is_another_is_not_taken(
    court: Court, answer: Any, tmp_path: Path
) -> None:
    path = tmp_path / "answer"
    path.write_text(json.dumps(answer | {"digest": "0" * 64}))

    said = court.terminal.refused("proof", str(path))

    assert "its digest is not that of its receipt" in said


def test_a_file_that_is_not_there_is_wrong_usage(court: Court) -> None:
    said = court.terminal.refused("proof", "nowhere.txt", code=2)

    assert "expected a file with a receipt, or a digest" in said
