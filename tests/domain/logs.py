"""Logs in memory that behave as a database does on a bad day."""

import threading
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from eventsourcing.persistence import IntegrityError, Notification, OperationalError

from domain.receipt import Answer, Entry
from tests.memory import MemoryLog


class Busy(MemoryLog):
    """Others store something just before us: each of *meanwhile*, once."""

    def __init__(self, *meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = list(meanwhile)
        self.tries = 0

    def append(
        self,
        entries: Sequence[Entry],
        answers: Sequence[Answer],
        keys: Sequence[UUID] = (),
    ) -> int:
        self.tries += 1
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return super().append(entries, answers, keys)


class Contested(MemoryLog):
    """Somebody else always comes first on one stream."""

    contested: UUID | None = None

    def append(
        self,
        entries: Sequence[Entry],
        answers: Sequence[Answer],
        keys: Sequence[UUID] = (),
    ) -> int:
        if self.contested in [entry.originator_id for entry in entries]:
            raise IntegrityError("another was faster")
        return super().append(entries, answers, keys)


class Cut(MemoryLog):
    """The connection is cut before or after what it carried was stored.

    While somebody looks for an event in vain, each of *meanwhile* happens, once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cuts: list[str] = []
        self.meanwhile: list[Callable[[], object]] = []
        self.tries = 0

    def append(
        self,
        entries: Sequence[Entry],
        answers: Sequence[Answer],
        keys: Sequence[UUID] = (),
    ) -> int:
        self.tries += 1
        cut = self.cuts.pop(0) if self.cuts else None
        if cut == "before":
            raise OperationalError("the connection was cut")
        base = super().append(entries, answers, keys)
        if cut == "after":
            raise OperationalError("the connection was cut")
        return base

    def position_of(self, event_id: UUID) -> int | None:
        if self.meanwhile:
            self.meanwhile.pop(0)()
            return None
        return super().position_of(event_id)

    def select_streams(self, streams: Collection[UUID]) -> list[Notification]:
        if "reading" in self.cuts:
            raise OperationalError("no route to the log")
        return super().select_streams(streams)


class Gate(MemoryLog):
    """Nothing is stored while it is shut; it counts what goes in together."""

    def __init__(self) -> None:
        super().__init__()
        self.opened, self.reached = threading.Event(), threading.Event()
        self.opened.set()
        self.appended: list[int] = []

    def append(
        self,
        entries: Sequence[Entry],
        answers: Sequence[Answer],
        keys: Sequence[UUID] = (),
    ) -> int:
        self.reached.set()
        assert self.opened.wait(timeout=60)
        self.appended.append(len(entries))
        return super().append(entries, answers, keys)


class Reading(MemoryLog):
    """It remembers what was read together."""

    reads: list[set[UUID]]

    @classmethod
    def of(cls, log: MemoryLog) -> "Reading":
        """Return such a log with the events of another."""
        other = cls()
        other.reads = []
        other.insert_events(log.select_notifications(None, limit=10**9))
        return other

    def select_streams(self, streams: Collection[UUID]) -> list[Notification]:
        self.reads.append(set(streams))
        return super().select_streams(streams)
