"""Which checkpoints are believed: those a policy accepts, and those the log signed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from projections.ledger.standard.checkpoint import Checkpoint, parse_checkpoint
from projections.ledger.standard.note import BadNote, Note, Verifier, parse, verified
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.signature import encoded, key_id

EPOCH = re.compile(r"(.+)/e[1-9][0-9]*", re.ASCII)


class Where(IntEnum):
    """Where a note was found: what comes from outside is believed before the rest."""

    SHOWN = 0  # in what is checked itself
    COPY = 1  # in the auditor's own copy
    GIVEN = 2  # given by the one who checks


@dataclass(frozen=True, slots=True)
class Kept:
    """A note as it was found.

    Attributes:
        name: what to call it: a file, or a row of a table.
        note: the text, with its signatures.
        where: how far it is out of the reach of those who run the log.
        size: the size of the tree as it is said beside the note; None where it is not.
        origin: the origin that is said beside the note; empty where it is not.
        cosigned: whether it is said beside it that enough witnesses have cosigned it.
    """

    name: str
    note: str
    where: Where = Where.SHOWN
    size: int | None = None
    origin: str = ""
    cosigned: bool = False


def noted(table: str, origin: str, size: int, note: str) -> Kept:
    """Return a note as a row of a table of the ledger has it."""
    return Kept(
        f"{table}, size {size}",
        note,
        size=size,
        origin=origin,
        cosigned=table.endswith("cosigned"),
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """A checkpoint that the log signed.

    Attributes:
        accepted: whether the policy accepts it; else only the log's key stands for it.
        why_not: what is missing to the policy.
    """

    checkpoint: Checkpoint
    kept: Kept
    accepted: bool
    why_not: str = ""

    @property
    def origin(self) -> str:
        return self.checkpoint.origin

    @property
    def size(self) -> int:
        return self.checkpoint.size

    @property
    def root(self) -> bytes:
        return self.checkpoint.root

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Order by how much can be built on it: accepted, size, from outside."""
        return (self.accepted, self.size, self.kept.where)

    def __str__(self) -> str:
        return f"{self.kept.name} (size {self.size}, root {encoded(self.root)})"


@dataclass(frozen=True, slots=True)
class Edited:
    """A note that is not as it was signed."""

    kept: Kept
    origin: str
    why: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A note of a log of which the policy has no key."""

    kept: Kept
    origin: str
    why: str


Sorted = Anchor | Edited | Foreign


def sort(notes: Iterable[Kept], policy: Policy) -> Iterator[Sorted]:
    """Yield what each note is worth under a policy."""
    return (weigh(kept, policy) for kept in notes)


def weigh(kept: Kept, policy: Policy) -> Sorted:
    """Return what a note is worth under a policy."""
    try:
        note = parse(kept.note)
        checkpoint = parse_checkpoint(note.text)
    except BadNote as error:
        return Edited(kept, kept.origin, str(error))
    if (kept.size, kept.origin) not in {
        (None, ""),
        (checkpoint.size, checkpoint.origin),
    }:
        beside = f"beside it stands {kept.origin}, size {kept.size}"
        return Edited(kept, kept.origin, beside)
    return _by_signatures(kept, checkpoint, note, policy)


def _by_signatures(
    kept: Kept, checkpoint: Checkpoint, note: Note, policy: Policy
) -> Anchor | Edited | Foreign:
    origin = checkpoint.origin
    logs = logs_of(policy, origin)
    if not logs:
        return Foreign(kept, origin, f"the policy has no key of the log {origin}")
    witnesses = (witness.verifier for witness in policy.witnesses.values())
    try:
        signatures = verified(note, dict.fromkeys((*logs, *witnesses)))
    except BadNote as error:
        return Edited(kept, origin, str(error))
    by = {(log.name, log.key_id) for log in logs}
    if by.isdisjoint((one.name, one.key_id) for one in signatures):
        return Edited(kept, origin, "it does not carry the signature of the log")
    if policy.satisfied(signatures):
        return Anchor(checkpoint, kept, accepted=True)
    why = f"the quorum {policy.quorum!r} of the policy is not reached"
    return Anchor(checkpoint, kept, accepted=False, why_not=why)


def logs_of(policy: Policy, origin: str) -> list[Verifier]:
    """Return the keys of a log that a policy trusts.

    A log goes on under the name of its next epoch with the same keys, and a policy may
    list a key only once: so that of one epoch is trusted for each of the others.
    """
    named = [log for log in policy.logs if log.name == origin]
    family = EPOCH.fullmatch(origin)
    if named or not family:
        return named
    return [
        Verifier(origin, key_id(origin, log.kind, log.public), log.kind, log.public)
        for log in policy.logs
        if (other := EPOCH.fullmatch(log.name)) and other[1] == family[1]
    ]
