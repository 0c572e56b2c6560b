"""Every decision replayed from the log, beside reading and decoding the same events."""

import os
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import psycopg

from benchmarks.figures import Figure
from benchmarks.register import file_for_a_year, open_register
from projections.postgres.address import Address, connect_as
from projections.replaying.going import replay_all
from projections.replaying.reading import Reading

FILINGS = 10_000
GOAL = 3_000  # decisions a second, on one core
ROUNDS = 3


def figures(address: Address) -> Iterator[Figure]:
    casework, log = open_register(address)
    file_for_a_year(casework, FILINGS)
    log.pool.close()
    where = connect_as(address.url, "probity_web", name="bench")
    with (
        tempfile.TemporaryDirectory(prefix="probity-replay-") as folder,
        psycopg.connect(where, autocommit=True) as connection,
    ):
        # Its place is kept like anybody's, in a home where nobody's own is.
        os.environ["PROBITY_HOME"] = folder
        decisions, value = max(replayed(connection) for _ in range(ROUNDS))
        beside = max(decisions / read(connection) for _ in range(ROUNDS))
    yield Figure(
        work="replay of every decision, beside reading their events",
        value=value,
        unit="decisions/s",
        beside=beside,
        goal=GOAL,
        of_value=True,
    )


def replayed(connection: psycopg.Connection[Any]) -> tuple[int, float]:
    """Replay all; return how many decisions there are, and how many a second."""
    started = time.perf_counter()
    outcome, _ = replay_all(connection, afresh=True)
    took = time.perf_counter() - started
    if outcome.different or not outcome.replayed:
        raise RuntimeError(str(outcome.differences[:3]))
    return outcome.replayed, outcome.replayed / took


def read(connection: psycopg.Connection[Any]) -> float:
    """Return the seconds in which all events are read and decoded."""
    reading = Reading(connection)
    started = time.perf_counter()
    for _ in reading.pages(0, reading.head()[1]):
        pass
    return time.perf_counter() - started
