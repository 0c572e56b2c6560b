"""An office whose reports are bundled, for all tests; each files its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import CHOSEN, installed
from tests.ledger.bundles.court import Court, Files, files_in, in_session
from tests.postgres import Server


@pytest.fixture(scope="session", params=CHOSEN)
def major(request: pytest.FixtureRequest) -> int:
    return installed(request.param)


@contextmanager
def opened(server: Server, directory: Path) -> Iterator[Court]:
    database = server.database()
    with in_session(database, directory) as found:
        yield found
    server.drop(database)


@pytest.fixture(scope="session")
def court(
    servers: Callable[[int], Server],
    major: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Court]:
    with opened(servers(major), tmp_path_factory.mktemp("court")) as found:
        yield found


@pytest.fixture(scope="module")
def court_of_its_own(
    servers: Callable[[int], Server],
    major: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Court]:
    """An office for tests that put something into each bundle after them."""
    with opened(servers(major), tmp_path_factory.mktemp("apart")) as found:
        yield found


@pytest.fixture(scope="session")
def bundled(court: Court) -> Path:
    """A bundle of a report that was amended twice."""
    report = court.office.shen.file()
    for tables in (11, 12):
        court.amend(report, tables=tables)
    court.sign()
    return court.bundle(report)


@pytest.fixture
def files(bundled: Path) -> Files:
    return files_in(bundled)
