"""The statement with which a log is closed, once less of it is left than was signed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from projections.ledger.standard.checkpoint import decimal, digest
from projections.ledger.standard.note import BadNote
from projections.ledger.standard.signature import encoded

FORMAT = "closing@v1"
TIME = "%Y-%m-%dT%H:%M:%SZ"
LINE = re.compile(r"[^\x00-\x1f]+")
WORDS = ("signed", "cosigned", "stands", "retained", "next", "closed", "reason")


@dataclass(frozen=True)
class Tree:
    """The size of a tree, and its root."""

    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.size} {encoded(self.root)}"


@dataclass(frozen=True)
class Closing:
    """What the log says for the last time under a name; its Ed25519 key signs it.

    It is a note and no checkpoint: its first line ends in /closing@v1, and the second
    is not a number.

    Attributes:
        origin: the name that is closed.
        signed: the last tree that is known to have been signed under it.
        cosigned: the last that as many witnesses as are needed have cosigned.
        stands: the tree of all entries under that name that the database holds now.
        retained: how many first entries of the last two are the same.
        next: the name under which the log goes on.
        closed_at: when (UTC, in whole seconds).
        reason: why, in one line.
    """

    origin: str
    signed: Tree
    cosigned: Tree
    stands: Tree
    retained: int
    next: str
    closed_at: datetime
    reason: str

    @property
    def lost(self) -> int:
        """Return how many entries were signed that the database does not hold."""
        return self.signed.size - self.retained

    @property
    def stranded(self) -> int:
        """Return how many entries it holds under this name that were never signed."""
        return self.stands.size - self.retained

    def text(self) -> str:
        """Return the text of the note.

        Raises:
            BadNote: there would be no reading it back as this statement.
        """
        said = (
            self.signed,
            self.cosigned,
            self.stands,
            self.retained,
            self.next,
            self.closed_at.astimezone(UTC).strftime(TIME),
            self.reason,
        )
        lines = (f"{word} {value}\n" for word, value in zip(WORDS, said, strict=True))
        text = f"{self.origin}/{FORMAT}\n{''.join(lines)}"
        if parse_closing(text) != self:
            raise BadNote(f"this cannot be written as a statement: {self!r}")
        return text


def parse_closing(text: str) -> Closing:
    """Read the text of a note as the statement that closes a log.

    Raises:
        BadNote: it is not one, to the letter.
    """
    head, *lines = text.split("\n")
    origin = head.removesuffix(f"/{FORMAT}")
    if origin in ("", head) or len(lines) != len(WORDS) + 1 or lines.pop():
        raise BadNote(f"a statement begins with a name and /{FORMAT}, and has 8 lines")
    said = [value_of(word, line) for word, line in zip(WORDS, lines, strict=True)]
    signed, cosigned, stands = map(tree_of, said[:3])
    retained = decimal(said[3])
    if retained > min(signed.size, stands.size) or cosigned.size > signed.size:
        raise BadNote("the sizes in the statement do not go together")
    return Closing(
        origin, signed, cosigned, stands, retained, said[4], time_of(said[5]), said[6]
    )


def value_of(word: str, line: str) -> str:
    value = line.removeprefix(f"{word} ")
    if value == line or not LINE.fullmatch(value):
        raise BadNote(f"the statement has no line {word!r} where it should be")
    return value


def tree_of(written: str) -> Tree:
    size, _, root = written.partition(" ")
    return Tree(decimal(size), digest(root))


def time_of(written: str) -> datetime:
    try:
        at = datetime.strptime(written, TIME).replace(tzinfo=UTC)
    except ValueError:
        at = datetime.min.replace(tzinfo=UTC)
    if at.strftime(TIME) != written:
        raise BadNote(f"{written!r} is not a time")
    return at
