"""Checks the proof that an entry is in a log."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domain.leaf import FORMAT, leaf_of
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.proof import Proof
from projections.ledger.standard.proof import parse as parse_proof
from projections.ledger.standard.tree import BadProof, check_inclusion
from projections.ledger.verifier.judging.trust import Kept, Where
from projections.ledger.verifier.judging.trusting import read, trusted
from projections.ledger.verifier.verdict import CannotCheck, Difference, Verdict

MARK = f"/{FORMAT}\n"


def check_proof(proof: Path, entry: Path | None, policy: Policy) -> Verdict:
    """Check that an entry is in a log that the policy trusts.

    Args:
        proof: a file with a tlog-proof.
        entry: a file with the entry, or with the receipt that holds it; None where the
            proof carries the entry itself.
        policy: whose checkpoints are believed.

    Raises:
        CannotCheck: a file is not what it should be.
    """
    parsed = _parsed(proof)
    text = entry_in(read(entry), entry.name) if entry else _carried(parsed, proof)
    verdict = Verdict()
    signed = Kept(proof.name, parsed.checkpoint, Where.GIVEN)
    head = trusted(signed, policy, verdict)
    if head is None:
        return verdict
    origin = text.partition("\n")[0].removesuffix(MARK[:-1])
    if origin != head.origin:
        words = f"the entry is of {origin}, and the proof leads to {head.origin}"
        verdict.differences.append(Difference("proof", words, head.origin))
        return verdict
    try:
        check_inclusion(
            leaf_of(text), parsed.index, head.size, parsed.hashes, head.root
        )
    except BadProof as error:
        words = f"the entry is not the one that was proven: {error}"
        verdict.differences.append(
            Difference("proof", words, head.origin, parsed.index)
        )
    else:
        verdict.counts["proof"] = {"index": parsed.index, "size": head.size}
        words = f"The entry is leaf {parsed.index} of {head.size}, in {origin}."
        verdict.remarks.append(words)
    return verdict


def _parsed(path: Path) -> Proof:
    try:
        return parse_proof(read(path))
    except BadProof as error:
        raise CannotCheck(f"{path}: {error}") from error


def _carried(proof: Proof, path: Path) -> str:
    """Return the entry in the extra line: once proven, it is no longer mere talk."""
    text = (proof.extra or b"").decode(errors="replace")
    if MARK not in text:
        raise CannotCheck(
            f"{path} does not carry its entry: give it (--entry or --receipt)"
        )
    return text


def entry_in(text: str, name: str) -> str:
    """Return the entry in a file: the entry itself, a receipt, or JSON that has one.

    Raises:
        CannotCheck: there is none.
    """
    said = text if text.partition("\n")[0].endswith(MARK[:-1]) else _in_json(text)
    lines = said.split("\n")[:7]
    if MARK not in said or len(lines) != 7:  # noqa: PLR2004  an entry has seven lines
        raise CannotCheck(f"{name} is no entry, and no receipt with one in it")
    return "\n".join(lines) + "\n"


def _in_json(text: str) -> str:
    try:
        return next((one for one in _strings(json.loads(text)) if MARK in one), "")
    except (ValueError, RecursionError):
        return ""


def _strings(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for one in said.values() if isinstance(said, dict) else said:
            yield from _strings(one)
