"""Wrapping keys (key-encryption keys): what one does, and those held in memory."""

import hashlib
import hmac
import os
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import VaultClosed
from projections.vault.datakey import KEY_BYTES, NONCE_BYTES

PURPOSE = b"probity: the name of a wrapping key"
NAME = "kek-"


class Wrapping(Protocol):
    """The versions of the wrapping key that are at hand; data keys name theirs.

    All raise `domain.errors.VaultClosed` where what keeps them is out of reach, and
    `KeyError` for a version that is not there.
    """

    @property
    def place(self) -> str:
        """Say where the versions are kept, for people."""

    def versions(self) -> Sequence[str]:
        """Return their names as they are now, the oldest first."""

    def wrap(self, version: str, secret: bytes, bound_to: bytes) -> bytes:
        """Return the box, which opens only where *bound_to* is the same again."""

    def unwrap(self, version: str, box: bytes, bound_to: bytes) -> bytes:
        """Return what is in the box; raise `ValueError` if it is not as it was made."""

    def add(self) -> str:
        """Make a new version, the last of all from now on, and return its name."""

    def drop(self, version: str) -> bool:
        """Forget a version for ever; return False where only the operator can."""


class Given:
    """Versions that somebody gave us, and that only they can add to or take from."""

    def __init__(self, secrets: Iterable[bytes], place: str) -> None:
        self.place = place
        self.ciphers = ciphers(secrets)

    def versions(self) -> Sequence[str]:
        return list(self.ciphers)

    def wrap(self, version: str, secret: bytes, bound_to: bytes) -> bytes:
        return wrapped_by(self.ciphers[version], secret, bound_to)

    def unwrap(self, version: str, box: bytes, bound_to: bytes) -> bytes:
        return unwrapped_by(self.ciphers[version], box, bound_to)

    def add(self) -> str:
        raise VaultClosed(
            f"{self.place} cannot be added to from here. Put a new key behind the"
            " others, after a comma, where that is set (`openssl rand -base64 32` makes"
            " one), start all programs again, and then run this again."
        )

    def drop(self, version: str) -> bool:
        return version not in self.ciphers


def name_of(secret: bytes) -> str:
    """Return the name of a wrapping key: it tells the key from others, and no more."""
    return NAME + hmac.digest(secret, PURPOSE, hashlib.sha256).hex()[:16]


def ciphers(secrets: Iterable[bytes]) -> Mapping[str, AESGCM]:
    return {name_of(secret): AESGCM(secret) for secret in secrets}


def secret_in(written: str) -> bytes | None:
    """Return the key of 256 bits that is written in base64; None if it is none."""
    try:
        secret = b64decode(written.strip(), validate=True)
    except ValueError:
        return None
    return secret if len(secret) == KEY_BYTES else None


def wrapped_by(cipher: AESGCM, secret: bytes, bound_to: bytes) -> bytes:
    """Return nonce, ciphertext and tag (AES-256-GCM, NIST SP 800-38D)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, secret, bound_to)


def unwrapped_by(cipher: AESGCM, box: bytes, bound_to: bytes) -> bytes:
    try:
        return cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound_to)
    except InvalidTag as error:
        raise ValueError("the box does not authenticate") from error
