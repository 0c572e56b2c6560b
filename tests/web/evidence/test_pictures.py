"""S2-06: a photo says when and where it was taken; what it hides is not passed on."""

import struct
import zlib
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from domain.errors import Invalid
from tests.web.evidence.pictures import drawn, exif, photo, saved
from web.evidence import picture
from web.evidence.picture import read
from web.evidence.stamp import stamp_of

FORMS = ("JPEG", "PNG", "TIFF", "WEBP")
TAKEN = datetime(2021, 3, 1, 10, 20, 30)  # noqa: DTZ001  the camera says no zone


@pytest.mark.parametrize("form", FORMS)
def test_s2_06_what_a_picture_says_of_itself_is_read(form: str) -> None:
    stamp = read(photo(form)).stamp

    assert (stamp.captured_at, stamp.device) == (TAKEN, "Maker Phone 7")
    assert stamp.place == "30.250000, 120.170000"
    assert stamp.complete


def test_the_zone_is_told_where_the_camera_told_it() -> None:
    said = exif()
    said.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] = "+08:00"

    zone = timezone(timedelta(hours=8))
    assert stamp_of(said).captured_at == TAKEN.replace(tzinfo=zone)


def test_s2_06_a_picture_without_time_or_place_is_not_stamped() -> None:
    assert not read(photo(time=None)).stamp.complete
    assert not read(photo(place=False)).stamp.complete
    assert not read(saved(drawn(), "PNG")).stamp.complete


@pytest.mark.parametrize("form", FORMS)
def test_s2_06_the_copy_shows_the_same_and_says_nothing(form: str) -> None:
    found = read(photo(form))

    for word in (b"Maker", b"Phone", b"2021:03:01", b"neighbour", b"Exif", b"http"):
        assert word not in found.copy
    again = read(found.copy)
    assert again.stamp == stamp_of(Image.Exif())
    assert again.media_type == found.media_type
    if form != "JPEG":
        assert again.sha256 == found.sha256


def test_s2_06_the_same_picture_is_known_in_other_bytes() -> None:
    whole, bare = photo("PNG"), saved(drawn(), "PNG")

    assert whole != bare
    assert read(whole).sha256 == read(bare).sha256 != read(photo("JPEG")).sha256
    assert read(saved(drawn("blue"), "PNG")).sha256 != read(bare).sha256


def test_a_picture_is_copied_as_it_is_to_be_seen() -> None:
    turned = read(photo("PNG", Orientation=6))

    with Image.open(BytesIO(turned.copy)) as image:
        assert image.size == (8, 16)


@pytest.mark.parametrize(
    ("mode", "form"), [("P", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("1", "TIFF")]
)
def test_pictures_of_every_kind_are_taken(mode: str, form: str) -> None:
    assert read(saved(drawn("white", "RGB").convert(mode), form)).copy


def test_a_palette_may_have_a_colour_that_is_not_there() -> None:
    found = read(saved(drawn().convert("P"), "PNG", transparency=0))

    with Image.open(BytesIO(found.copy)) as image:
        assert image.mode == "RGBA"


def test_all_pages_of_a_scan_are_copied() -> None:
    pages = [drawn(color) for color in ("red", "green", "blue")]
    scan = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    with Image.open(BytesIO(read(scan).copy)) as image:
        assert getattr(image, "n_frames", 1) == 3


def test_of_several_views_of_one_thing_the_first_is_copied() -> None:
    both = saved(drawn(), "MPO", save_all=True, append_images=[drawn("blue")])

    found = read(both)

    assert found.media_type == "image/jpeg"
    assert read(found.copy).media_type == "image/jpeg"


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_is_cut_off_is_refused(form: str) -> None:
    whole = saved(drawn(size=(200, 200)), form)

    for length in (20, len(whole) // 2, len(whole) - len(whole) // 5):
        with pytest.raises(Invalid, match="cannot be decoded"):
            read(whole[:length])


def test_a_picture_of_too_many_pixels_is_never_decoded() -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + kind
        + body
        + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(b"\0")),
            (b"IEND", b""),
        )
    )

    with pytest.raises(Invalid):
        read(bomb)


def test_pages_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    scan = saved(drawn(), "TIFF", save_all=True, append_images=[drawn("blue")])

    monkeypatch.setattr(picture, "MOST_PIXELS", 16 * 8)
    with pytest.raises(Invalid, match="more than 128 pixels"):
        read(scan)
    monkeypatch.setattr(picture, "MOST_PIXELS", 16 * 8 * 2)
    monkeypatch.setattr(picture, "MOST_FRAMES", 1)
    with pytest.raises(Invalid, match="more than 1 pages"):
        read(scan)
    monkeypatch.setattr(picture, "MOST_FRAMES", 2)
    assert read(scan).copy


ODD: list[tuple[IFD, int, Any]] = [
    (IFD.Exif, Base.DateTimeOriginal, "0000:00:00 00:00:00"),
    (IFD.Exif, Base.DateTimeOriginal, "yesterday"),
    (IFD.Exif, Base.DateTimeOriginal, 7),
    (IFD.Exif, Base.DateTimeOriginal, b"\xff\xfe"),
    (IFD.GPSInfo, GPS.GPSLatitude, (91.0, 0.0, 0.0)),
    (IFD.GPSInfo, GPS.GPSLatitude, (1.0, 2.0)),
    (IFD.GPSInfo, GPS.GPSLatitude, "north"),
    (IFD.GPSInfo, GPS.GPSLatitude, 30),
    (IFD.GPSInfo, GPS.GPSLatitudeRef, "X"),
    (IFD.GPSInfo, GPS.GPSLatitudeRef, 1),
    (IFD.GPSInfo, GPS.GPSLongitude, (float("nan"), 0.0, 0.0)),
]


@pytest.mark.parametrize(("ifd", "tag", "value"), ODD)
def test_what_cannot_be_read_is_not_said(ifd: IFD, tag: int, value: Any) -> None:
    said = exif()
    said.get_ifd(ifd)[tag] = value

    assert not stamp_of(said).complete


def test_an_odd_zone_leaves_the_time_without_one() -> None:
    said = exif()
    said.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] = "Z"

    assert stamp_of(said).captured_at == TAKEN


def test_a_name_is_short_and_can_be_shown() -> None:
    said = exif(Make="M\x07\u202e" + "x" * 500, Model=b"\xffModel")

    device = stamp_of(said).device
    assert device is not None
    assert device.isprintable()
    assert len(device) < 410


def test_a_camera_without_a_name_is_none() -> None:
    assert stamp_of(Image.Exif()).device is None
