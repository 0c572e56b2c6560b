"""The text of a checkpoint: which log, how many leaves, and the root over them."""

import re
from dataclasses import dataclass

from projections.ledger.standard.signature import BadNote, decoded, encoded

HASH_BYTES = 32
LARGEST = 2**63 - 1  # what others keep a size in
DECIMAL = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log's tree (C2SP tlog-checkpoint).

    Extension lines are carried along and mean nothing; a log of ours writes none.
    """

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the text of the note that a log signs.

        Raises:
            BadNote: there would be no reading it back as this checkpoint.
        """
        written = (self.origin, str(self.size), encoded(self.root), *self.extension)
        text = "".join(f"{line}\n" for line in written)
        if parse_checkpoint(text) != self:
            raise BadNote(f"this cannot be written as a checkpoint: {self!r}")
        return text


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a note as a checkpoint.

    Raises:
        BadNote: it has not the three lines of one, each in its one form.
    """
    if not text.endswith("\n"):
        raise BadNote("a checkpoint ends with a newline, and this does not")
    written = text[:-1].split("\n")
    if len(written) < 3 or "" in written:  # noqa: PLR2004  origin, size and root
        raise BadNote("a checkpoint is three lines, or more and none of them empty")
    origin, size, root, *extension = written
    return Checkpoint(origin, decimal(size), digest(root), tuple(extension))


def decimal(written: str) -> int:
    """Read the size of a tree.

    Raises:
        BadNote: it is not an ASCII decimal without leading zeroes, or over 2^63 - 1.
    """
    if not DECIMAL.fullmatch(written) or int(written) > LARGEST:
        raise BadNote(f"{written[:80]!r} is not the size of a tree")
    return int(written)


def digest(written: str) -> bytes:
    """Read a SHA-256 digest in base64.

    Raises:
        BadNote: it is not 32 bytes in base64.
    """
    value = decoded(written, "a hash")
    if len(value) != HASH_BYTES:
        raise BadNote(f"a hash has {HASH_BYTES} bytes, and this {len(value)}")
    return value
