"""A data key: seals with AES-256-GCM (NIST SP 800-38D), bound to a place."""

import os
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.vault import KeyName

KEY_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class AesKey:
    """A data key in the clear, in memory only.

    Attributes:
        id: by which the log names it.
        name: whose contents it seals.
    """

    id: UUID
    name: KeyName
    cipher: AESGCM = field(repr=False)

    def lock(self, plain: bytes, bound_to: bytes) -> bytes:
        """Return nonce, ciphertext and tag.

        A key seals far fewer values than the 2^32 for which a random nonce is safe.
        """
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self.cipher.encrypt(nonce, plain, bound_to)

    def unlock(self, box: bytes, bound_to: bytes) -> bytes:
        """Return what is in the box; raise `ValueError` if it is not as it was made."""
        nonce, sealed = box[:NONCE_BYTES], box[NONCE_BYTES:]
        try:
            return self.cipher.decrypt(nonce, sealed, bound_to)
        except InvalidTag as error:
            raise ValueError("the box does not authenticate") from error


def data_key(id_: UUID, name: KeyName, secret: bytes) -> AesKey:
    """Return the key with this secret of `KEY_BYTES` bytes."""
    return AesKey(id_, name, AESGCM(secret))
