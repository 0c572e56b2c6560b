"""A zip may be anything: it is never unpacked, and the check never comes down."""

import os
import random
import zipfile
from pathlib import Path

import pytest

from projections.ledger.verifier.bundles import archive
from projections.ledger.verifier.bundles.archive import Unreadable, read
from tests.ledger.bundles.court import Court, Files, raw, saved, told

FLIPS = 5_000 if os.environ.get("PROBITY_SOAK") else 50


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "events/../README.txt",
        "events\\29.entry",
        "C:/policy",
        "events/29.entry\x00.exe",
        "events/029.entry",
        "README.txt ",
        "./policy",
        "checkpoint-../x",
    ],
)
def test_no_name_leads_out_of_the_archive_or_is_unusual(
    court: Court, bundled: Path, name: str
) -> None:
    def write(bundle: zipfile.ZipFile) -> None:
        member = zipfile.ZipInfo("x")
        member.filename = name
        bundle.writestr(member, b"x")

    verdict = court.check(raw(bundled, write))

    assert verdict.code == 2
    assert name.partition("\x00")[0] in told(verdict)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(court: Court, bundled: Path) -> None:
    twice = raw(bundled, lambda bundle: bundle.writestr("policy", b"quorum none\n"))

    verdict = court.check(twice)

    assert verdict.code == 2
    assert "policy: there are two files of this name" in told(verdict)


def test_an_unusual_compression_is_not_undone(court: Court, bundled: Path) -> None:
    def write(bundle: zipfile.ZipFile) -> None:
        bundle.writestr("opened/1.json", b"{}", zipfile.ZIP_BZIP2)

    verdict = court.check(raw(bundled, write))

    assert verdict.code == 2
    assert "opened/1.json: it is encrypted, or compressed" in told(verdict)


def test_what_grows_when_it_is_unpacked_is_not_unpacked(
    court: Court, bundled: Path
) -> None:
    zeros = bytes(archive.LARGEST + 1)
    bomb = raw(bundled, lambda bundle: bundle.writestr("opened/1.json", zeros))

    verdict = court.check(bomb)

    assert verdict.code == 2
    assert "opened/1.json: it would have" in told(verdict)


def test_all_files_together_have_a_limit(
    court: Court, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "WHOLE", bundled.stat().st_size // 2)
    assert court.check(bundled).code == 2
    monkeypatch.setattr(archive, "WHOLE", bundled.stat().st_size)
    zeros = bytes(bundled.stat().st_size)
    verdict = court.check(raw(bundled, lambda b: b.writestr("opened/1.json", zeros)))
    assert verdict.code == 2
    monkeypatch.setattr(archive, "MOST", 5)
    assert "more than 5 files" in told(court.check(bundled))


def test_a_file_that_says_it_is_smaller_than_it_is_is_refused(bundled: Path) -> None:
    content = bytearray(bundled.read_bytes())
    at = content.rindex(archive.DIRECTORY_ENTRY, 0, content.rindex(b"rulebooks/"))
    content[at + 24 : at + 28] = (5).to_bytes(4, "little")
    path = bundled.with_suffix(".short.zip")
    path.write_bytes(content)

    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.where.startswith("rulebooks/")


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", bytes(1000)])
def test_what_is_no_zip_could_not_be_checked(
    court: Court, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "some.zip"
    path.write_bytes(content)

    verdict = court.check(path)

    assert verdict.code == 2
    assert "some.zip: it cannot be read as a zip" in told(verdict)
    assert court.check(tmp_path / "none.zip").code == 2


def test_an_archive_that_was_cut_could_not_be_checked(
    court: Court, bundled: Path
) -> None:
    path = bundled.with_suffix(".cut.zip")
    path.write_bytes(bundled.read_bytes()[:-100])

    assert court.check(path).code == 2


@pytest.mark.soak
def test_no_flipped_bit_is_overlooked_and_none_brings_the_check_down(
    court: Court, bundled: Path, files: Files
) -> None:
    chance, content = random.Random(7), bundled.read_bytes()  # noqa: S311  repeatable
    path = bundled.with_suffix(".flipped.zip")
    for _ in range(FLIPS):
        changed = bytearray(content)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)

        code = court.check(path).code

        # A bit of the packaging may change nothing that was packed.
        assert code != 0 or read(path) == files


def test_a_table_of_contents_with_anything_in_it_is_refused(
    court: Court, bundled: Path, files: Files
) -> None:
    plain = files["manifest.json"]
    for odd in (
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        plain.replace(b"probity-bundle@v1", b"probity-bundle@v9"),
        plain.replace(b'"redacted": []', b'"redacted": [1.5]'),
        plain.replace(b'"redacted": []', b'"redacted": ["\\ud800"]'),
        plain.replace(b'"kind": "disclosure"', b'"kind": ["disclosure"]'),
        plain.replace(b'"whole": [', b'"whole": [7, '),
        plain + b" ",
    ):
        verdict = court.check(saved(bundled, files | {"manifest.json": odd}))

        assert verdict.code == 1, odd[:80]
        assert "manifest.json" in told(verdict)
