"""Evidence: what was taken, whence, by whom, and who has had it since."""

from datetime import date, datetime
from typing import ClassVar, Literal

from domain.proceedings import Said
from domain.record import Text

# `attendance` is what a system that records presence has noted: references, no more.
EvidenceKind = Literal["photo", "document", "attendance"]


class EvidenceAdded(Said):
    """A piece of evidence; the file is kept apart, sealed, in a place of its own.

    The SHA-256 is sealed with the rest: whoever has a likely file could else find out
    from the log that it stands in this case, even after its key was destroyed. What
    stays in the open are the marks, which tell nothing without the office's own key.

    Attributes:
        evidence: which piece: "CASE:1".
        sha256, size, media_type: of the original, in bytes.
        stripped_sha256: of the copy without its hidden data, which readers get.
        captured_at: when it was taken, as the file itself says; no time zone, no UTC.
        place: where, as the file itself says: latitude and longitude in degrees.
        device: with what.
        flags: what is odd about it: "unstamped", "reused:CASE:1" for the same bytes,
            "reused-picture:CASE:1" for the same picture in other bytes.
        found_on: the day on which it was obtained, `text` how and where.
        mark: a keyed digest of the bytes; the same wherever the same file stands.
        picture_mark: one of the decoded picture, if it is one.
    """

    TOPIC: ClassVar = "case.evidence-added"
    evidence: str
    sha256: Text
    size: int
    media_type: str
    found_on: date
    text: Text
    stripped_sha256: Text | None = None
    captured_at: datetime | None = None
    place: Text | None = None
    device: Text | None = None
    flags: tuple[str, ...] = ()
    kind: EvidenceKind = "document"
    mark: str = ""
    picture_mark: str | None = None


class EvidenceExcluded(Said):
    """It was obtained unlawfully, or is not to be relied on; it stays in the chain."""

    TOPIC: ClassVar = "case.evidence-excluded"
    evidence: str
    text: Text


class EvidenceAccessed(Said):
    """Its bytes were about to be shown: the stripped copy, or the `original`."""

    TOPIC: ClassVar = "case.evidence-accessed"
    evidence: str
    original: bool
    purpose: str


class EvidenceTransferred(Said):
    """It was handed over to somebody outside, who answers for it from now on."""

    TOPIC: ClassVar = "case.evidence-transferred"
    evidence: str
    to: Text
    text: Text
