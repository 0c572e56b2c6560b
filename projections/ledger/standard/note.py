"""Signed notes (C2SP signed-note): reading, signing, and what counts as verified."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from projections.ledger.standard.cosignature import (
    ed25519_cosignature_fits,
    ml_dsa_cosignature_fits,
)
from projections.ledger.standard.signature import (
    ED25519,
    ED25519_COSIGNATURE,
    ML_DSA_44_COSIGNATURE,
    PUBLIC_BYTES,
    BadNote,
    Signature,
    decoded,
    ed25519_fits,
    key_id,
    key_name,
    octets,
    parse_line,
    vkey_text,
)

__all__ = [
    "BadNote",
    "Note",
    "Signature",
    "Signer",
    "Verifier",
    "ed25519_signer",
    "parse",
    "parse_vkey",
    "verified",
]

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")  # all but the newline
LONGEST = 1_000_000  # characters of a note; 16 signatures of any kind are far below
MOST_SIGNATURES = 100
Check = Callable[[bytes, str, Signature], bool]


@dataclass(frozen=True)
class Note:
    """A text, ended by a newline, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(one.line() for one in self.signatures)}"


@dataclass(frozen=True)
class Verifier:
    """A public key under the name by which we trust it."""

    name: str
    key_id: bytes
    kind: int
    public: bytes = field(repr=False)

    @property
    def vkey(self) -> str:
        """Return the key as `parse_vkey` reads it."""
        return vkey_text(self.name, self.kind, self.public)

    def verify(self, text: str, value: bytes) -> bool:
        """Return whether *value* is a signature of this key under the text."""
        try:
            signature = Signature(self.name, self.key_id, value)
            return CHECKS[self.kind](self.public, text, signature)
        except BadNote:  # a cosignature of what is no checkpoint, or without a time
            return False


@dataclass(frozen=True)
class Signer:
    """A key that signs any text by Ed25519; it never shows its secret."""

    name: str
    public: bytes = field(repr=False)
    _sign: Callable[[bytes], bytes] = field(repr=False, compare=False)

    @cached_property
    def key_id(self) -> bytes:
        return key_id(self.name, ED25519, self.public)

    @property
    def vkey(self) -> str:
        """Return the public key as a line that others configure."""
        return vkey_text(self.name, ED25519, self.public)

    def sign(self, text: str) -> Signature:
        """Sign a text.

        Raises:
            BadNote: it cannot be the text of a note.
        """
        checked(text)
        return Signature(self.name, self.key_id, self._sign(octets(text)))


def ed25519_signer(name: str, seed: bytes) -> Signer:
    """Return the signer of type 0x01 with this name and 32 secret bytes."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return Signer(key_name(name), key.public_key().public_bytes_raw(), key.sign)


def parse(note: str) -> Note:
    """Read a note; nothing is known of it until `verified` says so.

    Read the file as bytes and decode them: Python's text files change line ends.

    Raises:
        BadNote: it is not a text, an empty line and signature lines, to the letter.
    """
    if len(note) > LONGEST:
        raise BadNote(f"a note of more than {LONGEST} characters is not read")
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise BadNote(
            "a note is a text, an empty line, and signatures to the last line"
        )
    written = lines[:-1].split("\n")
    if len(written) > MOST_SIGNATURES:
        raise BadNote(f"a note of more than {MOST_SIGNATURES} signatures is not read")
    return Note(checked(f"{text}\n"), tuple(parse_line(line) for line in written))


def checked(text: str) -> str:
    """Return the text of a note as it is, if it can be one."""
    octets(text)
    if CONTROL.search(text):
        raise BadNote("there is a control character in the text of the note")
    if not text.endswith("\n"):
        raise BadNote("the text of a note ends with a newline, and this does not")
    return text


def parse_vkey(vkey: str) -> Verifier:
    """Read a verifier key: name, identifier and public key with plusses between.

    Raises:
        BadNote: it is something else, of a type unknown here, or its identifier is not
            that of the key.
    """
    name, first, rest = vkey.partition("+")
    identifier, second, written = rest.partition("+")
    if not (first and second):
        raise BadNote(f"{vkey[:80]!r} is not a verifier key: NAME+IDENTIFIER+KEY")
    public = decoded(written, f"the key of {name}")
    kind, public = public[:1], public[1:]
    if PUBLIC_BYTES.get(int.from_bytes(kind)) != len(public):
        raise BadNote(f"the key of {name} is of no type known here, or cut")
    computed = key_id(key_name(name), kind[0], public)
    if identifier != computed.hex():
        raise BadNote(f"the identifier {identifier[:20]!r} is not that of {name}'s key")
    return Verifier(name, computed, kind[0], public)


def verified(note: Note, verifiers: Iterable[Verifier]) -> list[Signature]:
    """Return the signatures by keys we know, all of them valid; others are ignored.

    Raises:
        BadNote: there is none, or one by a key we know is not valid.
    """
    known = by_key(verifiers)
    ours = [one for one in note.signatures if (one.name, one.key_id) in known]
    for one in ours:
        if not known[one.name, one.key_id].verify(note.text, one.value):
            raise BadNote(
                f"the signature by {one.name} does not fit: not to be trusted"
            )
    if not ours:
        raise BadNote("no key that we know has signed this note")
    return ours


def by_key(verifiers: Iterable[Verifier]) -> Mapping[tuple[str, bytes], Verifier]:
    """Return keys by what a signature line names them by."""
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.key_id), verifier) != verifier:
            raise BadNote(f"two keys of {verifier.name} have one identifier")
    return known


def ed25519_note_fits(public: bytes, text: str, signature: Signature) -> bool:
    return ed25519_fits(public, signature.value, octets(text))


CHECKS: Mapping[int, Check] = {
    ED25519: ed25519_note_fits,
    ED25519_COSIGNATURE: ed25519_cosignature_fits,
    ML_DSA_44_COSIGNATURE: ml_dsa_cosignature_fits,
}
