"""The gap test: events become visible in the order of their positions, without gaps.

Sixteen writers append, sleep before they commit, and take some appends back, while
three kinds of reader follow the log. The same campaign against an append without the
head-row lock must find that readers miss events, or it proves nothing.
"""

import os
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from domain.leaf import draft_of
from projections.log import PostgresLog, open_log
from projections.postgres.address import Address, connect_as

SOAK = bool(os.environ.get("PROBITY_SOAK"))
WRITERS = 16
# An append waits for the one before it, so that few large ones reach 200,000 events.
APPENDS, MOST_EVENTS, SLEEP = (64, 400, 0.2) if SOAK else (60, 4, 0.004)
ROLLED_BACK = 0.05
SEED = 20161220
ORIGIN = "SELECT origin FROM log.head"
LAST, TOPIC = "test.last", "test.event"

APPEND = (
    "SELECT log.append(%s::uuid[], %s::bigint[], %s::text[], %s::bytea[], %s::uuid[],"
    " %s::timestamptz[], %s::text[], NULL)"
)
UNGUARDED = """
CREATE SEQUENCE log.unguarded;
GRANT USAGE ON SEQUENCE log.unguarded TO probity_owner;
CREATE OR REPLACE FUNCTION log.append(
    ids uuid[], versions bigint[], topics text[], states bytea[],
    events uuid[], times timestamptz[], drafts text[], answers jsonb DEFAULT NULL,
    sealed_with uuid[] DEFAULT '{}'
) RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$
    WITH added AS (
        INSERT INTO log.probity_events
        SELECT nextval('log.unguarded'), u.*, sha256(uuid_send(id))
          FROM unnest(ids, versions, topics, states, events, times) AS u
               (id, version, topic, state, event, at)
        RETURNING notification_id)
    SELECT min(notification_id) - 1 FROM added;
$$;
"""
Reader = Callable[[PostgresLog, threading.Event], list[int]]


def write(conninfo: str, seed: int) -> None:
    """Append many times, each in a slow transaction that may yet be rolled back."""
    chance = random.Random(seed)  # noqa: S311  reproducible, not secret
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute("SET lock_timeout = 0")
        (origin,) = connection.execute("SELECT origin FROM log.head").fetchone() or (
            "",
        )
        for _ in range(APPENDS):
            count = chance.randint(1, MOST_EVENTS)
            with connection.transaction(force_rollback=chance.random() < ROLLED_BACK):
                connection.execute(APPEND, columns(count, origin))
                pause = chance.random() * SLEEP
                connection.execute("SELECT pg_sleep(%s)", (pause,))


def columns(count: int, origin: str) -> list[list[Any]]:
    """Return what `log.append` takes for so many new streams."""
    streams, now = [uuid4() for _ in range(count)], datetime.now(UTC)
    return [
        streams,
        [1] * count,
        [TOPIC] * count,
        [b"{}"] * count,
        [uuid4() for _ in range(count)],
        [now] * count,
        [draft_of(origin, stream, 1, TOPIC, now, b"{}") for stream in streams],
    ]


def poll(log: PostgresLog, finished: threading.Event) -> list[int]:
    """Ask again and again for what comes after the last position seen."""
    seen: list[int] = []
    while True:
        last_round = finished.is_set()
        page = log.select_notifications(
            seen[-1] if seen else 0, limit=500, inclusive_of_start=False
        )
        seen += [event.id for event in page]
        if last_round and not page:
            return seen


def subscribe(log: PostgresLog, _: threading.Event) -> list[int]:
    """Follow through the library's subscription protocol."""
    seen: list[int] = []
    with log.subscribe(gt=0) as subscription:
        for event in subscription:
            seen.append(event.id)
            if event.topic == LAST:
                break
    return seen


def sequence(log: PostgresLog, finished: threading.Event) -> list[int]:
    """Count on by one, as the ledger does, and never look back."""
    seen: list[int] = []
    while True:
        last_round = finished.is_set()
        page = log.select_notifications(len(seen) + 1, limit=500)
        wanted = range(len(seen) + 1, len(seen) + 1 + len(page))
        seen += [
            event.id for event, n in zip(page, wanted, strict=True) if event.id == n
        ]
        if last_round and len(page) == 0:
            return seen


def campaign(database: Address, *readers: Reader) -> tuple[list[int], list[list[int]]]:
    """Return the positions in the log at the end, and those that each reader saw."""
    conninfo = connect_as(database.url, "probity_web", name="gap test")
    finished = threading.Event()
    last = StoredEvent(uuid4(), 1, LAST, b"{}")
    with opened(conninfo) as log, ThreadPoolExecutor(len(readers)) as reading:
        following = [reading.submit(reader, log, finished) for reader in readers]
        with ExitStack() as at_the_end, ThreadPoolExecutor(WRITERS) as writing:
            at_the_end.callback(finished.set)
            at_the_end.callback(log.insert_events, [last])
            seeds = range(SEED, SEED + WRITERS)
            list(writing.map(write, [conninfo] * WRITERS, seeds))
        seen = [reader.result() for reader in following]
        return [event.id for event in log.select_notifications(0, 10**9)], seen


@contextmanager
def opened(conninfo: str) -> Iterator[PostgresLog]:
    log = open_log(conninfo)
    try:
        yield log
    finally:
        log.pool.close()


@pytest.mark.soak
def test_no_reader_misses_doubles_or_reorders_an_event(database: Address) -> None:
    stored, seen = campaign(database, poll, subscribe, sequence)

    assert stored == list(range(1, len(stored) + 1)), "positions have gaps"
    assert seen == [stored] * 3


def test_without_the_head_row_lock_a_reader_misses_events(database: Address) -> None:
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute(UNGUARDED)

    stored, (polled,) = campaign(database, poll)

    assert polled != stored


def test_maintenance_does_not_stop_appends_nor_wait_for_them(database: Address) -> None:
    conninfo = connect_as(database.url, "probity_web", name="append")
    event = StoredEvent(uuid4(), 1, "test.event", b"{}")
    with (
        opened(conninfo) as log,
        psycopg.connect(database.admin_url, autocommit=True) as admin,
        admin.transaction(),
    ):
        admin.execute("LOCK TABLE log.probity_events IN SHARE UPDATE EXCLUSIVE MODE")
        assert log.insert_events([event]) == [1]
    with psycopg.connect(database.admin_url, autocommit=True) as vacuum:
        vacuum.execute("VACUUM (ANALYZE) log.probity_events")
