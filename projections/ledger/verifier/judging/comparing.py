"""The events of a log beside its proven leaves, and the leaves stored beside them."""

from collections.abc import Iterator

from projections.ledger.standard.tiles import WIDTH
from projections.ledger.standard.tree import SIZE
from projections.ledger.verifier.judging.believing import Span
from projections.ledger.verifier.judging.explaining import Explaining
from projections.ledger.verifier.judging.hashes import Hashes, differing
from projections.ledger.verifier.judging.proving import Proving
from projections.ledger.verifier.sources.shown import Copy, Shown, no_entry
from projections.ledger.verifier.verdict import Difference


class Comparing:
    """Compares what is shown of a log with what is proven of it."""

    def __init__(self, shown: Shown, proving: Proving, copy: Copy | None) -> None:
        self.shown = shown
        self.proven = proving.proven
        self.sure = proving.sure
        self.computed = proving.ours.events
        self.stored = shown.stored
        self.known = copy.entry if copy else no_entry
        self.remarks: list[str] = []

    @property
    def shared(self) -> int:
        """How many leaves are both shown and proven, but for gaps."""
        return min(self.shown.count, self.proven.size)

    def events(self) -> Iterator[Difference]:
        """Yield the first event that is not as proven, and what has no place at all."""
        found = [*self._anchored(), *self._loose()]
        yield from found
        yield from (
            Difference("inserted", why, self.shown.origin, index)
            for index, why in self.shown.stray[:1]
        )
        if not found:
            yield from self._length()

    def leaves(self) -> Iterator[Difference]:
        """Yield the first stored leaf that was changed while its event was not."""
        if self.stored is None:
            return
        wrong = [
            index
            for index in differing(self.stored, bytes(self.proven.leaves))
            if self.sure(index, index + 1)
            and self._computed(index) == self.proven.leaf(index)
        ]
        for index in wrong[:1]:
            more = f", and {len(wrong) - 1} more" if wrong[1:] else ""
            words = f"the event is as proven, and the leaf beside it is not{more}"
            yield Difference("leaf-edited", words, self.shown.origin, index)

    def reference(self) -> Hashes:
        """Return the leaves that there should be, by all that is known."""
        proven, shown = self.proven, self.shown
        if not proven.gaps and shown.computed.startswith(bytes(proven.leaves)):
            right = bytearray(shown.computed)
        else:
            right = proven.leaves + shown.computed[proven.size * SIZE :]
        for index in self._disagreeing(self.proven.size, shown.count):
            if self._tile(index) == self._stored(index):
                right[index * SIZE : (index + 1) * SIZE] = self._stored(index)
        return self.computed if right == shown.computed else Hashes(bytes(right))

    # What is proven.

    def _anchored(self) -> Iterator[Difference]:
        bad = [
            index
            for index in differing(self.shown.computed, bytes(self.proven.leaves))
            if self.sure(index, index + 1)
        ]
        if (
            self.shown.bare
        ):  # then it is the tiles that are wrong, and they are compared
            bad = []
        certain = [gap for gap in self.proven.gaps if gap[1] <= self.shown.count]
        first = min([*bad[:1], *(start for start, _ in certain[:1])], default=None)
        if first is None:
            yield from self._cut()
        elif bad and first == bad[0]:
            explaining = Explaining(self.shown, self.proven, bad, self.known)
            yield explaining.explain(first)
        else:
            yield self._somewhere(certain[0])

    def _somewhere(self, gap: Span) -> Difference:
        start, stop = gap
        what = "a tile" if self.shown.bare else "an event"
        words = (
            f"{what} here is not the one that was proven; no hashes that are shown say"
            " which: the auditor's own copy of the tiles does (--against)"
        )
        kind = "tile-edited" if self.shown.bare else "edited"
        return Difference(kind, words, self.shown.origin, start, stop - 1)

    def _cut(self) -> Iterator[Difference]:
        """Yield that the log is shorter than what was proven."""
        count, size = self.shown.count, self.proven.size
        if count >= size:
            return
        words = f"there are {count} leaves, and a checkpoint proves {size}"
        yield Difference("truncated", words, self.shown.origin, count)

    # What nothing proves yet.

    def _loose(self) -> Iterator[Difference]:
        """Yield the first event that is not what the leaf beside it says."""
        unproven = [
            (start, min(stop, self.shown.count))
            for start, stop in self.proven.gaps
            if stop > self.shown.count > start
        ]
        if unproven:
            start, stop = unproven[0]
            words = f"{self.shown.origin}: leaves {start} to {stop - 1} are compared"
            self.remarks.append(
                f"{words} with the leaves stored beside them alone, as no tile is shown"
                " that leads to them."
            )
        spans = [*unproven, (self.proven.size, self.shown.count)]
        wrong = [
            index
            for start, stop in spans
            for index in self._disagreeing(start, stop)
            if self._tile(index) != self._computed(index)
        ]
        for index in wrong[:1]:
            yield self._loosely(index, len(wrong) - 1)
        yield from self._loose_leaf(spans)

    def _loosely(self, index: int, others: int) -> Difference:
        more = f", and {others} more" if others else ""
        if self.shown.entry(index) is None:
            words = f"no event is there{more}; no checkpoint proves it yet"
            return Difference("deleted", words, self.shown.origin, index)
        words = f"the event is not what the leaf stored beside it says{more}"
        return Difference("edited", words, self.shown.origin, index, leaf_too=False)

    def _loose_leaf(self, spans: list[Span]) -> Iterator[Difference]:
        for start, stop in spans:
            for index in self._disagreeing(start, stop):
                if self._tile(index) == self._computed(index):
                    words = "the leaf beside the event is not that of its tile"
                    yield Difference("leaf-edited", words, self.shown.origin, index)
                    return

    def _disagreeing(self, start: int, stop: int) -> Iterator[int]:
        """Yield where the event and the leaf beside it differ, or both are missing."""
        if self.stored is not None:
            end = stop * SIZE
            yield from differing(self.shown.computed[:end], self.stored[:end], start)

    def _length(self) -> Iterator[Difference]:
        """Yield that there are more events, or fewer, than the log says it has."""
        shown = self.shown
        claims = {
            "log.head": shown.said or 0,
            "a checkpoint": max((size for size, _ in shown.roots), default=0),
            "the tiles": tiled(shown),
        }
        most = max(claims, key=lambda name: claims[name])
        if claims[most] > shown.count:
            words = f"there are {shown.count} leaves, and {most} has {claims[most]}"
            yield Difference("truncated", words, shown.origin, shown.count)
        elif shown.said is not None and shown.said < self.shared:
            words = f"log.head says {shown.said} leaves, and more are proven"
            yield Difference("head-edited", words, shown.origin)
        elif shown.said is not None and shown.said < shown.count:
            words = f"log.head says {shown.said} leaves, and there are {shown.count}"
            yield Difference("inserted", words, shown.origin, shown.said)

    # One leaf.

    def _computed(self, index: int) -> bytes:
        return self.shown.computed[index * SIZE : (index + 1) * SIZE]

    def _stored(self, index: int) -> bytes:
        return (self.stored or b"")[index * SIZE : (index + 1) * SIZE]

    def _tile(self, index: int) -> bytes:
        n, at = divmod(index, WIDTH)
        data = (self.shown.tiles or {}).get((0, n), b"")
        return data[at * SIZE : (at + 1) * SIZE]


def tiled(shown: Shown) -> int:
    """Return how many leaves the tiles of a log have."""
    widest = max((at for at in shown.tiles or {} if at[0] == 0), default=None)
    if widest is None or shown.tiles is None:
        return 0
    return widest[1] * WIDTH + len(shown.tiles[widest]) // SIZE
