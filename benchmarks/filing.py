"""Filing over HTTP, beside a bare Flask route that inserts the body."""

import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg
from psycopg_pool import ConnectionPool

from benchmarks.figures import Figure, in_turn, rate
from benchmarks.register import PEOPLE, RULEBOOK, open_register, transaction
from projections.postgres.address import Address, connect_as
from projections.tokens import Tokens, Wanted

GOAL = 0.4
CLIENTS = 8
TABLE = """
CREATE TABLE public.bare_filing (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor text NOT NULL, body bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp());
GRANT USAGE ON SCHEMA public TO probity_web;
GRANT SELECT, INSERT ON public.bare_filing TO probity_web;
"""


def figures(address: Address) -> Iterator[Figure]:
    open_register(address)
    with psycopg.connect(address.admin_url, autocommit=True) as admin:
        admin.execute(TABLE)
    tokens, numbers = issue(address), itertools.count()
    with served("ours", address) as ours, served("bare", address) as bare:
        value, beside = in_turn(
            *(
                partial(rate, poster(port, tokens, numbers), threads=CLIENTS)
                for port in (ours, bare)
            )
        )
    yield Figure(
        work="filing over HTTP",
        value=value,
        unit="filings/s",
        beside=beside,
        goal=GOAL,
    )


def issue(address: Address) -> list[tuple[str, str]]:
    """Return people and their tokens."""
    where = connect_as(address.url, "probity_web", name="bench")
    until = datetime.now(UTC) + timedelta(hours=1)
    with ConnectionPool(where, kwargs={"autocommit": True}, open=True) as pool:
        tokens = Tokens(pool)
        return [
            (person, tokens.issue(wanted(person, until), by="bench"))
            for person in PEOPLE[:CLIENTS]
        ]


def wanted(person: str, until: datetime) -> Wanted:
    return Wanted(role="declarant", person=person, label="bench", expires_at=until)


@contextmanager
def served(kind: str, address: Address) -> Iterator[int]:
    """Run a server of this kind and yield its port, once it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    where = connect_as(address.url, "probity_web", name="bench bare")
    url = address.url if kind == "ours" else where
    command = [sys.executable, "-m", "benchmarks.served", kind, f"127.0.0.1:{port}"]
    child = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})  # noqa: S603  our own module
    try:
        wait_for(port, child)
        yield port
    finally:
        child.terminate()
        child.wait()


def wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    while child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
    raise RuntimeError("the server did not start")


def poster(
    port: int, tokens: list[tuple[str, str]], numbers: Iterator[int]
) -> Callable[[], None]:
    """Return what posts one filing over the calling thread's own connection."""
    mine, taken = threading.local(), itertools.cycle(tokens)

    def post() -> None:
        if not hasattr(mine, "connection"):
            mine.connection = http.client.HTTPConnection("127.0.0.1", port)
            mine.person, mine.token = next(taken)
        number = next(numbers)
        body = {
            "person": mine.person,
            "rulebook": RULEBOOK,
            "rule": "transaction",
            "items": [transaction(number)],
        }
        headers = {
            "Authorization": f"Bearer {mine.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"bench-{number}",
        }
        mine.connection.request("POST", "/v1/disclosures", json.dumps(body), headers)
        answer = mine.connection.getresponse()
        text = answer.read()
        if answer.status != http.client.CREATED:
            raise RuntimeError(f"{answer.status}: {text[:300]!r}")

    return post
