"""A file as it comes in: what it is, by its own bytes, and what is kept of it."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

from domain.case.evidence import EvidenceKind
from domain.errors import Invalid
from web.evidence import attendance, picture
from web.evidence.stamp import NOTHING, Stamp

MOST_BYTES = 32 * 1024 * 1024
TAKEN = "evidence is a picture, a PDF or plain text, whole, and no biometrics"
PDF, TEXT, CSV = "application/pdf", "text/plain", "text/csv"
ALLOWED = frozenset({*picture.TYPES.values(), PDF, TEXT, CSV})
# What programs say of a file of which they know nothing.
UNSAID = frozenset({"", "application/octet-stream"})
TAIL = 2048  # bytes within which a PDF says that it ends
UNSTAMPED = "unstamped"


@dataclass(frozen=True, kw_only=True)
class Examined:
    """What is kept of a file.

    Attributes:
        copy: the same without what is hidden in it; None where none can be made.
        picture_sha256: of the decoded picture.
        flags: what is odd about it, as far as the file alone tells.
    """

    content: bytes = field(repr=False)
    media_type: str
    copy: bytes | None = field(default=None, repr=False)
    picture_sha256: str | None = None
    stamp: Stamp = NOTHING
    flags: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def copy_sha256(self) -> str | None:
        return None if self.copy is None else sha256(self.copy).hexdigest()


def examine(content: bytes, *, kind: EvidenceKind, said: str = "") -> Examined:
    """Return what is kept of a file that is offered as evidence.

    Args:
        content: its bytes.
        kind: a photo must be a picture; a record of attendance refers to records.
        said: the media type that whoever sends it claims; it must be what it is.

    Raises:
        Invalid: it is of no type that is taken, is another than is said, or broken.
    """
    refuse_size(content)
    refuse_type(said)
    seen = looked_at(content, said)
    if said not in UNSAID and said != seen.media_type:
        reason = f"it is {seen.media_type} and not {said}"
        raise Invalid("file", reason, rule=TAKEN)
    if kind == "attendance":
        attendance.refuse_biometrics(content, seen.media_type)
    if kind == "photo" and seen.picture_sha256 is None:
        reason = f"a photo is a picture, and not {seen.media_type}"
        raise Invalid("kind", reason, rule=TAKEN)
    stamped = kind != "photo" or seen.stamp.complete
    return seen if stamped else replace(seen, flags=(UNSTAMPED,))


def refuse_size(content: bytes) -> None:
    if not 0 < len(content) <= MOST_BYTES:
        reason = f"it has {len(content)} bytes; 1 to {MOST_BYTES} are taken"
        raise Invalid("file", reason, rule=TAKEN)


def refuse_type(said: str) -> None:
    if said not in UNSAID | ALLOWED:
        known = ", ".join(sorted(ALLOWED))
        raise Invalid("file", f"{said} is not one of {known}", rule=TAKEN)


def looked_at(content: bytes, said: str) -> Examined:
    """Return what the file is by its bytes, without regard to what it is for."""
    if picture.is_one(content):
        return pictured(content)
    if content.startswith(b"%PDF-"):
        refuse_broken_pdf(content)
        return Examined(content=content, media_type=PDF)
    refuse_binary(content)
    media_type = CSV if said == CSV else TEXT
    # Nothing is hidden in text: whoever reads it gets all there is.
    return Examined(content=content, media_type=media_type, copy=content)


def pictured(content: bytes) -> Examined:
    found = picture.read(content)
    return Examined(
        content=content,
        media_type=found.media_type,
        copy=found.copy,
        picture_sha256=found.sha256,
        stamp=found.stamp,
    )


def refuse_broken_pdf(content: bytes) -> None:
    """Raise unless it has the end that every PDF has (ISO 32000-2, 7.5.5)."""
    end = content[-TAIL:]
    if b"%%EOF" not in end or b"startxref" not in end:
        raise Invalid("file", "the PDF is cut off", rule=TAKEN)


def refuse_binary(content: bytes) -> None:
    """Raise unless it is text in UTF-8 without control characters."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise Invalid("file", "it is none of the types taken", rule=TAKEN) from None
    if any(character < " " and character not in "\t\n\r\f" for character in text):
        raise Invalid("file", "the text has control characters", rule=TAKEN)
