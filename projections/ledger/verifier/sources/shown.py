"""What is shown of one log, wherever it was read: events, leaves, tiles and notes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from projections.ledger.standard.tiles import HEIGHT, WIDTH
from projections.ledger.standard.tree import SIZE
from projections.ledger.verifier.judging.hashes import BLANK, Hashes
from projections.ledger.verifier.judging.trust import Kept

ABSENT = b"\xff" * SIZE
LEVELS = 8  # of tiles: 2**63 leaves have no more
Tiles = Mapping[tuple[int, int], bytes]
"""The hashes of each tile, by its level and number; the widest that there is."""

EntryAt = Callable[[int], str | None]
"""Gives the entry at a leaf index as its place has it, or None."""


def no_entry(_: int) -> str | None:
    return None


@dataclass
class Shown:
    """A log as somebody shows it.

    Attributes:
        origin: its name.
        first: the position in the register of its leaf 0.
        computed: the leaf hashes that its events have, by index; blank without one.
        stored: the leaf hashes that stand beside them, and `ABSENT` where there is no
            event; None where no leaves are shown beside events at all.
        entry: the entry of the event at an index, as it is shown.
        bare: whether no events are shown, and the leaves are those of the tiles.
        tiles: its tiles; None where none are shown.
        narrow: tiles of which a wider one is shown too: level, number and hashes.
        roots: the sizes and roots of checkpoints that nobody has signed.
        notes: its signed checkpoints.
        said: how many leaves it says that it has; None where it does not say.
        stray: events that have no place in it: the index they claim, and why, in words.
        closing: the signed statement that closed it; None where it goes on.
    """

    origin: str
    first: int = 1
    computed: bytes = b""
    stored: bytes | None = None
    entry: EntryAt = no_entry
    bare: bool = False
    tiles: Tiles | None = None
    narrow: Sequence[tuple[tuple[int, int], bytes]] = ()
    roots: Sequence[tuple[int, bytes]] = ()
    notes: Sequence[Kept] = ()
    said: int | None = None
    stray: Sequence[tuple[int | None, str]] = ()
    closing: str | None = None

    @property
    def count(self) -> int:
        """How many leaves there are, with those that are missing in between."""
        return len(self.computed) // SIZE


@dataclass
class Copy:
    """An auditor's own copy of a log: nobody who runs the log could change it."""

    origin: str
    tiles: Tiles
    notes: Sequence[Kept]
    entry: EntryAt = no_entry


class Watch(Protocol):
    """Follows what takes long."""

    def __call__(self, done: int, total: int) -> None: ...


def places(tiles: Tiles | None) -> list[Hashes]:
    """Return the hashes that tiles give, a place for each level."""
    return [
        Hashes(b"".join(data for _, data in laid), level * HEIGHT)
        for level in range(LEVELS)
        if (laid := row(tiles or {}, level))
    ]


def row(tiles: Tiles, level: int) -> list[tuple[int, bytes]]:
    """Return the tiles of a level from left to right, those missing as blank ones.

    A tile that stands far beyond all the others is left out.
    """
    numbers = {n for at, n in tiles if at == level}
    last = max((n for n in numbers if n < 2 * len(numbers)), default=-1)
    return [
        (n, padded(tiles.get((level, n), b""), last=n == last)) for n in range(last + 1)
    ]


def padded(data: bytes, *, last: bool) -> bytes:
    """Return the hashes of a tile; a narrow one is filled up unless it is the last."""
    whole = data[: len(data) // SIZE * SIZE]
    return whole if last else whole + BLANK * (WIDTH - len(whole) // SIZE)


@dataclass
class Ours:
    """The leaves as events have them, and all other places that give hashes."""

    events: Hashes
    others: list[Hashes] = field(default_factory=list)

    @property
    def all(self) -> list[Hashes]:
        return [self.events, *self.others]


def gather(shown: Shown, copy: Copy | None) -> Ours:
    """Return every place that gives hashes of a log, each only once."""
    events = Hashes(shown.computed)
    found = [Hashes(shown.stored)] if shown.stored is not None else []
    found += places(shown.tiles) + places(copy.tiles if copy else None)
    others: list[Hashes] = []
    for place in found:
        known = [events, *others]
        if not any(
            place.height == one.height and place.leaves == one.leaves for one in known
        ):
            others.append(place)
    return Ours(events, others)
