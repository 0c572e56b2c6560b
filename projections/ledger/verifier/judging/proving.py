"""What the checkpoints of one log prove, and which of them contradict the rest."""

from collections.abc import Sequence
from functools import cached_property

from projections.ledger.standard.tree import SIZE
from projections.ledger.verifier.judging.believing import Proven, believe
from projections.ledger.verifier.judging.hashes import Hashes, differing
from projections.ledger.verifier.judging.trust import Anchor, Where
from projections.ledger.verifier.sources.shown import Copy, Shown, gather


class Proving:
    """The leaves that must be in a log, as far as anything proves them.

    Attributes:
        base: the checkpoint that is built on: the largest that the policy accepts, and
            that nothing from outside contradicts. None where it accepts none.
        contradicting: checkpoints of the log that cannot be true beside the base.
        proven: the leaves under the base; and behind them those that only the log has
            signed, as long as they grew out of the same tree.
    """

    def __init__(
        self, shown: Shown, anchors: Sequence[Anchor], copy: Copy | None
    ) -> None:
        self.ours = gather(shown, copy)
        self.anchors = sorted(anchors, key=lambda anchor: anchor.rank, reverse=True)
        self.accepted = [anchor for anchor in self.anchors if anchor.accepted]
        self.base = self._choose()
        self.proven = self._prove()
        self.contradicting = [one for one in self.anchors if self._contradicts(one)]
        self._extend()

    @property
    def anchored(self) -> int:
        """How many leaves the base proves."""
        return self.base.size if self.base else 0

    def sure(self, start: int, stop: int) -> bool:
        """Return whether there is no gap among these leaves in what is proven."""
        return not any(a < stop and start < b for a, b in self.proven.gaps)

    def parting(self, anchor: Anchor) -> tuple[int | None, int | None]:
        """Return the first leaf that is another under a contradicting checkpoint.

        Where that is not known, it is from the first of the two returned to the second.
        """
        other = believe(anchor.root, anchor.size, [*self.ours.all, self._known])
        parting = _first_parting(self.proven, other)
        if parting is not None or not self.proven.gaps:
            return parting, None
        start, stop = self.proven.gaps[0]
        return start, stop - 1

    def _choose(self) -> Anchor | None:
        """Return the largest accepted checkpoint, unless one from outside differs."""
        if not self.accepted:
            return None
        self.base = self.accepted[0]
        self.proven = self._prove()
        outside = [one for one in self.accepted if one.kept.where is not Where.SHOWN]
        if self.base.kept.where is Where.SHOWN and any(map(self._contradicts, outside)):
            return outside[0]
        return self.base

    def _prove(self) -> Proven:
        if self.base is None:
            return Proven(bytearray())
        proven = believe(self.base.root, self.base.size, self.ours.all)
        for anchor in self.accepted:
            if proven.gaps and anchor.size < self.base.size:
                proven.fill(believe(anchor.root, anchor.size, self.ours.all))
        self.__dict__.pop("_known", None)
        return proven

    @cached_property
    def _known(self) -> Hashes:
        """What is proven, as one more place that gives hashes."""
        events = self.ours.events
        size = self.proven.size
        if events.count == size and events.leaves == self.proven.leaves:
            return events
        return Hashes(bytes(self.proven.leaves))

    def _contradicts(self, anchor: Anchor) -> bool:
        if self.base is None or self._agrees(anchor):
            return False
        if anchor.size == self.base.size:
            return anchor.root != self.base.root
        if self.proven.whole(0, anchor.size):
            return True
        other = believe(anchor.root, anchor.size, [*self.ours.all, self._known])
        if other.whole(0, self.base.size):
            return Hashes(bytes(other.leaves)).root(self.base.size) != self.base.root
        return _first_parting(self.proven, other) is not None

    def _agrees(self, anchor: Anchor) -> bool:
        """Return whether a checkpoint is seen at once to be of the proven tree."""
        if anchor.size <= self.anchored and self.proven.whole(0, anchor.size):
            return self._known.root(anchor.size) == anchor.root
        grown = self.ours.events
        return (
            self.anchored <= anchor.size <= grown.count
            and grown.root(anchor.size) == anchor.root
            and self.base is not None
            and grown.root(self.anchored) == self.base.root
        )

    def _extend(self) -> None:
        """Add what the log has signed, and no policy accepted yet."""
        newer = [
            one
            for one in self.anchors
            if one.size > self.anchored and one not in self.contradicting
        ]
        if not newer:
            return
        last = max(newer, key=lambda anchor: anchor.size)
        grown = believe(last.root, last.size, [*self.ours.all, self._known])
        begin = self.anchored
        self.proven.leaves += grown.leaves[begin * SIZE :]
        self.proven.gaps += [(max(a, begin), b) for a, b in grown.gaps if b > begin]
        self.__dict__.pop("_known", None)


def _first_parting(one: Proven, other: Proven) -> int | None:
    """Return the first leaf that is known of both and not the same."""
    return next(
        (
            index
            for index in differing(bytes(one.leaves), bytes(other.leaves))
            if one.whole(index, index + 1) and other.whole(index, index + 1)
        ),
        None,
    )
