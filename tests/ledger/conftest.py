"""The fixture for what a second implementation says."""

import pytest

from tests.ledger import second as go


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> go.Second:
    """A program by others (tests/ledger/second) to compare ours with."""
    if told := go.missing():
        pytest.skip(told)
    return go.build(tmp_path_factory.mktemp("second"))
