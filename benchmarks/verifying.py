"""The live log verified, beside nothing but reading it and hashing what comes."""

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import psycopg

from benchmarks.figures import Figure, in_turn, rate
from projections.ledger import store
from projections.ledger.showing import EVERYTHING, Reading, shown
from projections.ledger.standard.policy import parse_policy
from projections.ledger.verifier.logs import Trust, check_logs
from projections.ledger.vkeys import trust_text

GOAL = 0.5
STATE = 3  # which column of a row is the event as it is stored
Connection = psycopg.Connection[Any]


def figures(connection: Connection) -> Iterator[Figure]:
    """Verify the live log as `probity verify` does, beside reading it as that does."""
    policy = parse_policy(trust_text(None, [store.origin(connection).origin]))

    def verify() -> None:
        with shown(connection, lambda *_: None) as logs:
            verdict = check_logs(logs, Trust(policy))
        if verdict.code:
            raise RuntimeError("\n".join(verdict.lines()))

    volume = stream(connection) / 1e6
    works = (verify, partial(read_rows, connection), partial(stream, connection))
    value, rows, bytes_ = in_turn(*(partial(rate, work) for work in works))
    for how, beside, goal in (
        ("reading and hashing its events", rows, GOAL),
        ("one hash of the bytes that come", bytes_, None),
    ):
        yield Figure(
            work=f"verification of the live log, beside {how}",
            value=value * volume,
            unit="MB/s",
            beside=beside * volume,
            goal=goal,
        )


def read_rows(connection: Connection) -> None:
    """Read all events, and hash each as it is stored."""
    with connection.transaction():
        for page in Reading(connection).pages():
            for event in page:
                hashlib.sha256(event[STATE]).digest()


def stream(connection: Connection) -> int:
    """Hash all that comes over the wire, looking at none of it; return how much."""
    digest, read = hashlib.sha256(), 0
    with connection.cursor() as cursor, cursor.copy(EVERYTHING) as blocks:
        for block in blocks:
            digest.update(block)
            read += len(block)
    return read
