"""Pictures: decoded within limits, compared by what they show, copied without more."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from domain.errors import Invalid
from web.evidence.stamp import Stamp, stamp_of

WHOLE = "evidence is a picture, a PDF or plain text, whole, and no biometrics"
# A phone's camera has fifty million; what says more may be made to take memory away.
MOST_PIXELS = 64_000_000
MOST_FRAMES = 100
# By what the decoder calls them; the first is all that several views of a thing show.
TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
}
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95},
    "PNG": {},
    "TIFF": {"compression": "tiff_adobe_deflate"},
    "WEBP": {"lossless": True, "quality": 50},
}
# Decoded pictures are large: no process holds several at once.
ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a picture is and says; `sha256` is of its pixels, whatever is around them.

    `copy` shows the same and says nothing.
    """

    media_type: str
    sha256: str
    stamp: Stamp
    copy: bytes = field(repr=False)


def is_one(content: bytes) -> bool:
    """Return whether the bytes begin as those of a picture do."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return webp or content.startswith(BEGINNINGS)


def read(content: bytes) -> Picture:
    """Return the picture; raise `Invalid` if it is broken, or too large to decode."""
    with ONE_AT_A_TIME:
        try:
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                return decoded(image)
        except Invalid:
            raise
        # The bytes are anybody's, and a decoder fails on them in ways of its own.
        except Exception as error:
            raise Invalid(
                "file", "the picture cannot be decoded", rule=WHOLE
            ) from error


def decoded(image: Image.Image) -> Picture:
    form = str(image.format)
    stamp = stamp_of(image.getexif())
    pages = list(frames(image, 1 if form == "MPO" else MOST_FRAMES))
    shown = sha256()
    for page in pages:
        shown.update(f"{page.mode} {page.size}\n".encode())
        shown.update(page.tobytes())
    return Picture(
        media_type=TYPES[form],
        sha256=shown.hexdigest(),
        stamp=stamp,
        copy=copied(pages, "JPEG" if form == "MPO" else form),
    )


def frames(image: Image.Image, most: int) -> Iterator[Image.Image]:
    """Yield the picture's pages, as far as they are wanted, each as what it shows."""
    pixels = 0
    for number in range(most + 1):
        try:
            image.seek(number)
        except EOFError:
            return
        if number == MOST_FRAMES:
            raise Invalid("file", f"it has more than {MOST_FRAMES} pages", rule=WHOLE)
        if number == most:
            return
        pixels += image.width * image.height
        if pixels > MOST_PIXELS:
            reason = f"it has more than {MOST_PIXELS} pixels"
            raise Invalid("file", reason, rule=WHOLE)
        yield plain(image)


def plain(page: Image.Image) -> Image.Image:
    """Return the page turned as it is to be seen, with nothing but its pixels."""
    turned = ImageOps.exif_transpose(page)
    mode = "RGBA" if turned.has_transparency_data else "RGB"
    bare = turned.convert(mode) if turned.mode in ("P", "PA") else turned.copy()
    bare.info.clear()
    return bare


def copied(pages: list[Image.Image], form: str) -> bytes:
    """Return a file that shows the same: encoded anew, so that nothing else is left."""
    file, more = BytesIO(), pages[1:]
    several: dict[str, Any] = {"save_all": True, "append_images": more} if more else {}
    pages[0].save(file, form, **SAVED[form], **several)
    return file.getvalue()
