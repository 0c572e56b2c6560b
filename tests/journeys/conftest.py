"""The newest PostgreSQL for every journey."""

import pytest

from tests.conftest import CHOSEN, installed


@pytest.fixture(scope="session", params=CHOSEN[:1])
def major(request: pytest.FixtureRequest) -> int:
    """The newest version: SQL is tried on each by the tests of its own room."""
    return installed(request.param)
