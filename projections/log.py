"""The log in PostgreSQL: appended in one round trip, in commit order, without gaps."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    OperationalError,
    StoredEvent,
    Subscription,
)
from psycopg_pool import ConnectionPool, PoolTimeout

from domain.receipt import Answer, Entry, Key, Receipt

APPEND = (
    "SELECT log.append(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[],"
    " %b::uuid[], %b::timestamptz[], %b::jsonb)"
)
COLUMNS = "originator_id, originator_version, topic, state, notification_id"
STREAMS = (
    f"SELECT {COLUMNS} FROM log.probity_events"  # noqa: S608  a constant
    " WHERE originator_id = ANY(%b) ORDER BY originator_version"
)
EVENTS = (
    "SELECT originator_id, originator_version, topic, state FROM log.probity_events"
    " WHERE originator_id = %(stream)s"
    " AND originator_version > %(gt)s AND originator_version <= %(lte)s"
)
NOTIFICATIONS = (
    f"SELECT {COLUMNS} FROM log.probity_events"  # noqa: S608  a constant
    " WHERE notification_id >= %(start)s AND notification_id <= %(stop)s"
    " AND (%(topics)s::text[] = '{}' OR topic = ANY(%(topics)s))"
    " ORDER BY notification_id LIMIT %(limit)s"
)
SIZE = "SELECT size FROM log.head"
POSITION = "SELECT notification_id FROM log.probity_events WHERE event_id = %s"
RECALL = (
    "SELECT actor, key, request, stream, version, position, digest FROM log.answer"
    " JOIN unnest(%b::text[], %b::text[]) AS asked (actor, key) USING (actor, key)"
)
ENDLESS = 2**62


class PostgresLog(ApplicationRecorder):
    """The recorder over `log.probity_events`; opens its pool on first use, after fork.

    `conninfo` names a role that may run `log.append`. Errors of the driver come out as
    the library's: IntegrityError where somebody was there first, OperationalError where
    the outcome is not known.
    """

    def __init__(self, pool: ConnectionPool[psycopg.Connection[Any]]) -> None:
        self.pool = pool

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            with self.pool.connection() as connection:
                yield connection
        except psycopg.IntegrityError as error:
            raise IntegrityError(str(error)) from error
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
            raise OperationalError(str(error)) from error

    def append(self, entries: Sequence[Entry], answers: Sequence[Answer] = ()) -> int:
        columns = zip(
            *(
                (
                    entry.originator_id,
                    entry.originator_version,
                    entry.topic,
                    entry.state,
                    entry.event_id,
                    entry.recorded_at,
                )
                for entry in entries
            ),
            strict=True,
        )
        kept = (
            msgspec.json.encode([row(a) for a in answers]).decode() if answers else None
        )
        with self.connection() as connection:
            (base,) = connection.execute(
                APPEND, [*map(list, columns), kept], prepare=True
            ).fetchone() or (0,)
        return int(base)

    def recall(self, keys: Collection[Key]) -> Mapping[Key, tuple[bytes, Receipt]]:
        asked = [[key.actor for key in keys], [key.key for key in keys]]
        with self.connection() as connection:
            rows = connection.execute(RECALL, asked, prepare=True).fetchall()
        return {
            Key(actor=actor, key=key): (
                request,
                Receipt(stream=stream, version=version, position=at, digest=digest),
            )
            for actor, key, request, stream, version, at, digest in rows
        }

    def position_of(self, event_id: UUID) -> int | None:
        with self.connection() as connection:
            found = connection.execute(POSITION, (event_id,)).fetchone()
        return found and int(found[0])

    def select_streams(self, streams: Collection[UUID]) -> list[Notification]:
        with self.connection() as connection, connection.cursor(binary=True) as cursor:
            cursor.execute(STREAMS, (list(streams),), prepare=True)
            return [notification(row) for row in cursor]

    # What the library's protocol asks besides.

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **_: Any
    ) -> Sequence[int]:
        entries = [entry_of(event) for event in stored_events]
        base = self.append(entries) if entries else 0
        return [base + nth for nth in range(1, len(entries) + 1)]

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        span = {"stream": originator_id, "gt": gt or 0, "lte": lte or ENDLESS}
        order = " ORDER BY originator_version" + (" DESC" if desc else "")
        with self.connection() as connection, connection.cursor(binary=True) as cursor:
            cursor.execute(EVENTS + order + " LIMIT %(limit)s", span | {"limit": limit})
            return [StoredEvent(*row) for row in cursor]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        span = {
            "start": (start or 0) + (0 if inclusive_of_start else 1),
            "stop": ENDLESS if stop is None else stop,
            "topics": list(topics),
            "limit": limit,
        }
        with self.connection() as connection, connection.cursor(binary=True) as cursor:
            cursor.execute(NOTIFICATIONS, span)
            return [notification(row) for row in cursor]

    def max_notification_id(self) -> int | None:
        with self.connection() as connection:
            (size,) = connection.execute(SIZE).fetchone() or (0,)
        return size or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        return Polling(self, gt, topics)


class Polling(Subscription[ApplicationRecorder]):
    """Follows the log by asking again; nobody has to be notified by each append."""

    page: Sequence[Notification] = ()

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if self.page:
                first, *self.page = self.page
                self._last_notification_id = first.id
                return first
            self.page = self._recorder.select_notifications(
                self._last_notification_id or 0,
                limit=500,
                topics=self._topics,
                inclusive_of_start=False,
            )
            if not self.page:
                time.sleep(0.05)
        raise StopIteration


def notification(row: tuple[Any, ...]) -> Notification:
    stream, version, topic, state, position = row
    return Notification(stream, version, topic, state, position)


def entry_of(event: StoredEvent) -> Entry:
    """Return the event with our columns, new ones where a caller knows none."""
    if isinstance(event, Entry):
        return event
    return Entry(
        event.originator_id,
        event.originator_version,
        event.topic,
        event.state,
        event_id=uuid4(),
        recorded_at=datetime.now(UTC),
    )


def row(answer: Answer) -> dict[str, Any]:
    return {
        "actor": answer.request.key.actor,
        "key": answer.request.key.key,
        "request": answer.request.digest.hex(),
        "stream": answer.stream,
        "version": answer.version,
        "nth": answer.nth,
        "digest": answer.digest,
    }
