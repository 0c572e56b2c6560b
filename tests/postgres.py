"""Throw-away PostgreSQL servers for the tests, and connections to them as each role."""

import atexit
import contextlib
import fcntl
import itertools
import os
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from projections.models import create_models
from projections.postgres import address, binaries, setup
from projections.postgres.address import Address
from projections.postgres.cluster import Cluster

MEMORY = "/dev/shm"  # noqa: S108  Linux; a directory of our own is made in it
ROOM = 4_000_000_000  # bytes
TEMPLATE = "template_of_tests"
KEK = b64encode(bytes(range(32))).decode()
# The keys of every register that a test makes.
KEYS = Path(tempfile.mkdtemp(prefix="probity-keys-"))
GIVEN = {
    "PROBITY_KEK": KEK,
    "PROBITY_LOG_KEY_FILE": str(KEYS / "ledger.key"),
    "PROBITY_RECEIPT_KEY_FILE": str(KEYS / "receipt.key"),
}
atexit.register(shutil.rmtree, KEYS, ignore_errors=True)


@dataclass
class Server:
    """One server for a whole session: every test gets a database of its own in it."""

    major: int
    cluster: Cluster
    template: Address
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def database(self) -> Address:
        """Make a database with all that `initialise` creates, and nothing else."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            copy = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            connection.execute(copy.format(Identifier(name), Identifier(TEMPLATE)))
        fresh = Address(
            url=self.template.url.replace(TEMPLATE, name),
            admin_url=self.template.admin_url.replace(TEMPLATE, name),
        )
        setup.admit(fresh)
        return fresh

    def drop(self, database: Address) -> None:
        """Remove a database, whoever is still connected to it."""
        name = name_of(database)
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            drop = SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(Identifier(name)))


@contextlib.contextmanager
def running(major: int) -> Iterator[Server]:
    """Run a server of that version under a home of its own, and remove both."""
    with home() as directory, cluster(directory / "postgres", major) as started:
        template = address.prepare(started, TEMPLATE)
        setup.initialise(template, models=create_models)
        yield Server(major, started, template)


@contextlib.contextmanager
def spare(major: int) -> Iterator[Cluster]:
    """Run a server under a home of its own, without roles and tables."""
    with home() as directory, cluster(directory / "postgres", major) as started:
        yield started


@contextlib.contextmanager
def cluster(root: Path, major: int) -> Iterator[Cluster]:
    """Run a server in a directory; at the end, wait until it has stopped."""
    started = Cluster(root, binaries.installed(major)).start()
    try:
        yield started
    finally:
        started.stop()
        wait_until_stopped(root)


@contextlib.contextmanager
def home(parent: str | None = None) -> Iterator[Path]:
    """A directory that the server can reach also where root runs the tests.

    In memory where there is room: a test waits for little else than for some hundred
    small files to be made. Where programs are to run from it, name another parent.
    """
    directory = Path(tempfile.mkdtemp(prefix="probity-", dir=parent or _memory()))
    directory.chmod(0o711)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


def _memory() -> str | None:
    """Return the file system in memory, if there is one with room for the tests."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return None


def wait_until_stopped(root: Path) -> None:
    """Wait until the server of a directory has seen its last user go, and stopped."""
    with (root / "keeper.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def admin(database: Address) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as the superuser; every statement is a transaction of its own."""
    return psycopg.connect(database.admin_url, autocommit=True)


def as_role(database: Address, role: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as a process does that acts as this role, as `admin` does otherwise."""
    conninfo = address.connect_as(database.url, role, name="test")
    return psycopg.connect(conninfo, autocommit=True)


def allow(cluster: Cluster, *statements: str) -> None:
    """Give rights, as a superuser does."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        for statement in statements:
            superuser.execute(statement.encode())


def shelf(connection: psycopg.Connection) -> None:
    """A read model, as a projector makes one."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS shelf")
    connection.execute("CREATE TABLE IF NOT EXISTS shelf.book (title text)")


def environ(database: Address) -> dict[str, str]:
    """Return an environment in which a program uses this database."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PROBITY_")}
    return {
        **kept,
        "DATABASE_URL": database.url,
        "PROBITY_ADMIN_URL": database.admin_url,
        # Each is a copy of one template, whose tree bears one name.
        "PROBITY_LOG_SIGNED_FILE": str(KEYS / f"{name_of(database)}.signed"),
        **GIVEN,
    }


def name_of(database: Address) -> str:
    return database.url.rpartition("/")[2]


def sweep(cluster: Cluster) -> None:
    """Drop every database and role that a test has left on a spare server."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        left = superuser.execute(
            "SELECT datname FROM pg_database"
            " WHERE NOT datistemplate AND datname <> current_database()"
        ).fetchall()
        for (name,) in left:
            superuser.execute(
                SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name))
            )
        roles = superuser.execute(
            "SELECT rolname FROM pg_roles"
            " WHERE rolname <> current_user AND rolname NOT LIKE 'pg_%'"
        ).fetchall()
        for (name,) in roles:
            superuser.execute(SQL("DROP ROLE {}").format(Identifier(name)))
