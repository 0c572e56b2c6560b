"""A stretch of the log, decoded once for all read models."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
from psycopg import Connection, Cursor

from domain.facts import TOPICS
from domain.record import Recorded
from domain.topics import Place
from projections.models.model import Event
from projections.position import SQL


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An event that this program cannot read, and whose order it belongs to."""

    position: int
    key: str
    error: Exception


Item = Event | Unreadable


class Gap(Exception):
    """The log lacks events that it held: it was damaged, and must not be followed."""


class Reader:
    """Reads the log, and reads ahead: the next batch is decoded while one is written.

    What it reads never changes, so that nothing read ahead can be out of date.
    """

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        self._ahead: tuple[int, list[Item]] = (-1, [])

    def read(self, after: int, upto: int) -> list[Item]:
        """Return events behind one position and up to another, in order.

        At least one; all of them, unless those read ahead were fewer.

        Raises:
            Gap: events are missing.
        """
        position, items = self._ahead
        if position == after and items and items[-1].position <= upto:
            return items
        return self.receive(after, upto, self.send(after, upto))

    def send(self, after: int, upto: int) -> Cursor[Any]:
        """Ask for events, and do not wait for them."""
        wanted = {"after": after, "upto": upto}
        return self.connection.execute(SQL["read_events"], wanted, binary=True)

    def receive(self, after: int, upto: int, found: Cursor[Any]) -> list[Item]:
        """Return the events that were asked for, and keep them for `read`."""
        items = _items(self.connection, found)
        if len(items) < upto - after:
            raise Gap(f"the log lacks events between positions {after} and {upto + 1}")
        self._ahead = (after, items)
        return items


def read_some(connection: Connection[Any], positions: Sequence[int]) -> list[Item]:
    """Return the events at these positions."""
    wanted = {"positions": positions}
    found = connection.execute(SQL["read_some_events"], wanted, binary=True)
    return _items(connection, found)


def _items(connection: Connection[Any], found: Cursor[Any]) -> list[Item]:
    return [_item(connection, *row) for row in found.fetchall()]


def _item(
    connection: Connection[Any], position: int, stream: str, topic: str, state: bytes
) -> Item:
    try:
        record = _decode(position, topic, state)
    except Exception as error:  # noqa: BLE001  an upcaster may fail in any way
        return Unreadable(position, _guess_key(connection, position), error)
    return Event(position, record.subject or stream, stream, record.fact, record)


def _decode(position: int, topic: str, state: bytes) -> Recorded[Any]:
    try:
        return TOPICS.decoders[topic].decode(state)
    except (KeyError, msgspec.MsgspecError):
        # An older version, or an error: the registry knows which, and how to say it.
        place = Place(event="in the log", position=str(position))
        return TOPICS.decode(topic, state, place)


def _guess_key(connection: Connection[Any], position: int) -> str:
    """Find out whom an unreadable event is about: from itself, else from its stream."""
    found = connection.execute(SQL["read_stream"], {"position": position}, binary=True)
    stream = ""
    for originator, state in found.fetchall():
        stream = str(originator)
        with suppress(KeyError, TypeError, msgspec.MsgspecError):
            subject = msgspec.json.decode(state)["subject"]
            if isinstance(subject, str) and subject:
                return subject
    return stream
