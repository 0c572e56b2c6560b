"""What a check found: where, what differs, and how much that means."""

from typing import Literal, NamedTuple

# Not as it should be; could not be checked; said for the reader to weigh.
Kind = Literal["tampered", "unchecked", "note"]


class Finding(NamedTuple):
    """One thing that was found.

    Attributes:
        where: the file that it is about; empty for the whole.
        says: what differs, in words.
        kind: what it means for the answer: exit code 1, exit code 2, or nothing.
    """

    where: str
    says: str
    kind: Kind = "tampered"

    def __str__(self) -> str:
        return f"{self.where}: {self.says}" if self.where else self.says


def unchecked(where: str, says: str) -> Finding:
    return Finding(where, says, "unchecked")


def note(where: str, says: str) -> Finding:
    return Finding(where, says, "note")
