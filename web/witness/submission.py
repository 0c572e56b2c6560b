"""What a log sends to a witness: its old size, a proof, and a signed checkpoint."""

from dataclasses import dataclass

from projections.ledger.standard.checkpoint import (
    Checkpoint,
    decimal,
    digest,
    parse_checkpoint,
)
from projections.ledger.standard.note import BadNote, Note, parse

LARGEST = 262_144  # bytes of a request: 63 hashes and over 30 of the longest signatures
MOST_HASHES = 63
OLD = "old "


@dataclass(frozen=True)
class Submission:
    """A request to cosign a checkpoint, read and not yet believed."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


def parse_submission(body: bytes) -> Submission:
    """Read the body of an `add-checkpoint` request.

    Raises:
        BadNote: it is not one to the letter, or its old size is the larger one.
    """
    try:
        head, blank, rest = body.decode().partition("\n\n")
    except UnicodeDecodeError as error:
        raise BadNote("the request is not UTF-8") from error
    old, *proof = head.split("\n")
    if not blank or not old.startswith(OLD):
        raise BadNote("a request is `old` and a size, hashes, an empty line, a note")
    if len(proof) > MOST_HASHES:
        raise BadNote(f"a proof has at most {MOST_HASHES} hashes, not {len(proof)}")
    note = parse(rest)
    return Submission(
        decimal(old.removeprefix(OLD)),
        tuple(digest(line) for line in proof),
        note,
        parse_checkpoint(note.text),
    )
