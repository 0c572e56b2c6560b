"""Fixtures: a log to write, and who sequences and signs it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from projections.ledger.seen import Seen
from projections.ledger.signing import Signing
from projections.postgres.address import Address
from tests.history import History
from tests.ledger.sequencing.trees import KEYS, Connection
from tests.postgres import admin, as_role


@pytest.fixture
def writer(database: Address) -> Iterator[Connection]:
    """A connection that may do anything."""
    with admin(database) as connection:
        yield connection


@pytest.fixture
def ledger(database: Address) -> Iterator[Connection]:
    """A connection of the sequencer's role."""
    with as_role(database, "probity_ledger") as connection:
        yield connection


@pytest.fixture
def history() -> History:
    """What is to happen."""
    return History()


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    """What signs, with a memory of its own."""
    return Signing(KEYS, Seen(tmp_path / "signed"))
