"""Throw-away PostgreSQL servers for the tests, and connections to them as each role."""

import contextlib
import fcntl
import itertools
import os
import pkgutil
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from projections.postgres import address, binaries, setup
from projections.postgres.address import Address
from projections.postgres.cluster import Cluster

# What creates the read models, once it is there: the one line to change.
MODELS = "projections.models:create_models"
TEMPLATE = "template_of_tests"


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
            copy = SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(copy.format(Identifier(name), Identifier(TEMPLATE)))
        return Address(
            url=self.template.url.replace(TEMPLATE, name),
            admin_url=self.template.admin_url.replace(TEMPLATE, name),
        )

    def drop(self, database: Address) -> None:
        """Remove a database, whoever is still connected to it."""
        name = database.url.rpartition("/")[2]
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            drop = SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(Identifier(name)))


@contextlib.contextmanager
def running(major: int) -> Iterator[Server]:
    """Run a server of that version under a home of its own, and remove both."""
    with home() as directory, cluster(directory / "postgres", major) as started:
        template = address.prepare(started, TEMPLATE)
        setup.initialise(template, models=models())
        yield Server(major, started, template)


@contextlib.contextmanager
def cluster(root: Path, major: int) -> Iterator[Cluster]:
    """Run a server without roles and tables; at the end, wait until it has stopped."""
    started = Cluster(root, binaries.installed(major)).start()
    try:
        yield started
    finally:
        started.stop()
        wait_until_stopped(root)


@contextlib.contextmanager
def home() -> Iterator[Path]:
    """A directory that the server can reach also where root runs the tests."""
    directory = Path(tempfile.mkdtemp(prefix="probity-"))
    directory.chmod(0o711)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


def wait_until_stopped(root: Path) -> None:
    """Wait until the server of a directory has seen its last user go, and stopped."""
    with (root / "keeper.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def models() -> Callable[[psycopg.Connection], None]:
    try:
        found: Callable[[psycopg.Connection], None] = pkgutil.resolve_name(MODELS)
    except ModuleNotFoundError:
        return setup.nothing
    return found


def admin(database: Address) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as the superuser; every statement is a transaction of its own."""
    return psycopg.connect(database.admin_url, autocommit=True)


def as_role(database: Address, role: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as a process does that acts as this role, as `admin` does otherwise."""
    conninfo = address.connect_as(database.url, role, name="test")
    return psycopg.connect(conninfo, autocommit=True)


def environ(database: Address) -> dict[str, str]:
    """Return an environment in which a program uses this database."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PROBITY_")}
    return {
        **kept,
        "DATABASE_URL": database.url,
        "PROBITY_ADMIN_URL": database.admin_url,
    }
