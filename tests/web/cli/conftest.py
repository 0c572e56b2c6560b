"""A terminal for every test of the command line."""

from pathlib import Path

import pytest

from projections.postgres.address import Address
from tests.web.cli.terminal import Terminal


@pytest.fixture
def terminal(
    database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.chdir(tmp_path)
    return Terminal(database, tmp_path)
