"""Fixtures for every test: a real PostgreSQL, and in it a database for each test."""

import contextlib
import os
from collections.abc import Callable, Iterator

import pytest

from projections.postgres import binaries
from projections.postgres.address import Address
from tests import postgres
from tests.postgres import Server

# PROBITY_TEST_PG chooses the version: 18 (the wheel's), 15, or all.
WANTED = os.environ.get("PROBITY_TEST_PG", "18")
VERSIONS = {
    "18": pytest.param(18, id="pg18"),
    "15": pytest.param(15, id="pg15", marks=pytest.mark.postgres15),
}
CHOSEN = list(VERSIONS.values()) if WANTED == "all" else [VERSIONS[WANTED]]


@pytest.fixture(scope="session", params=CHOSEN)
def major(request: pytest.FixtureRequest) -> int:
    """The version of PostgreSQL that a test runs on."""
    version: int = request.param
    if binaries.installed(version) is None:
        pytest.skip(
            f"PROBITY_TEST_PG asks for PostgreSQL {version}: not installed here"
        )
    return version


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[int], Server]]:
    """A server of each version, started once, in whatever order tests ask for them."""
    with contextlib.ExitStack() as stack:
        started: dict[int, Server] = {}

        def server_of(version: int) -> Server:
            if version not in started:
                started[version] = stack.enter_context(postgres.running(version))
            return started[version]

        yield server_of


@pytest.fixture
def server(servers: Callable[[int], Server], major: int) -> Server:
    """The session's server of one version; tests share it."""
    return servers(major)


@pytest.fixture
def database(server: Server) -> Iterator[Address]:
    """An initialised database that no other test sees."""
    fresh = server.database()
    yield fresh
    server.drop(fresh)
