"""The log as a replay reads it: in order, or a stream up to a position."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.errors import UnreadableEvent
from domain.facts import TOPICS
from domain.record import Fact, Recorded
from domain.topics import Place
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("reading.sql"))
PAGE = 1000  # events


class Unreadable(NamedTuple):
    """An event that this program cannot read, and why."""

    position: int
    event_id: UUID
    topic: str
    error: str


Row = tuple[int, UUID, str, bytes]
Found = tuple[int, Recorded[Any]]


class Reading:
    """Reads the log on one connection, as a role that may read nothing but."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Take a connection in autocommit mode."""
        self.connection = connection

    def head(self) -> tuple[str, int]:
        """Return the name of the log's ledger, and how many events there are."""
        ((origin, size),) = self.connection.execute(SQL["read_head"]).fetchall()
        return origin, size

    def pages(
        self, after: int, upto: int
    ) -> Iterator[tuple[int, list[Found], list[Unreadable]]]:
        """Yield the events behind a position, up to another, page by page in order.

        Each page comes with the position at which it ends.
        """
        for start in range(after, upto, PAGE):
            end = min(start + PAGE, upto)
            asked = {"after": start, "upto": end}
            yield end, *sorted_out(self._ask("read_page", asked))

    def streams(
        self, streams: Collection[UUID], before: int
    ) -> Iterator[Recorded[Any]]:
        """Return what these streams held before a position, each oldest first."""
        asked = {"streams": list(streams), "before": before}
        found, _ = sorted_out(self._ask("read_streams", asked))
        return (record for _, record in found)

    def kinds(
        self, facts: Collection[type[Fact]], after: int, upto: int
    ) -> Iterator[Found]:
        """Return all facts of some kinds behind a position, up to another, in order."""
        topics = [fact.TOPIC for fact in facts]
        for start in range(after, upto, PAGE * 10):
            end = min(start + PAGE * 10, upto)
            asked = {"topics": topics, "after": start, "upto": end}
            yield from sorted_out(self._ask("read_kinds", asked))[0]

    def event(self, event_id: UUID) -> list[Found]:
        """Return the event of this id, if there is one."""
        return sorted_out(self._ask("read_event", {"event": event_id}))[0]

    def stream(self, stream: UUID) -> list[Found]:
        """Return all events of a stream, with their positions."""
        asked = {"streams": [stream], "before": self.head()[1] + 1}
        return sorted_out(self._ask("read_streams", asked))[0]

    def id_at(self, position: int) -> UUID | None:
        """Return the id of the event at a position."""
        asked = {"position": position}
        found = self.connection.execute(SQL["read_id"], asked).fetchone()
        return found[0] if found else None

    def _ask(self, question: str, values: dict[str, Any]) -> list[Row]:
        return self.connection.execute(SQL[question], values, binary=True).fetchall()


def sorted_out(rows: list[Row]) -> tuple[list[Found], list[Unreadable]]:
    """Return the events that can be read, and those that cannot."""
    found: list[Found] = []
    unread: list[Unreadable] = []
    for row in rows:
        try:
            found.append((row[0], decoded(*row)))
        except UnreadableEvent as error:
            unread.append(Unreadable(*row[:3], str(error)))
    return found, unread


def decoded(position: int, event_id: UUID, topic: str, state: bytes) -> Recorded[Any]:
    """Return an event, or raise `UnreadableEvent`."""
    try:
        return TOPICS.decoders[topic].decode(state)
    except (KeyError, msgspec.MsgspecError):
        # An older version, or an error: the registry knows which, and says it.
        place = Place(event=str(event_id), position=str(position))
        return TOPICS.decode(topic, state, place)
