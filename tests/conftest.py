"""Fixtures for every test: a real PostgreSQL, and in it a database for each test."""

import contextlib
import functools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TypeVar

import pytest
import structlog

from projections.ledger import keyfile
from projections.postgres import binaries
from projections.postgres.address import Address
from projections.postgres.cluster import Cluster
from tests import postgres
from tests.postgres import Server

# PROBITY_TEST_PG chooses the version: 18 (the wheel's), 15, or all.
WANTED = os.environ.get("PROBITY_TEST_PG", "18")
VERSIONS = {
    "18": pytest.param(18, id="pg18"),
    "15": pytest.param(15, id="pg15", marks=pytest.mark.postgres15),
}
T = TypeVar("T")
os.environ.update(postgres.GIVEN)
keyfile.create(keyfile.log_key_file())
keyfile.create(keyfile.receipt_key_file(), [keyfile.ED25519])
CHOSEN = list(VERSIONS.values()) if WANTED == "all" else [VERSIONS[WANTED]]


@pytest.fixture(autouse=True)
def plain_log() -> None:
    """Undo what a command line that ran in this process said of where logs go."""
    structlog.reset_defaults()


@pytest.fixture(scope="session", params=CHOSEN)
def major(request: pytest.FixtureRequest) -> int:
    """The version of PostgreSQL that a test runs on."""
    return installed(request.param)


def installed(version: int) -> int:
    if binaries.installed(version) is None:
        pytest.skip(
            f"PROBITY_TEST_PG asks for PostgreSQL {version}: not installed here"
        )
    return version


@contextlib.contextmanager
def one_of_each(
    start: Callable[[int], AbstractContextManager[T]],
) -> Iterator[Callable[[int], T]]:
    """Start one for a version when it is first asked for; stop all at the end."""
    with contextlib.ExitStack() as stack:
        yield functools.cache(lambda version: stack.enter_context(start(version)))


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[int], Server]]:
    # Not by version: where tests are shuffled, pytest would start each of them again.
    with one_of_each(postgres.running) as found:
        yield found


@pytest.fixture(scope="session")
def spares() -> Iterator[Callable[[int], Cluster]]:
    with one_of_each(postgres.spare) as found:
        yield found


@pytest.fixture
def server(servers: Callable[[int], Server], major: int) -> Server:
    """The session's server of one version; tests share it."""
    return servers(major)


@pytest.fixture
def spare(spares: Callable[[int], Cluster], major: int) -> Cluster:
    """A running server without our roles, whatever another test did to it before."""
    cluster = spares(major).start()
    postgres.sweep(cluster)
    return cluster


@pytest.fixture
def database(server: Server) -> Iterator[Address]:
    """An initialised database that no other test sees."""
    fresh = server.database()
    yield fresh
    server.drop(fresh)
