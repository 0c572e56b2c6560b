"""Fixtures for the read models: a log to write, a projector, and a reader."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from domain.access import Reach
from projections.models import live_models
from projections.models.reach import within
from projections.postgres.address import Address
from projections.projector import Projector
from tests.history import History
from tests.postgres import admin, as_role
from tests.projections.vault import IndexVault

Connection = psycopg.Connection[Any]
Tell = Callable[[History], History]


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
