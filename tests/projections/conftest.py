"""Fixtures for the read models: a log to write, a projector, and a reader."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from projections.models import live_models
from projections.postgres.address import Address
from projections.projector import Projector
from tests.history import History
from tests.postgres import admin, as_role

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
    """A connection of the web's role."""
    with as_role(database, "probity_web") as connection:
        yield connection


@pytest.fixture
def projector(keeper: Connection) -> Projector:
    return Projector(keeper, live_models())


@pytest.fixture
def tell(writer: Connection, projector: Projector) -> Tell:
    """Return what writes a history to the log, and brings the read models as far."""

    def told(history: History) -> History:
        history.write(writer)
        projector.catch_up()
        return history

    return told
