"""An office for every test of the web."""

from collections.abc import Iterator

import pytest

from projections.postgres.address import Address
from tests.web.office import Office, at_work


@pytest.fixture
def office(database: Address) -> Iterator[Office]:
    with at_work(database) as found:
        yield found
