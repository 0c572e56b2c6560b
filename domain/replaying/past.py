"""What was known just before an event: streams, read as they are needed."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from domain.figures.counting import Count
from domain.record import Fact, Recorded, S

# Events that are kept at hand; what is not is read again when it is needed.
ROOM = 200_000


class Log(Protocol):
    """The log, to whoever looks back: what stood in it before a position."""

    def streams(
        self, streams: Collection[UUID], before: int
    ) -> Iterable[Recorded[Any]]:
        """Return what these streams held before a position, each oldest first."""

    def kinds(
        self, facts: Collection[type[Fact]], after: int, upto: int
    ) -> Iterable[tuple[int, Recorded[Any]]]:
        """Return all facts of some kinds behind a position, up to another, in order."""


@dataclass(slots=True)
class Kept:
    """One stream as far as it is known, and the states that were folded from it."""

    records: list[Recorded[Any]] = field(default_factory=list)
    states: dict[type, tuple[int, Any]] = field(default_factory=dict)


class Past:
    """The log up to a position, as the decision at that position found it.

    Events are added in the order of the log. A decision looks at other streams than its
    own as they were when it read them: so did the command, but for what another process
    may have stored in the same moment.
    """

    def __init__(self, log: Log, before: int = 1, room: int = ROOM) -> None:
        """Begin before a position; keep as many events at hand as there is *room*."""
        self.log, self.before, self.room = log, before, room
        self.kept: OrderedDict[UUID, Kept] = OrderedDict()
        self.size = 0
        self.counted: Count | None = None  # what was counted last, to go on from

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        return self._stream(stream).records

    def look(self, blank: S, stream: UUID) -> S:
        """Return the state of a stream before the position."""
        kept = self._stream(stream)
        known, state = kept.states.get(type(blank), (0, blank))
        if known < len(kept.records):
            for record in kept.records[known:]:
                state = state.evolve(record.fact)
            kept.states[type(blank)] = (len(kept.records), state)
        found: S = state
        return found

    def fetch(self, streams: Iterable[UUID]) -> None:
        """Read those of the streams that are not at hand, in one go."""
        missing = [stream for stream in streams if stream not in self.kept]
        if missing:
            for stream in missing:
                self._keep(stream)
            for record in self.log.streams(missing, self.before):
                self.kept[record.originator_id].records.append(record)
                self.size += 1

    def add(self, position: int, record: Recorded[Any]) -> None:
        """Let the event at a position have happened."""
        kept = self.kept.get(record.originator_id)
        if kept is None and record.originator_version == 1:
            kept = self._keep(record.originator_id)
        if kept is not None:
            kept.records.append(record)
            self.size += 1
        self.before = position + 1
        while self.size > self.room:
            _, gone = self.kept.popitem(last=False)
            self.size -= len(gone.records) + 1

    def _stream(self, stream: UUID) -> Kept:
        self.fetch((stream,))
        self.kept.move_to_end(stream)
        return self.kept[stream]

    def _keep(self, stream: UUID) -> Kept:
        self.kept[stream] = kept = Kept()
        self.size += 1
        return kept
