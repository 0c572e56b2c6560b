"""PostgreSQL's COPY text, as `pg_dump` writes it: blocks of rows, columns, escapes."""

import mmap
import re
from binascii import Error, unhexlify
from collections.abc import Iterator
from dataclasses import dataclass

from projections.ledger.verifier.verdict import CannotCheck

HEAD = re.compile(rb"COPY ([^\n]+?) \(([^\n]*)\) FROM stdin;\n")
END = b"\\.\n"
ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
OCTAL = re.compile(rb"\\(?:([0-7]{3})|(\\))")
NAMED = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
NULL = rb"\N"


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one table in a file.

    Attributes:
        table: its name with its schema, without quotes.
        columns: its columns in the order of the file.
        start: where in the file the first row begins.
        stop: where the rows end.
    """

    table: str
    columns: tuple[str, ...]
    start: int
    stop: int


def blocks(content: mmap.mmap | bytes) -> Iterator[Block]:
    """Yield the blocks of a dump.

    Raises:
        CannotCheck: the file ends within one.
    """
    at = 0
    while found := HEAD.search(content, at):
        if found.start() and content[found.start() - 1 : found.start()] != b"\n":
            at = found.end()
            continue
        start = found.end()
        empty = content[start : start + len(END)] == END
        stop = start if empty else content.find(b"\n" + END, start - 1) + 1
        if not empty and not stop:
            raise CannotCheck(f"the dump ends within the rows of {_text(found[1])}")
        columns = tuple(_plain(name) for name in _text(found[2]).split(", "))
        yield Block(_plain(_text(found[1])), columns, start, stop)
        at = stop + len(END)


def fields_of(line: bytes) -> list[bytes]:
    """Return the fields of a row, still escaped; the line is without its newline."""
    return line.split(b"\t")


def rows_of(content: mmap.mmap | bytes, block: Block) -> Iterator[dict[str, bytes]]:
    """Yield the rows of a table, unescaped, NULL left out."""
    at = block.start
    while at < block.stop:
        end = content.find(b"\n", at)
        fields = zip(block.columns, fields_of(content[at:end]), strict=True)
        yield {name: unescaped(field) for name, field in fields if field != NULL}
        at = end + 1


def unescaped(field: bytes) -> bytes:
    """Return what a field says, as the server read it."""
    return ESCAPED.sub(_character, field) if b"\\" in field else field


def bytea(field: bytes) -> bytes:
    """Return the bytes that a field of the type bytea says, still escaped as a field.

    Raises:
        ValueError: it is neither of the forms that PostgreSQL writes.
    """
    if field.startswith(rb"\\x"):  # by far the most, without another look
        return unhexlify(field[3:])
    return bytea_value(unescaped(field))


def bytea_value(text: bytes) -> bytes:
    """Return the bytes that the text of a bytea says, in the hex or the escape form.

    Raises:
        ValueError: it is not hexadecimal where it has to be.
    """
    if text.startswith(rb"\x"):
        try:
            return unhexlify(text[2:])
        except Error as error:
            raise ValueError(f"this is not hexadecimal: {text[:80]!r}") from error
    return OCTAL.sub(lambda m: bytes([int(m[1], 8)]) if m[1] else b"\\", text)


def _character(match: re.Match[bytes]) -> bytes:
    octal, hexadecimal, other = match.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    if hexadecimal:
        return bytes([int(hexadecimal, 16)])
    return NAMED.get(other, other)


def _text(name: bytes) -> str:
    return name.decode(errors="replace")


def _plain(name: str) -> str:
    return name.replace('"', "")
