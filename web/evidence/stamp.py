"""What a picture says of itself: when it was taken, where, and with what (EXIF 3.0)."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL.ExifTags import GPS, IFD, Base
from PIL.Image import Exif

WRITTEN = "%Y:%m:%d %H:%M:%S"
OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}")
MOST = 200  # characters of a name
DIGITS = 6  # of a degree: a tenth of a metre
Tags = Mapping[int, Any]
# What a tag may hold that is not what it should be, and what reading it then raises.
ODD = (ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Attributes: `place` is latitude and longitude in degrees, north and east."""

    captured_at: datetime | None = None
    place: str | None = None
    device: str | None = None

    @property
    def complete(self) -> bool:
        """Whether it says both when and where."""
        return self.captured_at is not None and self.place is not None


NOTHING = Stamp()


def stamp_of(exif: Exif) -> Stamp:
    """Return what is said; what cannot be read is not said.

    No more is read than these three. Whoever took the picture could write what they
    liked: it is a claim, and no proof.
    """
    return Stamp(
        captured_at=time_in(part(exif, IFD.Exif)),
        place=place_in(part(exif, IFD.GPSInfo)),
        device=device_in(exif),
    )


def part(exif: Exif, which: IFD) -> Tags:
    # The bytes are anybody's: what the library makes of them fails in many ways.
    try:
        return dict(exif.get_ifd(which))
    except Exception:  # noqa: BLE001  as said
        return {}


def time_in(tags: Tags) -> datetime | None:
    """Return when it was taken, in the zone that is said, if one is."""
    with suppress(*ODD):
        taken = datetime.strptime(  # noqa: DTZ007  the file may know of no zone
            word(tags[Base.DateTimeOriginal]), WRITTEN
        )
        offset = word(tags.get(Base.OffsetTimeOriginal, ""))
        if OFFSET.fullmatch(offset):
            return datetime.fromisoformat(taken.isoformat() + offset)
        return taken
    return None


def place_in(tags: Tags) -> str | None:
    with suppress(*ODD):
        latitude = degrees(tags[GPS.GPSLatitude], word(tags[GPS.GPSLatitudeRef]), "NS")
        longitude = degrees(
            tags[GPS.GPSLongitude], word(tags[GPS.GPSLongitudeRef]), "EW"
        )
        if abs(latitude) <= 90 and abs(longitude) <= 180:  # noqa: PLR2004  of the globe
            return f"{latitude:.{DIGITS}f}, {longitude:.{DIGITS}f}"
    return None


def degrees(parts: Any, side: str, sides: str) -> float:
    """Return degrees, minutes and seconds as degrees; minus is south or west."""
    whole, minutes, seconds = (float(one) for one in parts)
    found = whole + minutes / 60 + seconds / 3600
    return -found if sides.index(side) else found


def device_in(exif: Exif) -> str | None:
    names = []
    for tag in (Base.Make, Base.Model):
        with suppress(*ODD):
            names.append(word(exif[tag]))
    return " ".join(filter(None, names)) or None


def word(value: Any) -> str:
    """Return a text as it can be shown and stored: printable, and not too long."""
    text = value.decode("ascii", "ignore") if isinstance(value, bytes) else str(value)
    kept = "".join(c for c in text if c.isprintable() and not "\ud800" <= c <= "\udfff")
    return kept.strip()[:MOST]
