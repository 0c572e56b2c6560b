"""Cosignatures of checkpoints with the time they were made: Ed25519 and ML-DSA-44."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import (
    MLDSA44PrivateKey,
    MLDSA44PublicKey,
)

from projections.ledger.standard.checkpoint import LARGEST, parse_checkpoint
from projections.ledger.standard.signature import (
    ED25519_COSIGNATURE,
    ML_DSA_44_COSIGNATURE,
    BadNote,
    Signature,
    ed25519_fits,
    fits,
    key_id,
    key_name,
    octets,
    vkey_text,
)

TIME_BYTES = 8
LONGEST_NAME = 255  # bytes, of a cosigner or an origin in an ML-DSA-44 message
LABEL = b"subtree/v1\n\0"


@dataclass(frozen=True)
class Cosigner:
    """A key that signs checkpoints with the time; it never shows its secret."""

    name: str
    kind: int
    public: bytes = field(repr=False)
    _sign: Callable[[str, int], bytes] = field(repr=False, compare=False)

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.kind, self.public)

    @property
    def vkey(self) -> str:
        """Return the public key as a line that others configure."""
        return vkey_text(self.name, self.kind, self.public)

    def cosign(self, text: str, at: int) -> Signature:
        """Sign the text of a checkpoint at a POSIX time in seconds.

        Raises:
            BadNote: it is not a checkpoint, or that time cannot be written.
        """
        stamp = time_bytes(at)
        return Signature(self.name, self.key_id, stamp + self._sign(text, at))


def ed25519_cosigner(name: str, seed: bytes) -> Cosigner:
    """Return the cosigner of type 0x04 with this name and 32 secret bytes."""
    key = Ed25519PrivateKey.from_private_bytes(seed)

    def sign(text: str, at: int) -> bytes:
        return key.sign(ed25519_message(text, at))

    public = key.public_key().public_bytes_raw()
    return Cosigner(key_name(name), ED25519_COSIGNATURE, public, sign)


def ml_dsa_cosigner(name: str, seed: bytes) -> Cosigner:
    """Return the cosigner of type 0x06 with this name and 32 secret bytes."""
    key = MLDSA44PrivateKey.from_seed_bytes(seed)
    short(key_name(name))

    def sign(text: str, at: int) -> bytes:
        return key.sign(ml_dsa_message(name, text, at))

    public = key.public_key().public_bytes_raw()
    return Cosigner(name, ML_DSA_44_COSIGNATURE, public, sign)


def timestamp_of(signature: Signature) -> int:
    """Return the POSIX time in seconds at which a cosignature says it was made.

    Raises:
        BadNote: it has no time in it, or one that none may have.
    """
    if len(signature.value) <= TIME_BYTES:
        raise BadNote(f"the signature by {signature.name} has no time in it")
    at = int.from_bytes(signature.value[:TIME_BYTES])
    if at > LARGEST:
        raise BadNote(f"the time of the signature by {signature.name} is out of range")
    return at


def ed25519_cosignature_fits(public: bytes, text: str, signature: Signature) -> bool:
    """Return whether this is a cosignature of type 0x04 of a checkpoint."""
    message = ed25519_message(text, timestamp_of(signature))
    return ed25519_fits(public, signature.value[TIME_BYTES:], message)


def ml_dsa_cosignature_fits(public: bytes, text: str, signature: Signature) -> bool:
    """Return whether this is a cosignature of type 0x06 of a checkpoint."""
    message = ml_dsa_message(signature.name, text, timestamp_of(signature))
    value = signature.value[TIME_BYTES:]
    return fits(
        lambda: MLDSA44PublicKey.from_public_bytes(public).verify(value, message)
    )


def ed25519_message(text: str, at: int) -> bytes:
    """Return what a cosigner signs by Ed25519: two lines, and the whole text."""
    parse_checkpoint(text)
    return f"cosignature/v1\ntime {at}\n".encode() + octets(text)


def ml_dsa_message(name: str, text: str, at: int) -> bytes:
    """Return what a cosigner signs by ML-DSA-44: its name, the time, and the tree.

    Extension lines of the checkpoint are not in it: the specification leaves them out.
    """
    checkpoint = parse_checkpoint(text)
    start = 0
    return b"".join(
        (
            LABEL,
            short(name),
            time_bytes(at),
            short(checkpoint.origin),
            start.to_bytes(8),
            checkpoint.size.to_bytes(8),
            checkpoint.root,
        )
    )


def short(name: str) -> bytes:
    """Return a name after its length in one byte (RFC 8446 section 3.4)."""
    written = octets(name)
    if not 1 <= len(written) <= LONGEST_NAME:
        raise BadNote(f"a name of 1 to {LONGEST_NAME} bytes is needed, not {name!r}")
    return bytes([len(written)]) + written


def time_bytes(at: int) -> bytes:
    if not 0 <= at <= LARGEST:
        raise BadNote(f"{at} is not a time that a cosignature can have")
    return at.to_bytes(TIME_BYTES)
