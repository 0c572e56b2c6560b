"""What tests of publishing share: an office, and witnesses that they play."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from projections.postgres.address import Address
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.played import Play, Played, played
from tests.ledger.publishing.restoring import Backup
from tests.postgres import Server


@pytest.fixture
def office(database: Address, tmp_path: Path) -> Iterator[Office]:
    """A register with an empty log, and keys."""
    office = Office(database, tmp_path)
    yield office
    office.connection.close()


@pytest.fixture
def play() -> Iterator[Callable[..., list[Played]]]:
    """Return what runs a witness for each way to play one."""
    with ExitStack() as stack:

        def run(*plays: Play) -> list[Played]:
            return [
                stack.enter_context(played(f"w{nth}", each))
                for nth, each in enumerate(plays, 1)
            ]

        yield run


@pytest.fixture
def backup(server: Server, office: Office) -> Iterator[Backup]:
    made = Backup(server, office.database)
    yield made
    made.drop()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"
