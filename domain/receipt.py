"""What the door hands out: receipts, and the keys that make asking twice harmless."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from domain.leaf import draft_of, placed
from domain.record import Recorded, Value
from domain.topics import encode


class Key(Value):
    """An Idempotency-Key: whose it is, and what it says."""

    actor: str
    key: str


class Receipt(Value):
    """What was recorded: which stream, its version now, its last place in the log.

    `position` is None, and `entry` empty, where there was nothing to record. `entry` is
    what the ledger holds of the event that made this version; see `domain.leaf`.
    """

    stream: UUID
    version: int
    position: int | None
    entry: str = ""


class Request(Value):
    """A keyed request: the same key with another `digest` is another request."""

    key: Key
    digest: bytes


@dataclass(frozen=True)
class Entry(StoredEvent):
    """A stored event with the columns that are ours."""

    event_id: UUID
    recorded_at: datetime

    def draft(self, origin: str) -> str:
        """Return what the ledger will hold of it, but for its position."""
        return draft_of(
            origin,
            self.originator_id,
            self.originator_version,
            self.topic,
            self.recorded_at,
            self.state,
        )


def entry_of(record: Recorded[Any]) -> Entry:
    """Return the event as it is stored: what is to be sealed is sealed already."""
    return Entry(
        originator_id=record.originator_id,
        originator_version=record.originator_version,
        topic=record.fact.TOPIC,
        state=encode(record),
        event_id=record.event_id,
        recorded_at=record.recorded_at,
    )


class Answer(Value):
    """What to answer to a retry.

    `nth` is the place of the command's last event in the append; `own` and `draft` are
    that of the event which the receipt is for, and its entry without its position.
    """

    request: Request
    stream: UUID
    version: int
    nth: int
    own: int
    draft: str

    def receipt(self, base: int) -> Receipt:
        """Return the receipt, now that the position before the append is known."""
        return Receipt(
            stream=self.stream,
            version=self.version,
            position=base + self.nth,
            entry=placed(self.draft, base + self.own),
        )


class Log(Protocol):
    """What the door asks of the recorder that keeps the log."""

    @property
    def origin(self) -> str:
        """Return the name under which the ledger now takes what is appended."""

    def select_streams(self, streams: Collection[UUID]) -> Iterable[Notification]:
        """Return all events of these streams, in the order of each stream."""

    def append(
        self, entries: Sequence[Entry], answers: Sequence[Answer], keys: Sequence[UUID]
    ) -> int:
        """Store all or nothing; return the position before the first entry.

        Raises the library's IntegrityError where one of the *keys*, with which the
        entries are sealed, was destroyed meanwhile.
        """

    def recall(self, keys: Collection[Key]) -> Mapping[Key, tuple[bytes, Receipt]]:
        """Return, for each key used before, the request's digest and its answer."""

    def position_of(self, event_id: UUID) -> int | None:
        """Return where this event stands in the log, or None."""
