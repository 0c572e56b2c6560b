"""The log in PostgreSQL: appended in one round trip, in commit order, without gaps."""

import time
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
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

from domain.errors import LedgerDiffers
from domain.receipt import Answer, Entry, Key, Receipt
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("log_queries.sql"))
ENDLESS = 2**62
Params = Sequence[Any] | Mapping[str, Any]
# Seconds that a caller waits for a connection before being told to try again.
PATIENCE = 5.0


class PostgresLog(ApplicationRecorder):
    """The recorder over `log.probity_events`; opens its pool on first use, after fork.

    `conninfo` names a role that may run `log.append`. Errors of the driver come out as
    the library's: IntegrityError where somebody was there first, OperationalError where
    the outcome is not known.
    """

    def __init__(self, pool: ConnectionPool[psycopg.Connection[Any]]) -> None:
        self.pool = pool
        self.known_origin = ""

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            with self.pool.connection() as connection:
                yield connection
        except psycopg.IntegrityError as error:
            raise IntegrityError(str(error)) from error
        except PoolTimeout as error:
            raise OperationalError(str(error)) from error
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            self.pool.check()
            raise OperationalError(str(error)) from error

    def fetch(self, query: str, values: Params) -> list[tuple[Any, ...]]:
        """Return what a query finds; a lost connection is replaced, and asked again."""
        try:
            return self.fetch_once(query, values)
        except OperationalError:
            return self.fetch_once(query, values)

    def fetch_once(self, query: str, values: Params) -> list[tuple[Any, ...]]:
        with self.connection() as connection, connection.cursor(binary=True) as cursor:
            return cursor.execute(SQL[query], values, prepare=True).fetchall()

    def append(
        self,
        entries: Sequence[Entry],
        answers: Sequence[Answer] = (),
        keys: Sequence[UUID] = (),
    ) -> int:
        columns = zip(
            *(
                (
                    entry.originator_id,
                    entry.originator_version,
                    entry.topic,
                    entry.state,
                    entry.event_id,
                    entry.recorded_at,
                    entry.draft(self.origin),
                )
                for entry in entries
            ),
            strict=True,
        )
        kept = (
            msgspec.json.encode([row(a) for a in answers]).decode() if answers else None
        )
        with self.connection() as connection, self.one_origin():
            (base,) = connection.execute(
                SQL["append"], [*map(list, columns), kept, list(keys)], prepare=True
            ).fetchone() or (0,)
        return int(base)

    @property
    def origin(self) -> str:
        if not self.known_origin:
            ((self.known_origin,),) = self.fetch("read_origin", ())
        return self.known_origin

    @contextmanager
    def one_origin(self) -> Iterator[None]:
        """Have it decided again what was drafted for an epoch that is closed."""
        try:
            yield
        except psycopg.errors.DataCorrupted as error:
            before, self.known_origin = self.known_origin, ""
            if self.origin == before:
                raise LedgerDiffers(str(error.diag.message_primary)) from error
            raise IntegrityError(f"the ledger goes on as {self.origin}") from error

    def recall(self, keys: Collection[Key]) -> Mapping[Key, tuple[bytes, Receipt]]:
        asked = [[key.actor for key in keys], [key.key for key in keys]]
        return {
            Key(actor=actor, key=key): (
                request,
                Receipt(stream=stream, version=version, position=at, entry=entry),
            )
            for actor, key, request, stream, version, at, entry in self.fetch(
                "recall_answers", asked
            )
        }

    def position_of(self, event_id: UUID) -> int | None:
        found = self.fetch("select_position", (event_id,))
        return int(found[0][0]) if found else None

    def select_streams(self, streams: Collection[UUID]) -> list[Notification]:
        return [
            notification(row) for row in self.fetch("select_streams", (list(streams),))
        ]

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
        span = {
            "stream": originator_id,
            "gt": -1 if gt is None else gt,
            "lte": ENDLESS if lte is None else lte,
            "limit": limit,
        }
        query = "select_newest_first" if desc else "select_oldest_first"
        return [StoredEvent(*row) for row in self.fetch(query, span)]

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
        return [notification(row) for row in self.fetch("select_page", span)]

    def max_notification_id(self) -> int | None:
        ((size,),) = self.fetch("select_size", ())
        return size or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        return Polling(self, gt, topics)


def open_log(conninfo: str, *, size: int = 8) -> PostgresLog:
    """Return a log with up to *size* connections; call it after a fork, not before."""
    pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
        conninfo,
        min_size=1,
        max_size=size,
        kwargs={"autocommit": True},
        timeout=PATIENCE,
        open=True,
    )
    return PostgresLog(pool)


class Polling(Subscription[ApplicationRecorder]):
    """Follows the log by asking again; nobody has to be notified by each append."""

    def __init__(self, *options: Any) -> None:
        super().__init__(*options)
        self.page: deque[Notification] = deque()

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if self.page:
                first = self.page.popleft()
                self._last_notification_id = first.id
                return first
            self.page += self._recorder.select_notifications(
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
        "own": answer.own,
        "draft": answer.draft,
    }
