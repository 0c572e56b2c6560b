"""A register into which a test imports files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.casework import Casework
from projections.log import open_log
from projections.postgres.address import Address, connect_as
from projections.vault.keyring import open_vault
from tests.web.intake.inbox import Inbox


@pytest.fixture
def inbox(database: Address, tmp_path: Path) -> Iterator[Inbox]:
    log = open_log(connect_as(database.url, "probity_web", name="test"), size=2)
    yield Inbox(Casework(log, open_vault(log)), tmp_path)
    log.pool.close()
