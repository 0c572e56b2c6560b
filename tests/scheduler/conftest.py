"""A register and a mail server for every test of the scheduler."""

from collections.abc import Iterator

import pytest

from projections.postgres.address import Address
from tests.scheduler.postman import Postman, serving
from tests.scheduler.register import Register, at_work


@pytest.fixture
def register(database: Address) -> Iterator[Register]:
    with at_work(database) as found:
        yield found


@pytest.fixture
def postman() -> Iterator[Postman]:
    with serving() as found:
        yield found
