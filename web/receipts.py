"""Signs what was recorded, for whoever had it recorded to keep."""

from functools import lru_cache

from domain.leaf import FORMAT
from projections.ledger.keyfile import read, receipt_key_file
from projections.ledger.standard.note import Note, Signer, ed25519_signer

NAME = "receipts"


class Receipts:
    """The key of the receipts: the web's own, which signs nothing of the ledger's.

    A receipt is a note (C2SP signed-note): the entry that the ledger will hold, and our
    signature under it. Whoever keeps one can show that an event was taken in, also
    where it was dropped before anybody outside had seen the tree.
    """

    def __init__(self, seed: bytes) -> None:
        """Take the 32 bytes that the key is made from."""
        self.signer = lru_cache(maxsize=4)(lambda name: ed25519_signer(name, seed))

    def of(self, origin: str) -> Signer:
        """Return the key under the name that it has for one epoch of the log."""
        signer: Signer = self.signer(f"{origin}/{NAME}")
        return signer

    def sign(self, entry: str) -> str:
        """Return the receipt for an entry; the same again for the same entry."""
        origin = entry.partition("\n")[0].removesuffix(f"/{FORMAT}")
        return str(Note(entry, (self.of(origin).sign(entry),)))


def open_receipts() -> Receipts:
    """Return the key that the environment names; see `keyfile.receipt_key_file`.

    Raises:
        VaultClosed: it is missing, open to others, or something else.
    """
    return Receipts(read(receipt_key_file()).ed25519)
