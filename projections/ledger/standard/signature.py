"""One signature of a note: its line, the name and identifier of its key, and base64."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519 = 0x01  # the signature types of C2SP signed-note
ED25519_COSIGNATURE = 0x04
ML_DSA_44_COSIGNATURE = 0x06
PUBLIC_BYTES = {ED25519: 32, ED25519_COSIGNATURE: 32, ML_DSA_44_COSIGNATURE: 1312}
KEY_ID_BYTES = 4
DASH = "\N{EM DASH} "


class BadNote(ValueError):
    """Not a note, a key or a checkpoint, or not signed as it has to be."""


@dataclass(frozen=True)
class Signature:
    """The signature of a note by the key of this name and identifier."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Return the line of a note, with its newline."""
        return f"{DASH}{self.name} {encoded(self.key_id + self.value)}\n"


def parse_line(line: str) -> Signature:
    """Read one signature line, without its newline.

    Raises:
        BadNote: it is not an em dash, a name and base64 of more than a key identifier.
    """
    if not line.startswith(DASH):
        raise BadNote(f"not a signature line, it does not begin with a dash: {line!r}")
    name, _, written = line.removeprefix(DASH).partition(" ")
    value = decoded(written, "a signature")
    if len(value) <= KEY_ID_BYTES:
        raise BadNote(f"the signature by {name!r} is too short to be one")
    return Signature(key_name(name), value[:KEY_ID_BYTES], value[KEY_ID_BYTES:])


def key_name(name: str) -> str:
    """Return the name of a key as it is.

    Raises:
        BadNote: it is empty, or has a space, a plus or a control character in it.
    """
    wrong = [c for c in name if c.isspace() or c == "+" or c < " "]
    if wrong or not name:
        raise BadNote(f"{name!r} cannot be the name of a key: no spaces and no plus")
    octets(name)
    return name


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Return the identifier of a key, four bytes (C2SP signed-note, Signatures)."""
    named = name.encode() + b"\n" + bytes([kind]) + public
    return hashlib.sha256(named).digest()[:KEY_ID_BYTES]


def vkey_text(name: str, kind: int, public: bytes) -> str:
    """Return a public key as text (C2SP signed-note, Verifier keys)."""
    identifier = key_id(name, kind, public).hex()
    return f"{name}+{identifier}+{encoded(bytes([kind]) + public)}"


def encoded(value: bytes) -> str:
    return b64encode(value).decode()


def decoded(written: str, what: str) -> bytes:
    """Read base64 (RFC 4648 section 4) in the one form that `encoded` writes.

    Raises:
        BadNote: it is anything else; *what* it should have been is said.
    """
    try:
        value = b64decode(written.encode("ascii"), validate=True)
    except (Error, UnicodeEncodeError) as error:
        raise BadNote(f"{what} is not base64: {written[:80]!r}") from error
    if encoded(value) != written:
        raise BadNote(f"{what} is not the usual base64 of its bytes: {written[:80]!r}")
    return value


def octets(text: str) -> bytes:
    """Return text in UTF-8.

    Raises:
        BadNote: it has none, since it was read from bytes that were not.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise BadNote("this is not UTF-8") from error


def fits(check: Callable[[], None]) -> bool:
    """Return whether a check of the cryptography passes; a malformed key does not."""
    try:
        check()
    except (InvalidSignature, ValueError):
        return False
    return True


def ed25519_fits(public: bytes, value: bytes, message: bytes) -> bool:
    """Return whether this is the Ed25519 signature (RFC 8032) of a message."""
    return fits(
        lambda: Ed25519PublicKey.from_public_bytes(public).verify(value, message)
    )
