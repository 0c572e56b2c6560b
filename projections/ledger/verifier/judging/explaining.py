"""What was done to an event that is not the one proven: edited, deleted, moved..."""

from collections.abc import Iterator, Sequence

from domain.leaf import leaf_of
from projections.ledger.standard.tree import SIZE
from projections.ledger.verifier.judging.believing import Proven
from projections.ledger.verifier.sources.shown import EntryAt, Shown
from projections.ledger.verifier.verdict import Difference

FIELDS = (
    "origin",
    "originator_id",
    "originator_version",
    "topic",
    "notification_id",
    "recorded_at",
    "state",
)
POSITION = FIELDS.index("notification_id")
NEAR = 64  # leaves around a bad one at which its event, or the missing one, is sought
FEW = 2000  # bad leaves of which every one is tried


class Explaining:
    """Finds out what happened, by trying what would make the proven leaf again.

    An entry holds its position: with another in its place it hashes to the leaf that
    stood there, if the event was moved and not otherwise changed.
    """

    def __init__(
        self, shown: Shown, proven: Proven, bad: Sequence[int], known: EntryAt
    ) -> None:
        """Prepare.

        Args:
            shown: the log.
            proven: the leaves that it should have.
            bad: the indices at which its events do not have them.
            known: gives entries as they were once published; each is checked.
        """
        self.shown = shown
        self.proven = proven
        self.bad = bad
        self.known = known

    def explain(self, index: int) -> Difference:
        """Return what happened at the first index that is not as proven."""
        missing = self.shown.entry(index) is None
        home = None if missing else self.home(index)
        guest = self.guest(index)
        if guest is not None and (home is not None or missing):
            return self._say("reordered", index, self._moved(home, guest))
        if guest is not None:
            inserted = f"it is not in the proven log; the event that was is at {guest}"
            return self._say("inserted", index, inserted)
        if home is not None:
            return self._say(
                "deleted", index, f"its event is gone; in its place stands {home}'s"
            )
        if missing:
            return self._say("deleted", index, "no event is there")
        return self._edited(index)

    def home(self, index: int) -> int | None:
        """Return at which index the event that stands here was proven, if elsewhere."""
        entry = self.shown.entry(index)
        return next(
            (
                other
                for other in self._candidates(index, self._by_stored_leaf(index))
                if entry and self._stood_at(entry, other)
            ),
            None,
        )

    def guest(self, index: int) -> int | None:
        """Return where the event now stands that was proven to be at this index."""
        stored = self.shown.stored or b""
        hint = find(stored, self.proven.leaf(index))
        for other in self._candidates(index, hint):
            entry = self.shown.entry(other) if other < self.shown.count else None
            if entry and self._stood_at(entry, index):
                return other
        return None

    def _by_stored_leaf(self, index: int) -> int | None:
        """Return where the leaf that is stored here was proven to be."""
        stored = self.shown.stored or b""
        leaf = stored[index * SIZE : (index + 1) * SIZE]
        return find(bytes(self.proven.leaves), leaf) if leaf else None

    def _candidates(self, index: int, hint: int | None) -> Iterator[int]:
        likely = [] if hint is None else [hint]
        near = [at for step in range(1, NEAR) for at in (index + step, index - step)]
        others = self.bad if len(self.bad) <= FEW else ()
        tried = dict.fromkeys((*likely, *near, *others))
        return (at for at in tried if at >= 0 and at != index)

    def _stood_at(self, entry: str, index: int) -> bool:
        if not self.proven.whole(index, index + 1):
            return False
        there = placed_at(entry, self.shown.first + index)
        return leaf_of(there) == self.proven.leaf(index)

    def _moved(self, home: int | None, guest: int) -> str:
        here = "nothing is here" if home is None else f"here stands {home}'s"
        return f"its event was moved to {guest}, and {here}"

    def _edited(self, index: int) -> Difference:
        entry = self.shown.entry(index)
        known = self.known(index)
        if known is None or leaf_of(known) != self.proven.leaf(index):
            words = "the event is not as it was; only the auditor's copy of the"
            return self._say("edited", index, f"{words} entries (--against) says where")
        fields = tuple(differing_fields(known, entry or ""))
        words = f"{', '.join(fields) or 'the entry'} differs"
        return self._say("edited", index, words, fields)

    def _say(
        self, kind: str, index: int, text: str, fields: tuple[str, ...] = ()
    ) -> Difference:
        along = self._leaf_too(index)
        words = {
            None: "",
            True: "; the stored leaf was changed along with it",
            False: "; the stored leaf is still the proven one",
        }[along]
        more = f"; {len(self.bad) - 1} more leaves differ" if len(self.bad) > 1 else ""
        return Difference(
            kind,
            f"{text}{words}{more}",
            self.shown.origin,
            index,
            fields=fields,
            leaf_too=along,
        )

    def _leaf_too(self, index: int) -> bool | None:
        at = slice(index * SIZE, (index + 1) * SIZE)
        stored = (self.shown.stored or b"")[at]
        if stored and stored == self.proven.leaf(index):
            return False
        computed = self.shown.computed[at]
        return True if stored and any(stored) and stored == computed else None


def placed_at(entry: str, position: int) -> str:
    """Return an entry as it would be at another position."""
    lines = entry.split("\n")
    lines[-4] = str(position)  # from the end: a topic could have several lines
    return "\n".join(lines)


def differing_fields(one: str, other: str) -> Iterator[str]:
    """Yield the columns in which two entries differ."""
    for name, here, there in zip(
        FIELDS, one.split("\n"), other.split("\n"), strict=False
    ):
        if here != there:
            yield name


def find(hashes: bytes, wanted: bytes) -> int | None:
    """Return the index of a hash in a row of them, or None."""
    at = hashes.find(wanted)
    while at >= 0 and at % SIZE:
        at = hashes.find(wanted, at + 1)
    return at // SIZE if at >= 0 else None
