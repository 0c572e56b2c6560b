"""A running witness for all tests of one file, and a log of its own for each test."""

from collections.abc import Iterator

import pytest

from tests.web.witness.running import Running, running, settled
from tests.web.witness.watched import WatchedLog

LOGS = [WatchedLog(f"example.org/log{number}") for number in range(64)]


@pytest.fixture(scope="module")
def witness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    directory = settled(tmp_path_factory.mktemp("witness") / "state")
    with running(directory, LOGS) as found:
        yield found


@pytest.fixture(scope="module")
def unused(witness: Running) -> Iterator[WatchedLog]:  # noqa: ARG001  one for each
    return iter(LOGS)


@pytest.fixture
def log(unused: Iterator[WatchedLog]) -> WatchedLog:
    """A log that the witness watches, and of which it has seen nothing yet."""
    return next(unused)
