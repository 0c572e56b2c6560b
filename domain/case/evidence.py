"""Evidence: what was taken, whence, by whom, and who has had it since."""

from datetime import date, datetime
from typing import ClassVar

from domain.proceedings import Said
from domain.record import Text


class EvidenceAdded(Said):
    """A piece of evidence; the file is kept apart, by the SHA-256 of its bytes.

    Attributes:
        evidence: which piece: "CASE:1".
        sha256, size, media_type: of the original, in bytes.
        stripped_sha256: of the copy without its hidden data, which readers get.
        captured_at: when it was taken, as the file itself says; no time zone, no UTC.
        place: where, as the file itself says: latitude and longitude in degrees.
        device: with what.
        flags: what is odd about it: "unstamped", "reused:CASE:1", ...
        found_on: the day on which it was obtained, `text` how and where.
    """

    TOPIC: ClassVar = "case.evidence-added"
    evidence: str
    sha256: str
    size: int
    media_type: str
    found_on: date
    text: Text
    stripped_sha256: str | None = None
    captured_at: datetime | None = None
    place: Text | None = None
    device: Text | None = None
    flags: tuple[str, ...] = ()


class EvidenceExcluded(Said):
    """It was obtained unlawfully, or is not to be relied on; it stays in the chain."""

    TOPIC: ClassVar = "case.evidence-excluded"
    evidence: str
    text: Text


class EvidenceAccessed(Said):
    TOPIC: ClassVar = "case.evidence-accessed"
    evidence: str
    original: bool
    purpose: str


class EvidenceTransferred(Said):
    TOPIC: ClassVar = "case.evidence-transferred"
    evidence: str
    to: str
    text: Text
