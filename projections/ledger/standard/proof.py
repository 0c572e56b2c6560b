"""The proof that an entry is in the log, as text (C2SP tlog-proof)."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from projections.ledger.standard.tree import SIZE, BadProof

HEADER = "c2sp.org/tlog-proof@v1"
INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
EXTRA = "extra "
LONGEST = 63  # hashes: no tree is higher


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that can be checked with nothing but the entry and the trust policy.

    Attributes:
        index: which entry of the log it is, from 0.
        hashes: the proof of inclusion, from the leaf's sibling up.
        checkpoint: the signed note that the proof leads to, to the letter.
        extra: what else the log wants to say; nobody signed it. None if nothing.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def text(self) -> str:
        """Return the proof as the file that `parse` reads."""
        extra = [EXTRA + _base64(self.extra)] if self.extra else []
        hashes = map(_base64, self.hashes)
        lines = [HEADER, *extra, f"index {self.index}", *hashes, "", self.checkpoint]
        return "\n".join(lines)


def parse(text: str) -> Proof:
    """Return the proof that a text is, and check nothing that it says.

    Raises:
        BadProof: the text is not of that form, to the letter.
    """
    head, blank, checkpoint = text.partition("\n\n")
    header, *lines = head.split("\n")
    if header != HEADER:
        raise BadProof(f"the first line of a proof is {HEADER}")
    if not blank or not checkpoint:
        raise BadProof("no checkpoint follows the proof, behind an empty line")
    extra = lines.pop(0) if lines[:1] and lines[0].startswith(EXTRA) else None
    index = INDEX.fullmatch(lines.pop(0) if lines else "")
    if not index:
        raise BadProof("a proof says which entry it is for: `index` and a number")
    hashes = tuple(_hash(line) for line in lines)
    if len(hashes) > LONGEST:
        raise BadProof(f"a proof has {LONGEST} hashes at most, not {len(hashes)}")
    return Proof(int(index[1]), hashes, checkpoint, _extra(extra) if extra else None)


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:
        raise BadProof(f"this is not base64: {text!r}") from error
    if _base64(data) != text:
        raise BadProof(f"this is not how base64 is written: {text!r}")
    return data


def _hash(line: str) -> bytes:
    data = _bytes(line)
    if len(data) != SIZE:
        raise BadProof(f"a hash has {SIZE} bytes, and this has {len(data)}: {line!r}")
    return data


def _extra(line: str) -> bytes:
    data = _bytes(line.removeprefix(EXTRA))
    if not data:
        raise BadProof("an `extra` line with nothing to say is left out")
    return data
