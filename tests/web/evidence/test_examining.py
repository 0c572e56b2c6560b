"""Which files are taken: by their bytes, whole, and none with anything of a body."""

import random
from contextlib import suppress

import pytest

from domain.errors import Invalid
from tests.web.evidence.pictures import drawn, photo, saved
from web.evidence import examining
from web.evidence.examining import CSV, PDF, TEXT, examine

REPORT = b"%PDF-1.7\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"
CLOCKED = b"record,at,door\nT-17,2021-03-01T08:00,north\nT-18,2021-03-01T17:00,north\n"
# How templates of faces, fingers and irises begin (ISO/IEC 19794), and an archive.
TEMPLATES = (
    b"FAC\x00010\0",
    b"FMR\x00 20\0",
    b"IIR\x00010\0",
    b"PK\x03\x04" + b"\0" * 9,
)


@pytest.mark.parametrize(
    ("content", "said", "media_type"),
    [
        (photo(), "image/jpeg", "image/jpeg"),
        (photo("WEBP"), "", "image/webp"),
        (photo("TIFF"), "application/octet-stream", "image/tiff"),
        (REPORT, PDF, PDF),
        (b"I saw it.\n", TEXT, TEXT),
        ("他看见了。\n".encode(), "", TEXT),
        (CLOCKED, CSV, CSV),
    ],
)
def test_a_file_is_what_its_bytes_say(
    content: bytes, said: str, media_type: str
) -> None:
    assert examine(content, kind="document", said=said).media_type == media_type


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (photo(), "image/png"),
        (photo(), TEXT),
        (REPORT, TEXT),
        (b"I saw it.\n", PDF),
        (b"<html></html>", "text/html"),
        (photo(), "application/vnd.iso19794-5"),
    ],
)
def test_who_says_that_it_is_something_else_is_not_believed(
    content: bytes, said: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        examine(content, kind="document", said=said)

    assert refusal.value.field == "file"
    assert refusal.value.rule


@pytest.mark.parametrize(
    "content", [*TEMPLATES, b"", b"a\0b", b"\x1b[31m", b"\xff\xfe"]
)
def test_s4_06_what_is_of_no_type_that_is_taken_is_refused(content: bytes) -> None:
    for kind in ("photo", "document", "attendance"):
        with pytest.raises(Invalid):
            examine(content, kind=kind)


def test_a_file_may_not_be_larger_than_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(examining, "MOST_BYTES", 4)

    assert examine(b"1234", kind="document").sha256
    with pytest.raises(Invalid, match="5 bytes; 1 to 4"):
        examine(b"12345", kind="document")


def test_a_pdf_that_is_cut_off_is_refused() -> None:
    with pytest.raises(Invalid, match="cut off"):
        examine(REPORT[:20], kind="document")
    with pytest.raises(Invalid, match="cut off"):
        examine(b"%PDF-1.7\n%%EOF\n", kind="document")


def test_of_a_pdf_there_is_no_copy_and_of_text_the_copy_is_all_of_it() -> None:
    assert examine(REPORT, kind="document").copy_sha256 is None
    text = examine(CLOCKED, kind="document")
    assert text.copy_sha256 == text.sha256


def test_s2_06_a_photo_without_a_stamp_is_flagged_and_other_pictures_are_not() -> None:
    bare = saved(drawn(), "PNG")

    assert examine(bare, kind="photo").flags == ("unstamped",)
    assert examine(bare, kind="document").flags == ()
    assert examine(photo(), kind="photo").flags == ()
    assert examine(photo(place=False), kind="photo").flags == ("unstamped",)


def test_a_photo_is_a_picture() -> None:
    with pytest.raises(Invalid, match="a photo is a picture") as refusal:
        examine(REPORT, kind="photo")

    assert refusal.value.field == "kind"


def test_s4_06_attendance_is_taken_as_references_to_records() -> None:
    assert examine(CLOCKED, kind="attendance", said=CSV).media_type == CSV


@pytest.mark.parametrize(
    "content",
    [
        photo(),
        REPORT,
        b"record,face_template\n1,x\n",
        b"person,Embedding\n1,x\n",
        "记录,人脸\n1,x\n".encode(),
        b"record,at\n1," + b"QUJD" * 60 + b"\n",
    ],
)
def test_s4_06_attendance_takes_no_pictures_and_no_templates(content: bytes) -> None:
    with pytest.raises(Invalid, match="no biometrics are stored"):
        examine(content, kind="attendance")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_whatever_is_done_to_a_picture_it_is_taken_or_refused(form: str) -> None:
    whole, chance = photo(form), random.Random(7)  # noqa: S311  a fixed seed

    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        with suppress(Invalid):
            assert examine(bytes(broken), kind="photo").copy
