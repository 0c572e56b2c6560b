"""Checks that the tree of one checkpoint grew out of that of another."""

from base64 import b64decode
from pathlib import Path

from projections.ledger.standard.checkpoint import Checkpoint, parse_checkpoint
from projections.ledger.standard.note import BadNote, parse
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.signature import encoded
from projections.ledger.standard.tiles import BadTile, Fetch, reading
from projections.ledger.standard.tree import (
    SIZE,
    BadProof,
    check_consistency,
    consistency,
    root,
)
from projections.ledger.verifier.judging.trust import Kept, Where
from projections.ledger.verifier.judging.trusting import read, trusted
from projections.ledger.verifier.sources.shown import Tiles
from projections.ledger.verifier.sources.static import sites
from projections.ledger.verifier.verdict import CannotCheck, Difference, Verdict


def check_growth(
    old: Path,
    new: Path,
    policy: Policy | None,
    tiles: Path | None,
    proof: Path | None,
) -> Verdict:
    """Check that the tree of one checkpoint grew out of that of another.

    Args:
        old: a file with the older checkpoint.
        new: a file with the newer one.
        policy: whose signatures have to be under both; None where none are looked at.
        tiles: a directory with the tree as static files.
        proof: a file with the proof instead, one hash in base64 a line.

    Raises:
        CannotCheck: a file is not what it should be, or the proof is missing.
    """
    verdict = Verdict()
    notes = [Kept(path.name, read(path), Where.GIVEN) for path in (old, new)]
    if policy is None:
        verdict.remarks.append("No policy was given: nobody's signature was checked.")
        older, newer = map(_unsigned, notes)
    else:
        first, second = (trusted(note, policy, verdict) for note in notes)
        if first is None or second is None:
            return verdict
        older, newer = first, second
    if older.origin != newer.origin:
        raise CannotCheck(f"{older.origin} and {newer.origin} are two logs")
    _compare(older, newer, tiles, proof, verdict)
    return verdict


def _compare(
    older: Checkpoint,
    newer: Checkpoint,
    tiles: Path | None,
    proof: Path | None,
    verdict: Verdict,
) -> None:
    """Say whether one tree grew out of the other, by whatever shows it."""
    if older.size > newer.size:
        raise CannotCheck(
            f"the old checkpoint is over {older.size} leaves, the new less"
        )
    hashes: list[bytes] = []
    if older.size not in {0, newer.size}:
        hashes = _hashes(proof) if proof else _from_tiles(older, newer, tiles)
    try:
        check_consistency(older.size, older.root, newer.size, newer.root, hashes)
    except BadProof as error:
        words = f"{_told(older)} and {_told(newer)}: {error}"
        kind = "proof" if hashes and proof else "re-signed"
        verdict.differences.append(Difference(kind, words, newer.origin))
    else:
        words = f"The tree of {older.size} leaves grew into that of {newer.size}."
        verdict.remarks.append(words)
        verdict.counts["consistency"] = {"old": older.size, "new": newer.size}


def _hashes(path: Path) -> list[bytes]:
    return [_hash(line, path) for line in read(path).split()]


def _from_tiles(
    older: Checkpoint, newer: Checkpoint, directory: Path | None
) -> list[bytes]:
    """Return the proof of consistency that the tree as static files gives.

    Raises:
        CannotCheck: there is none, or it is not the tree of the newer checkpoint.
    """
    if directory is None:
        raise CannotCheck("give the tree (--tiles DIR), or the proof itself (--proof)")
    found = [site for site in sites(directory) if site.origin == newer.origin]
    if not found:
        raise CannotCheck(f"{directory} is not the tree of {newer.origin}")
    read_tree = reading(_fetch(found[0].tiles()), newer.size)
    try:
        if root(newer.size, read_tree) != newer.root:
            raise CannotCheck(f"{directory} is not the tree of {_told(newer)}")
        return consistency(older.size, newer.size, read_tree)
    except BadTile as error:
        raise CannotCheck(f"{directory}: {error}") from error


def _fetch(tiles: Tiles) -> Fetch:
    def fetch(level: int, n: int, width: int) -> bytes:
        return tiles.get((level, n), b"")[: width * SIZE]

    return fetch


def _hash(line: str, path: Path) -> bytes:
    try:
        return b64decode(line, validate=True)
    except ValueError as error:
        raise CannotCheck(f"{path}: this is not base64: {line!r}") from error


def _told(checkpoint: Checkpoint) -> str:
    return f"the checkpoint over {checkpoint.size} ({encoded(checkpoint.root)})"


def _unsigned(kept: Kept) -> Checkpoint:
    try:
        return parse_checkpoint(parse(kept.note).text)
    except BadNote as error:
        raise CannotCheck(f"{kept.name}: {error}") from error
