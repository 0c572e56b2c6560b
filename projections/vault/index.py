"""Keyed digests: how a word is looked up that nobody may read in the database."""

import hashlib
import hmac

DIGEST_BYTES = 16


def digest(key: bytes, word: str) -> str:
    """Return what stands for the word, and tells it to nobody without the key.

    HMAC-SHA-256 (FIPS 198-1), cut to 16 bytes, in hexadecimal.

    Args:
        key: the office's (`projections.vault.keyring.Keyring.index_key`).
        word: taken letter for letter; who stores and who searches write it alike.
    """
    return hmac.digest(key, word.encode(), hashlib.sha256)[:DIGEST_BYTES].hex()
