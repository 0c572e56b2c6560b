"""What the ledger holds of an event: a short text, and its hash as a leaf."""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

FORMAT = "event@v1"
LEAF = b"\x00"  # RFC 6962, section 2.1: what sets a leaf apart from a node


def entry_text(  # noqa: PLR0913, PLR0917  an entry has seven lines
    origin: str,
    stream: UUID | str,
    version: int,
    topic: str,
    position: int | str,
    recorded_at: datetime,
    state: bytes,
) -> str:
    """Return the entry of an event: seven lines, each with its end.

    They are the log's origin and this format, the stream, the event's version in it,
    its topic, its position in the log, when it was recorded (UTC, to the microsecond),
    and the SHA-256 of its state as stored, in hexadecimal. What is sealed is hashed
    sealed: so the entry stays true when the key is destroyed.
    """
    time = recorded_at.astimezone(UTC).isoformat(timespec="microseconds")[:-6]
    head = f"{stream}\n{version}\n{topic}"
    return composed(origin, head, position, f"{time}Z", state)


def composed(
    origin: str, head: str, position: int | str, time: str, state: bytes
) -> str:
    """Return an entry of which *head* (stream, version, topic) and *time* are text."""
    digest = hashlib.sha256(state).hexdigest()
    return f"{origin}/{FORMAT}\n{head}\n{position}\n{time}\n{digest}\n"


def draft_of(
    origin: str,
    stream: UUID | str,
    version: int,
    topic: str,
    recorded_at: datetime,
    state: bytes,
) -> str:
    """Return the entry of an event that has no position yet: that line is empty."""
    return entry_text(origin, stream, version, topic, "", recorded_at, state)


def placed(draft: str, position: int) -> str:
    """Return the entry of a draft whose event now has its *position* in the log."""
    before, _, after = draft.partition("\n\n")
    return f"{before}\n{position}\n{after}"


def leaf_of(entry: str) -> bytes:
    """Return the leaf's hash: SHA-256 of a zero byte and the entry (RFC 6962, 2.1)."""
    return hashlib.sha256(LEAF + entry.encode()).digest()
