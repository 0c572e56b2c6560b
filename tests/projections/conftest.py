"""Fixtures for the read models: a log to write, a projector, and a reader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from domain.access import Reach
from projections.log import PostgresLog, open_log
from projections.models import live_models
from projections.models.reach import within
from projections.postgres.address import Address, connect_as
from projections.projector import Projector
from projections.vault.keyfile import KeyFile, create
from projections.vault.keyring import Keyring, open_vault
from projections.vault.rotation import operating
from projections.vault.wrapping import Given
from tests.chance import chance_history
from tests.history import History
from tests.postgres import admin, as_role
from tests.projections.attested import attest
from tests.projections.keys import KEK
from tests.projections.kinds import Connection, Tell
from tests.projections.peopled import peopled
from tests.projections.vault import IndexVault


@pytest.fixture
def writer(database: Address) -> Iterator[Connection]:
    """A connection that may do anything."""
    with admin(database) as connection:
        yield connection


@pytest.fixture
def keeper(database: Address) -> Iterator[Connection]:
    """A connection of the projector's role."""
    with as_role(database, "probity_projector") as connection:
        yield connection


@pytest.fixture
def reader(database: Address) -> Iterator[Connection]:
    """A connection of the web's role, which may see everything."""
    with as_role(database, "probity_web") as connection, within(connection, Reach()):
        yield connection


@pytest.fixture
def vault() -> IndexVault:
    """The keys of what a history seals, if it is told to seal anything."""
    return IndexVault()


@pytest.fixture
def projector(keeper: Connection, vault: IndexVault) -> Projector:
    return Projector(keeper, live_models(vault))


@pytest.fixture
def tell(writer: Connection, projector: Projector) -> Tell:
    """Return what writes a history to the log, and brings the read models as far."""

    def told(history: History) -> History:
        history.write(writer)
        projector.catch_up()
        return history

    return told


@pytest.fixture
def pool(database: Address) -> Iterator[ConnectionPool[psycopg.Connection[Any]]]:
    where = connect_as(database.url, "probity_web", name="test")
    with ConnectionPool(where, kwargs={"autocommit": True}, min_size=1) as opened:
        yield opened


@pytest.fixture
def keyring(pool: ConnectionPool[psycopg.Connection[Any]]) -> Keyring:
    return open_vault(pool, Given([KEK], "the test"))


@pytest.fixture
def log(database: Address) -> Iterator[PostgresLog]:
    log = open_log(connect_as(database.url, "probity_web", name="test"))
    with log.pool:
        yield log


@pytest.fixture
def operator(database: Address) -> Iterator[Connection]:
    with operating(database.admin_url) as connection:
        yield connection


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    create(tmp_path / "wrapping-keys")
    return KeyFile(tmp_path / "wrapping-keys")


@pytest.fixture
def history(tell: Tell, vault: IndexVault) -> History:
    """What has a row in every table of every read model."""
    return tell(peopled(vault))


@pytest.fixture
def web(database: Address) -> Iterator[Connection]:
    """A connection of web, as it comes."""
    with as_role(database, "probity_web") as connection:
        yield connection


@pytest.fixture
def attested(tell: Tell, writer: Connection) -> History:
    """A history whose rows were attested, after which more has happened."""
    history = tell(chance_history(5, 250))
    attest(history, writer)
    for number in range(20):
        history.person(f"Q{number}")
    return tell(history)
