"""The log in memory, for the domain's own tests: the same JSON, no server."""

import os
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID, uuid4

from eventsourcing.persistence import IntegrityError, Notification
from eventsourcing.popo import POPOApplicationRecorder

from domain.casework import Casework
from domain.receipt import Answer, Entry, Key, Receipt
from domain.vault import DataKey, KeyName
from projections.vault.datakey import KEY_BYTES, data_key


class MemoryVault:
    """The keys in memory: the same sealing, no server and nothing that wraps them."""

    def __init__(self) -> None:
        self.keys: dict[KeyName, DataKey] = {}

    def provide(self, names: Collection[KeyName]) -> Mapping[KeyName, DataKey]:
        for name in (name for name in names if name not in self.keys):
            self.keys[name] = data_key(uuid4(), name, os.urandom(KEY_BYTES))
        return {name: self.keys[name] for name in names}

    def forget(self) -> None:
        """Nothing is remembered that is not kept."""

    def fetch(self, ids: Collection[UUID]) -> Mapping[UUID, DataKey]:
        return {key.id: key for key in self.keys.values() if key.id in ids}

    def copy(self) -> "MemoryVault":
        other = MemoryVault()
        other.keys = dict(self.keys)
        return other

    def destroy(self, subject: str) -> None:
        self.keys = {n: key for n, key in self.keys.items() if n.subject != subject}


class MemoryLog(POPOApplicationRecorder):
    """The log, and beside it the keys of what is sealed in it."""

    origin = "register.example/e1"

    def __init__(self, vault: MemoryVault | None = None) -> None:
        super().__init__()
        self.vault = vault or MemoryVault()

    def copy(self) -> "MemoryLog":
        """Return another log that holds the same events, and no answers."""
        other = MemoryLog(self.vault.copy())
        other.insert_events(self._stored_events)
        return other

    def append(
        self,
        entries: Sequence[Entry],
        answers: Sequence[Answer],
        keys: Sequence[UUID] = (),  # noqa: ARG002  memory's vault destroys between commands
    ) -> int:
        if self.recall([answer.request.key for answer in answers]):
            raise IntegrityError("a key was used before")
        positions = self.insert_events(entries) or [1]
        base = positions[0] - 1
        self.answers = getattr(self, "answers", {}) | {
            answer.request.key: (answer.request.digest, answer.receipt(base))
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
        return [
            self.notification(place)
            for stream in streams
            for place in self._stored_events_index.get(str(stream), {}).values()
        ]

    def notification(self, place: int) -> Notification:
        stored = self._stored_events[place]
        return Notification(
            id=place + 1,
            originator_id=stored.originator_id,
            originator_version=stored.originator_version,
            topic=stored.topic,
            state=stored.state,
        )


def in_memory(log: MemoryLog | None = None) -> Casework:
    """Return the door to a log in memory, a new one if none is given."""
    log = log or MemoryLog()
    return Casework(log, log.vault)
