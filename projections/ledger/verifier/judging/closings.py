"""A log that was closed by a statement: how much of it still has to be here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from projections.ledger.restoring.closing import Closing, parse_closing
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.note import BadNote, parse, verified
from projections.ledger.standard.policy import Policy
from projections.ledger.verifier.judging.believing import believe
from projections.ledger.verifier.judging.hashes import Hashes
from projections.ledger.verifier.judging.trust import (
    Anchor,
    Edited,
    Foreign,
    Kept,
    Where,
    logs_of,
)
from projections.ledger.verifier.sources.shown import Copy, Shown, places
from projections.ledger.verifier.verdict import Difference


@dataclass(frozen=True, slots=True)
class Closed:
    """A statement that the log's key signed."""

    kept: Kept
    closing: Closing

    @property
    def anchor(self) -> Anchor:
        """Return what it says that the log held at its end, as a checkpoint."""
        stands = self.closing.stands
        head = Checkpoint(self.closing.origin, stands.size, stands.root)
        # Not as one that is shown: no tiles need to have been made for it.
        kept = replace(self.kept, where=Where.COPY)
        return Anchor(head, kept, accepted=False, why_not="it is a closing")


def weigh_closing(shown: Shown, policy: Policy) -> Closed | Edited | Foreign | None:
    """Return what the closing statement of a log is worth; None where it has none."""
    if shown.closing is None:
        return None
    origin = shown.origin
    kept = Kept(f"the statement that closes {origin}", shown.closing, origin=origin)
    keys = logs_of(policy, origin)
    if not keys:
        return Foreign(kept, origin, f"the policy has no key of the log {origin}")
    try:
        note = parse(shown.closing)
        verified(note, keys)
        closing = parse_closing(note.text)
    except BadNote as error:
        return Edited(kept, origin, str(error))
    if closing.origin != origin:
        return Edited(kept, origin, f"it closes {closing.origin}")
    return Closed(kept, closing)


def in_force(
    closed: Closed, anchors: Sequence[Anchor], copy: Copy | None
) -> list[Anchor]:
    """Return the checkpoints of which the leaves must all be here still.

    One beyond what was retained proves that too, where the auditor has a copy of it.
    """
    retained = closed.closing.retained
    smaller = [one for one in anchors if one.size <= retained]
    larger = [one for one in anchors if one.size > retained and one.accepted]
    cut = [part for one in larger if copy and (part := beginning(one, retained, copy))]
    return [*smaller, *cut[:1], closed.anchor]


def beginning(anchor: Anchor, size: int, copy: Copy) -> Anchor | None:
    """Return what a checkpoint proves of its first leaves, by the auditor's copy."""
    proven = believe(anchor.root, anchor.size, places(copy.tiles))
    if not proven.whole(0, size):
        return None
    root = Hashes(bytes(proven.leaves)).root(size)
    kept = replace(anchor.kept, name=f"the beginning of {anchor.kept.name}")
    return replace(anchor, checkpoint=Checkpoint(anchor.origin, size, root), kept=kept)


def lost(closed: Closed) -> str:
    """Return what the statement admits, in words."""
    said = closed.closing
    return (
        f"{said.origin} was closed on {said.closed_at:%Y-%m-%d} with"
        f" {said.stands.size} leaves: {said.lost} that were signed are lost, unless"
        f" they were appended to {said.next}; {said.stranded} were never signed. The"
        f" reason: {said.reason}"
    )


def denied(closed: Closed, anchors: Sequence[Anchor]) -> Iterator[Difference]:
    """Yield where the statement denies what was signed."""
    said = closed.closing
    for anchor in anchors:
        if anchor.size == said.signed.size and anchor.root != said.signed.root:
            words = f"the log was closed as having signed another tree than {anchor}"
            yield Difference("re-signed", words, said.origin)
        elif anchor.size > said.signed.size:
            words = (
                f"the log was closed with {said.signed.size} leaves signed; {anchor}"
            )
            yield Difference("truncated", words, said.origin, said.retained)
