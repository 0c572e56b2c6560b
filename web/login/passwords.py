"""Passwords: hashed by Argon2id, and checked at the same cost whatever is wrong."""

import base64
import secrets
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from domain.errors import Invalid

# NIST SP 800-63B-4, 3.1.1.2: 15 where nothing else is asked for; and no rules on which.
LEAST = 15
MOST = 1024  # characters; nobody types more, and none of them is cut off
# Each hash takes 64 MiB of memory: what a process spends on them has to have an end.
AT_ONCE = 4


class Passwords:
    """Hashes and checks passwords; safe to share between threads."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Take what hashes; without it, Argon2id as RFC 9106 recommends second."""
        costs = RFC_9106_LOW_MEMORY
        self.hasher = hasher or PasswordHasher.from_parameters(costs)
        self.room = BoundedSemaphore(AT_ONCE)
        self.nobodys = self.of_nobody()

    def of_nobody(self) -> str:
        """Return a hash that no password has, and that takes as long to check."""
        salt, found = secrets.token_bytes(16), secrets.token_bytes(32)
        return (
            f"$argon2id$v=19$m={self.hasher.memory_cost},t={self.hasher.time_cost}"
            f",p={self.hasher.parallelism}${encoded(salt)}${encoded(found)}"
        )

    def hash(self, password: str) -> str:
        """Return the hash of a new password, its salt and costs in it.

        Raises:
            Invalid: it is too short, or too long.
        """
        text = normalised(password)
        if not LEAST <= len(text) <= MOST:
            raise Invalid("password", f"it must have {LEAST} to {MOST} characters")
        with self.room:
            return self.hasher.hash(text)

    def fits(self, password: str, hashed: str | None) -> bool:
        """Return whether it is the password; without a hash, just as slowly, no."""
        text = normalised(password)
        with self.room:
            try:
                self.hasher.verify(hashed or self.nobodys, text)
            except (VerificationError, InvalidHashError):
                return False
        return True

    def renewed(self, password: str, hashed: str) -> str | None:
        """Return the hash at today's cost; None where it has that already."""
        if not self.hasher.check_needs_rehash(hashed):
            return None
        with self.room:
            return self.hasher.hash(normalised(password))


def normalised(password: str) -> str:
    """Return one text however a keyboard composes its letters (RFC 8265)."""
    return unicodedata.normalize("NFKC", password)


def encoded(part: bytes) -> str:
    return base64.b64encode(part).decode().rstrip("=")
