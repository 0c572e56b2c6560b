"""The words of a name, as they are looked up: alike in projecting and in searching."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Protocol
from uuid import UUID

from domain.vault import DataKey
from projections.vault.index import digest

# What stands between the words of a name, in the scripts that names come in.
BETWEEN = re.compile(r"[\s,;.()/·・،]+")


class Opener(Protocol):
    """What of a vault is needed to index names: its keys, and one for the digests."""

    def fetch(self, ids: Collection[UUID]) -> Mapping[UUID, DataKey]:
        """Return those of these keys that have not been destroyed."""

    def index_key(self) -> bytes:
        """Return the office's own key, by which words are digested."""


def words(name: str) -> list[str]:
    """Return each word of a name once, without regard to capitals and width (NFKC)."""
    plain = unicodedata.normalize(
        "NFKC", unicodedata.normalize("NFKC", name).casefold()
    )
    return sorted({word for word in BETWEEN.split(plain) if word})


def digests(vault: Opener, name: str) -> list[str]:
    """Return the digest of each word of a name: it is found by them, and not read.

    Raises:
        VaultClosed: the vault cannot give the key for it.
    """
    key = vault.index_key()
    return [digest(key, word) for word in words(name)]
