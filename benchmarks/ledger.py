"""What the ledger costs: leaves and receipts, and the sequencer behind them."""

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from benchmarks import verifying
from benchmarks.figures import Figure, in_turn, rate
from benchmarks.register import file_for_a_year, open_register
from domain.casework import Casework
from domain.personnel import RegisterPerson
from domain.receipt import Entry, Receipt
from domain.record import Actor
from projections.ledger import store
from projections.ledger.sequencer import Sequencer
from projections.ledger.signing import open_signing
from projections.log import open_log
from projections.postgres.address import Address, connect_as
from projections.postgres.setup import initialise
from projections.vault.keyring import open_vault
from web.receipts import open_receipts

APPEND, SEQUENCE, KEEP_UP = 0.9, 40.0, 0.95
WRITERS = 8
BATCH = 256
FILINGS = 4_000
FLAT_OUT = 10.0  # seconds
HR = Actor(id="bench", role="hr")
WITHOUT = Path(__file__).with_name("without_leaf.sql")
Connection = psycopg.Connection[Any]


def figures(address: Address) -> Iterator[Figure]:
    casework, log = open_register(address)
    yield appending(casework, without_leaves(address))
    file_for_a_year(casework, FILINGS)
    with acting(address, "probity_ledger") as connection:
        yield sequencing(connection)
        yield keeping_up(address, casework, connection)
        open_signing().sign(connection)
    log.pool.close()
    with acting(address, "probity_web") as connection:
        yield from verifying.figures(connection)


@contextmanager
def acting(address: Address, role: str) -> Iterator[Connection]:
    where = connect_as(address.url, role, name="bench")
    with psycopg.connect(where, autocommit=True) as connection:
        yield connection


def without_leaves(address: Address) -> Address:
    """Make a second register on the same server, whose log knows of no ledger."""
    name = "without"
    create = SQL("CREATE DATABASE {} ENCODING 'UTF8'").format(Identifier(name))
    with psycopg.connect(address.admin_url, autocommit=True) as admin:
        admin.execute(create)
    made = Address(
        make_conninfo(address.url, dbname=name),
        make_conninfo(address.admin_url, dbname=name),
    )
    initialise(made)
    with psycopg.connect(made.admin_url, autocommit=True) as admin:
        admin.execute(WITHOUT.read_bytes())
    return made


@contextmanager
def undrafted() -> Iterator[None]:
    """Have the application draft nothing for a ledger."""
    drafted: Callable[..., str] = Entry.draft
    Entry.draft = lambda *_: "\n\n"  # type: ignore[method-assign]
    try:
        yield
    finally:
        Entry.draft = drafted  # type: ignore[method-assign]


def registering(casework: Casework) -> Callable[[], Receipt]:
    """Return what carries out one command of one event."""
    numbers, run = itertools.count(), time.time_ns()

    def register() -> Receipt:
        command = RegisterPerson(number=f"L{run}-{next(numbers)}", name="Bench")
        return casework.handle(command, by=HR, at=datetime.now(UTC))

    return register


def appending(casework: Casework, bare: Address) -> Figure:
    receipts, with_leaf = open_receipts(), registering(casework)
    log = open_log(connect_as(bare.url, "probity_web", name="bench"))
    without = registering(Casework(log, open_vault(log)))

    def receipted() -> None:
        receipts.sign(with_leaf().entry)

    def unreceipted(seconds: float) -> float:
        with undrafted():
            return rate(without, seconds, WRITERS)

    value, beside = in_turn(lambda s: rate(receipted, s, WRITERS), unreceipted)
    log.pool.close()
    return Figure(
        work=f"append with leaf and receipt, {WRITERS} writers",
        value=value,
        unit="commands/s",
        beside=beside,
        goal=APPEND,
    )


def sequencing(connection: Connection) -> Figure:
    sequencer = Sequencer(connection, batch=BATCH)
    started = time.perf_counter()
    taken = sequencer.catch_up()
    return Figure(
        work=f"sequencer, {BATCH} events in a batch",
        value=(time.perf_counter() - started) / taken * 1e6,
        unit="microseconds",
        goal=SEQUENCE,
        at_most=True,
    )


def keeping_up(address: Address, casework: Casework, connection: Connection) -> Figure:
    """Let the program follow as it does in production; look when the writers stop."""
    register = registering(casework)
    with following(address):
        register()
        while (before := store.progress(connection).signed) < size(connection):
            time.sleep(0.1)
        started = time.perf_counter()
        rate(register, FLAT_OUT, WRITERS)
        seconds = time.perf_counter() - started
        reached = store.progress(connection).signed
    return Figure(
        work=f"sequenced and signed while {WRITERS} writers append",
        value=(reached - before) / seconds,
        unit="events/s",
        beside=(size(connection) - before) / seconds,
        goal=KEEP_UP,
    )


@contextmanager
def following(address: Address) -> Iterator[None]:
    """Run the program that sequences, signs and publishes."""
    command = [sys.executable, "-m", "projections.ledger"]
    environment = os.environ | {"DATABASE_URL": address.url}
    with subprocess.Popen(command, env=environment) as child:  # noqa: S603  our own module
        try:
            yield
        finally:
            child.terminate()


def size(connection: Connection) -> int:
    return store.origin(connection).size
