"""What a decision sees: the log, and what was decided just before it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from domain.record import Actor, Command, Fact, Recorded, S

Read = Callable[[Collection[UUID]], Iterable[Recorded[Any]]]
Unseal = Callable[[Sequence[Recorded[Any]]], Iterable[Recorded[Any]]]


class View:
    """The streams that one transaction needs, read once, with what it adds to them.

    What is sealed stays so, but in streams on which something is decided.
    """

    def __init__(self, read: Read, unseal: Unseal | None = None) -> None:
        """Take what reads streams, and what opens them where it did not."""
        self.read, self.unseal = read, unseal
        self.streams: dict[UUID, list[Recorded[Any]]] = {}
        self.clear: set[UUID] = set()

    def fetch(self, streams: Iterable[UUID]) -> None:
        """Read those of *streams* that have not been read yet, in one go."""
        missing = {stream for stream in streams if stream not in self.streams}
        if missing:
            found: dict[UUID, list[Recorded[Any]]] = {stream: [] for stream in missing}
            for record in self.read(missing):
                found[record.originator_id].append(record)
            self.streams |= found

    def open(self, streams: Collection[UUID]) -> None:
        """Open those of *streams* that are sealed still, in one go."""
        self.fetch(streams)
        closed = set(streams) - self.clear
        if self.unseal is None or not closed:
            return
        sealed = [record for stream in closed for record in self.streams[stream]]
        for stream in closed:
            self.streams[stream] = []
        for record in self.unseal(sealed):
            self.streams[record.originator_id].append(record)
        self.clear |= closed

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        self.fetch((stream,))
        return self.streams[stream]

    def version(self, stream: UUID) -> int:
        return len(self.history(stream))

    def state(self, blank: S, stream: UUID) -> S:
        return replay(blank, (record.fact for record in self.history(stream)))

    def add(self, record: Recorded[Any]) -> None:
        self.streams[record.originator_id].append(record)

    def forget(self, records: Iterable[Recorded[Any]]) -> None:
        """Take back what `add` was given, as if it had not been decided."""
        counts: dict[UUID, int] = defaultdict(int)
        for record in records:
            counts[record.originator_id] += 1
        for stream, count in counts.items():
            del self.streams[stream][-count:]


@dataclass
class Occasion:
    """One command being decided: who asks, when, and the envelope of what follows."""

    by: Actor
    at: datetime
    because_of: Recorded[Any] | None = None
    command_id: UUID = field(default_factory=uuid4)
    records: list[Recorded[Any]] = field(default_factory=list)

    def begin(self, view: View) -> None:
        """Start deciding, for the first time or once more after a clash."""
        self.view = view
        self.records = []

    def look(self, blank: S, stream: UUID) -> S:
        return self.view.state(blank, stream)

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        return tuple(self.view.history(stream))

    def carry_out(self, command: Command[S]) -> None:
        """Decide *command* and whatever follows from it; see `Command.decide`."""
        stream = command.stream
        self.view.open((stream,))
        state = self.look(command.blank(), stream)
        for step in command.decide(state, self):
            if isinstance(step, Command):
                self.carry_out(step)
            else:
                state = state.evolve(step)
                self.record(command, stream, step, state.subject)

    def record(
        self, command: Command[Any], stream: UUID, fact: Fact, subject: str | None
    ) -> None:
        cause = self.records[-1] if self.records else self.because_of
        record = Recorded(
            event_id=uuid4(),
            originator_id=stream,
            originator_version=self.view.version(stream) + 1,
            recorded_at=self.at,
            actor=self.by,
            command_id=self.command_id,
            fact=fact,
            subject=subject,
            occurred_on=command.occurred_on,
            reason=command.reason,
            causation_id=cause.event_id if cause else None,
            correlation_id=(cause.correlation_id or cause.event_id) if cause else None,
        )
        self.view.add(record)
        self.records.append(record)

    def dated(self) -> Iterator[tuple[Recorded[Any], int]]:
        """Yield what is to be recorded, with the year in which its stream began."""
        for record in self.records:
            first = self.view.history(record.originator_id)[0]
            yield record, first.recorded_at.year


def replay(state: S, facts: Iterable[Fact]) -> S:
    for fact in facts:
        state = state.evolve(fact)
    return state
