"""The log in memory, for the domain's own tests: the same JSON, no server."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from eventsourcing.persistence import IntegrityError, Notification
from eventsourcing.popo import POPOApplicationRecorder

from domain.receipt import Answer, Entry, Key, Receipt


class MemoryLog(POPOApplicationRecorder):
    def copy(self) -> "MemoryLog":
        """Return another log that holds the same events, and no answers."""
        other = MemoryLog()
        other.insert_events(self._stored_events)
        return other

    def append(self, entries: Sequence[Entry], answers: Sequence[Answer]) -> int:
        if self.recall([answer.request.key for answer in answers]):
            raise IntegrityError("a key was used before")
        positions = self.insert_events(entries) or [1]
        base = positions[0] - 1
        self.answers = getattr(self, "answers", {}) | {
            answer.request.key: (answer.request.digest, receipt(answer, base))
            for answer in answers
        }
        return base

    def recall(self, keys: Collection[Key]) -> Mapping[Key, tuple[bytes, Receipt]]:
        known = getattr(self, "answers", {})
        return {key: known[key] for key in keys if key in known}

    def position_of(self, event_id: UUID) -> int | None:
        for position, event in enumerate(self._stored_events, start=1):
            if isinstance(event, Entry) and event.event_id == event_id:
                return position
        return None

    def select_streams(self, streams: Collection[UUID]) -> list[Notification]:
        everything = self.select_notifications(None, limit=10**9)
        return [event for event in everything if event.originator_id in streams]


def receipt(answer: Answer, base: int) -> Receipt:
    return Receipt(
        stream=answer.stream,
        version=answer.version,
        position=base + answer.nth,
        digest=answer.digest,
    )
