"""Events laid out as the logs they belong to: one row of leaves for each epoch."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from projections.ledger.standard.tree import SIZE
from projections.ledger.verifier.judging.hashes import BLANK
from projections.ledger.verifier.sources.shown import ABSENT

SPARE = 10_000  # positions beyond the events that there are, before one is a stray


@dataclass(frozen=True, slots=True)
class Epoch:
    """A log by its name, the position of its first event, and how it was closed."""

    origin: str
    first: int
    closing: str | None = None


@dataclass
class Laid:
    """The leaves of one epoch.

    Attributes:
        computed: by index, as the events have them; blank without an event.
        stored: by index, as they stand beside the events; `ABSENT` without one.
        rows: by index, which row it was; -1 without one.
        stray: the index that an event claims, and why it has no place there.
    """

    computed: bytes
    stored: bytes
    rows: Sequence[int]
    stray: list[tuple[int | None, str]]


@dataclass(frozen=True)
class Hashed:
    """Events in any order: the position of each, its leaf, and the leaf beside it."""

    positions: "array[int]"
    computed: bytes
    stored: bytes

    def lay(self, epochs: Sequence[Epoch]) -> Iterator[Laid]:
        """Yield the leaves of each epoch; *epochs* are in order, and not none."""
        last = 2 * len(self.positions) + SPARE
        stops = [*(epoch.first for epoch in epochs[1:]), last]
        for nth, (epoch, stop) in enumerate(zip(epochs, stops, strict=True)):
            lowest = epoch.first if nth else -(2**63)
            highest = 2**63 - 1 if nth == len(epochs) - 1 else stop
            yield self._lay_one(epoch.first, stop, (lowest, highest))

    def _lay_one(self, first: int, stop: int, claimed: tuple[int, int]) -> Laid:
        run = self._run(first, stop, claimed)
        if run is not None:
            part = slice(run.start * SIZE, run.stop * SIZE)
            return Laid(self.computed[part], self.stored[part], run, [])
        return self._sorted(first, stop, claimed)

    def _run(self, first: int, stop: int, claimed: tuple[int, int]) -> range | None:
        """Return which rows an epoch has, if they are in order and without a gap."""
        rows = [
            n for n, at in enumerate(self.positions) if claimed[0] <= at < claimed[1]
        ]
        if not rows:
            return range(0)
        run = range(rows[0], rows[-1] + 1)
        in_order = array("q", range(first, first + len(rows)))
        whole = (
            len(rows) == len(run) and self.positions[run.start : run.stop] == in_order
        )
        return run if whole and first + len(rows) <= stop else None

    def _sorted(self, first: int, stop: int, claimed: tuple[int, int]) -> Laid:
        places: dict[int, int] = {}
        stray: list[tuple[int | None, str]] = []
        for row, at in enumerate(self.positions):
            if first <= at < stop and at not in places:
                places[at] = row
            elif claimed[0] <= at < claimed[1]:
                index = at - first if first <= at < stop else None
                stray.append((index, self._why(at, places)))
        return self._filled(first, places, stray)

    def _why(self, at: int, places: dict[int, int]) -> str:
        twice = "there are two events" if at in places else "no event can be"
        return f"{twice} at position {at}"

    def _filled(
        self, first: int, places: dict[int, int], stray: list[tuple[int | None, str]]
    ) -> Laid:
        count = max(places, default=first - 1) - first + 1
        rows = [places.get(first + index, -1) for index in range(count)]
        return Laid(
            b"".join(one(self.computed, row, BLANK) for row in rows),
            b"".join(one(self.stored, row, ABSENT) for row in rows),
            rows,
            stray,
        )


def one(hashes: bytes, row: int, other: bytes) -> bytes:
    return other if row < 0 else bytes(hashes[row * SIZE : (row + 1) * SIZE])
