"""A register for every test of the scheduler."""

from collections.abc import Iterator

import pytest

from projections.postgres.address import Address
from tests.scheduler.register import Register, opened


@pytest.fixture
def register(database: Address) -> Iterator[Register]:
    with opened(database) as found:
        yield found
