"""One log, judged: what it shows beside what its trusted checkpoints prove."""

from collections.abc import Iterator, Sequence

from projections.ledger.standard.signature import encoded
from projections.ledger.verifier.judging.closings import Closed, denied, in_force, lost
from projections.ledger.verifier.judging.comparing import Comparing
from projections.ledger.verifier.judging.hashes import Hashes
from projections.ledger.verifier.judging.proving import Proving
from projections.ledger.verifier.judging.tiling import compare_tiles, missing_tiles
from projections.ledger.verifier.judging.trust import (
    Anchor,
    Edited,
    Foreign,
    Sorted,
    Where,
)
from projections.ledger.verifier.sources.shown import Copy, Shown
from projections.ledger.verifier.verdict import Difference, Verdict


def judge(
    shown: Shown,
    notes: Sequence[Sorted],
    copy: Copy | None = None,
    closed: Closed | None = None,
) -> Verdict:
    """Return what is wrong with a log.

    Args:
        shown: the log as it is shown.
        notes: its checkpoints from everywhere, each with what it is worth.
        copy: the auditor's own copy, if there is one.
        closed: the statement that closed it, if it was closed.
    """
    verdict = Verdict()
    anchors = _usable(notes, verdict)
    if closed:
        verdict.differences += denied(closed, anchors)
        verdict.remarks.append(lost(closed))
        anchors = in_force(closed, anchors, copy)
    trial = Trial(shown, anchors, copy, verdict)
    trial.run()
    return verdict


def _usable(notes: Sequence[Sorted], verdict: Verdict) -> list[Anchor]:
    """Return what the log signed; say what is wrong with the other notes."""
    for note in notes:
        if isinstance(note, Anchor):
            if note.kept.where is Where.GIVEN and not note.accepted:
                verdict.obstacles.append(f"{note.kept.name}: {note.why_not}")
        elif note.kept.where is not Where.SHOWN:
            verdict.obstacles.append(f"{note.kept.name}: {note.why}")
    edited = [one for one in notes if isinstance(one, Edited)]
    shown = [one for one in edited if one.kept.where is Where.SHOWN]
    for one in shown[:1]:
        more = f", and {len(shown) - 1} more" if shown[1:] else ""
        words = f"{one.kept.name} is not as it was signed: {one.why}{more}"
        verdict.differences.append(Difference("checkpoint-edited", words, one.origin))
    verdict.remarks += [
        f"{note.kept.name} is kept as cosigned: {note.why_not}."
        for note in notes
        if isinstance(note, Anchor) and note.kept.cosigned and not note.accepted
    ][:1]
    foreign = [note for note in notes if isinstance(note, Foreign)]
    verdict.remarks += [f"{one.kept.name}: {one.why}" for one in foreign[:1]]
    return [note for note in notes if isinstance(note, Anchor)]


class Trial:
    """The steps of judging one log, each adding to one verdict."""

    def __init__(
        self,
        shown: Shown,
        anchors: Sequence[Anchor],
        copy: Copy | None,
        verdict: Verdict,
    ) -> None:
        self.shown = shown
        self.anchors = anchors
        self.copy = copy
        self.verdict = verdict
        self.proving = Proving(shown, anchors, copy)

    def run(self) -> None:
        """Take every step, in the order in which they explain one another."""
        proving, shown = self.proving, self.shown
        self._say_base()
        self.verdict.differences += self._resigned()
        comparing = Comparing(shown, proving, self.copy)
        self.verdict.differences += comparing.events()
        self.verdict.differences += comparing.leaves()
        self.verdict.remarks += comparing.remarks
        reference = comparing.reference()
        self.verdict.differences += self._roots(reference)
        self.verdict.differences += self._tiles(reference)

    def _say_base(self) -> None:
        shown, base = self.shown, self.proving.base
        anchored = base.size if base else 0
        waiting = max(0, shown.count - anchored)
        self.verdict.counts[shown.origin] = {
            "leaves": shown.count,
            "anchored": min(anchored, shown.count),
            "not_yet_anchored": waiting,
            "checkpoint": str(base) if base else None,
        }
        if base:
            words = f"{shown.origin}: {shown.count} leaves, trusted by {base}."
        elif shown.count or self.anchors:
            words = f"{shown.origin}: no checkpoint that the policy accepts."
            self.verdict.obstacles.append(words)
            return
        else:
            words = f"{shown.origin}: the log is empty."
        self.verdict.remarks.append(words)
        if waiting:
            self.verdict.remarks.append(f"{shown.origin}: not yet anchored: {waiting}.")

    def _resigned(self) -> Iterator[Difference]:
        """Yield that the log's key signed a tree that the trusted one contradicts."""
        against = self.proving.contradicting
        for anchor in against[:1]:
            base = self.proving.base
            start, last = self.proving.parting(anchor)
            more = f", as do {len(against) - 1} more" if against[1:] else ""
            words = (
                f"the log's key signed two trees: {base} is trusted, and {anchor}"
                f" contradicts it{more}"
            )
            yield Difference("re-signed", words, self.shown.origin, start, last)

    def _roots(self, reference: Hashes) -> Iterator[Difference]:
        """Yield the first unsigned checkpoint that the leaves do not have."""
        signed = {(one.size, one.root) for one in self.proving.contradicting}
        wrong = [
            (size, root)
            for size, root in sorted(self.shown.roots)
            if self.proving.sure(0, size)
            and size <= reference.count
            and (size, root) not in signed
            and reference.root(size) != root
        ]
        for size, root in wrong[:1]:
            more = f", and {len(wrong) - 1} more" if wrong[1:] else ""
            words = f"the root over {size} leaves is kept as {encoded(root)}{more}"
            yield Difference("checkpoint-edited", words, self.shown.origin)

    def _tiles(self, reference: Hashes) -> Iterator[Difference]:
        if self.shown.tiles is None:
            return
        origin, tiles = self.shown.origin, self.shown.tiles
        yield from compare_tiles(origin, tiles, reference, self.proving.sure)
        for at, data in self.shown.narrow:
            narrow = {at: data}
            yield from compare_tiles(origin, narrow, reference, self.proving.sure)
        sequenced = [size for size, _ in self.shown.roots]
        sequenced += [a.size for a in self.anchors if a.kept.where is Where.SHOWN]
        expected = min(max(sequenced, default=0), reference.count)
        yield from missing_tiles(origin, tiles, expected)
