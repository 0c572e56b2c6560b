"""The zip of a bundle: made always alike, and read within limits, never unpacked."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

# What is beyond these is no bundle of ours, and is not read any further.
MOST = 50_000  # files
LARGEST = 64 * 2**20  # bytes of one file
WHOLE = 256 * 2**20  # bytes of the archive, and of all files together
DIRECTORY_ENTRY = b"PK\x01\x02"  # APPNOTE.TXT of the format, section 4.3.12
KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
NAME = re.compile(
    r"README\.txt|manifest\.json|policy|checkpoint(-[\w.]+)?"
    r"|timestamp\.(tsr|checkpoint|consistency)"
    r"|events/[1-9]\d{0,18}\.(entry|state|tlog-proof)"
    r"|opened/[1-9]\d{0,18}\.json|keys/[0-9a-f]{32}\.json"
    r"|rulebooks/[\w.%~-]{1,200}-v[1-9]\d{0,8}\.toml",
    re.ASCII,
)
FOLDERS = ("events/", "opened/", "keys/", "rulebooks/")
DATED = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
UNIX, READABLE = 3, 0o100644 << 16
# What `zipfile` raises for a broken zip; NotImplementedError is its word for a way of
# compressing, or a version of the format, that it does not know.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Unreadable(ValueError):
    """What cannot be read as a bundle, or is not going to be.

    Attributes:
        where: the file in the archive that it is about; empty for the archive itself.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(reason)
        self.where = where


def read(path: Path) -> Mapping[str, bytes]:
    """Return the files of the archive by their names; nothing is written anywhere.

    Raises:
        Unreadable: it is not a zip, a file in it is damaged, has a name that no bundle
            uses, is there twice or is encrypted, or it is beyond the limits.
    """
    try:
        content = _limited(path)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(_files(archive))
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("", f"it cannot be read as a zip: {error}") from error


def _limited(path: Path) -> bytes:
    size = path.stat().st_size
    if size > WHOLE:
        raise Unreadable("", f"it has {size} bytes: {WHOLE} is the most")
    content = path.read_bytes()
    if content.count(DIRECTORY_ENTRY) > MOST:
        raise Unreadable("", f"it has more than {MOST} files")
    return content


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    left = WHOLE
    for member in archive.infolist():
        if member.filename in FOLDERS:
            continue
        _refuse_odd(member, seen)
        seen.add(member.filename)
        content = _content(archive, member, left)
        left -= len(content)
        yield member.filename, content


def _refuse_odd(member: zipfile.ZipInfo, seen: set[str]) -> None:
    # The name as it is stored: the library cuts it at a zero byte.
    name = member.orig_filename
    if not NAME.fullmatch(name):
        raise Unreadable(name, "no file of a bundle has such a name")
    if name in seen:
        raise Unreadable(name, "there are two files of this name")
    if member.flag_bits & ENCRYPTED or member.compress_type not in KINDS:
        raise Unreadable(name, "it is encrypted, or compressed in an unusual way")


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    most = min(LARGEST, left)
    if member.file_size > most:
        raise Unreadable(
            member.filename, f"it would have {member.file_size} bytes: too many"
        )
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except BROKEN as error:
        raise Unreadable(member.filename, f"it is damaged: {error}") from error
    if len(content) > most:
        raise Unreadable(member.filename, "it has more bytes than it says")
    return content


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files, the same whenever and wherever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, DATED)
            member.create_system, member.external_attr = UNIX, READABLE
            archive.writestr(member, files[name])
    return content.getvalue()
