"""An office for every test of the web."""

from collections.abc import Iterator

import pytest

from projections.postgres.address import Address
from tests.conftest import CHOSEN, installed
from tests.web.office import Office, at_work


@pytest.fixture(scope="session", params=CHOSEN[:1])
def major(request: pytest.FixtureRequest) -> int:
    """The newest version: SQL is tried on each by the tests of its own room."""
    return installed(request.param)


@pytest.fixture
def office(database: Address) -> Iterator[Office]:
    with at_work(database) as found:
        yield found
