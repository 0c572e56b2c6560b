"""A log that a witness watches: it grows, and can be made to tell two histories."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import combinations

from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.cosignature import ml_dsa_cosigner
from projections.ledger.standard.note import Note, Signature, ed25519_signer
from projections.ledger.standard.signature import encoded
from projections.ledger.standard.tree import (
    EMPTY_ROOT,
    check_consistency,
    consistency,
    node_hash,
    root,
)

TRUE, FALSE = "true", "false"
FORK = 5  # from this entry on, the two histories differ


@cache
def subtree(history: str, level: int, n: int) -> bytes:
    """Return the hash over entries n * 2**level and on of a history."""
    if level == 0:
        told = TRUE if n < FORK else history
        return sha256(f"{told} {n}".encode()).digest()
    left, right = (subtree(history, level - 1, m) for m in (2 * n, 2 * n + 1))
    return node_hash(left, right)


@dataclass(frozen=True)
class Head:
    """The head of a tree in one of the two histories."""

    size: int
    history: str = TRUE

    @property
    def root(self) -> bytes:
        return root(self.size, self.read) if self.size else EMPTY_ROOT

    def read(self, level: int, n: int) -> bytes:
        return subtree(self.history, level, n)

    def proof_from(self, old: int) -> list[bytes]:
        return consistency(old, self.size, self.read) if old <= self.size else []


@dataclass(frozen=True)
class WatchedLog:
    """A log with both kinds of key; the same origin has the same keys everywhere."""

    origin: str

    @property
    def seed(self) -> bytes:
        return sha256(self.origin.encode()).digest()

    @property
    def vkeys(self) -> list[str]:
        by_ed25519 = ed25519_signer(self.origin, self.seed)
        return [by_ed25519.vkey, ml_dsa_cosigner(self.origin, self.seed).vkey]

    def text(self, head: Head) -> str:
        return Checkpoint(self.origin, head.size, head.root).text()

    def note(self, head: Head) -> Note:
        return self.signed(self.text(head))

    def signed(self, text: str) -> Note:
        return Note(text, (self.by_ed25519(text), self.by_ml_dsa(text)))

    def by_ed25519(self, text: str) -> Signature:
        return ed25519_signer(self.origin, self.seed).sign(text)

    def by_ml_dsa(self, text: str) -> Signature:
        return ml_dsa_cosigner(self.origin, self.seed).cosign(text, 1)

    def body(self, old: int, head: Head, proof: Sequence[bytes] | None = None) -> bytes:
        """Return a request with the proof that is right for it, or with another."""
        right = head.proof_from(old) if proof is None else proof
        return request(f"old {old}", *map(encoded, right), note=self.note(head))


def request(*lines: str, note: Note | str) -> bytes:
    return "".join(f"{line}\n" for line in (*lines, "", str(note)))[:-1].encode()


def check_consistent(heads: Iterable[Head]) -> None:
    """Demand that of any two trees one grew out of the other."""
    for old, new in combinations(sorted(heads, key=lambda head: head.size), 2):
        proof = new.proof_from(old.size)
        check_consistency(old.size, old.root, new.size, new.root, proof)
