"""The register as a command finds it: the database checked, the log opened."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from domain.access import Reach
from domain.casework import Casework
from projections.log import open_log
from projections.models.reach import within
from projections.postgres.address import connect_as, locate
from projections.postgres.safety import refuse_unsafe
from projections.vault.keyring import open_vault
from web.cli.freshness import catch_up

ROLE = "probity_web"
# Whoever sits at the terminal of the register reaches all of it, and is on record.
EVERYBODY = Reach()


def checked_url() -> str:
    """Return the database's address once it has been found safe and initialised.

    Raises:
        UnsafeSetting, NotInitialised: see `projections.postgres.safety`.
    """
    url = locate().url
    # As the login itself: before the first `init` there are no roles to act as.
    with psycopg.connect(url, connect_timeout=5) as connection:
        refuse_unsafe(connection, os.environ)
    return url


@contextmanager
def opened(name: str) -> Iterator[Casework]:
    """Open the log for a command of that name."""
    log = open_log(connect_as(checked_url(), ROLE, name=f"probity {name}"), size=2)
    try:
        yield Casework(log, open_vault(log))
    finally:
        log.pool.close()


@contextmanager
def reading(name: str) -> Iterator[psycopg.Connection]:
    """Connect for a command that reads the read models."""
    where = connect_as(checked_url(), ROLE, name=f"probity {name}")
    with (
        psycopg.connect(where, autocommit=True) as connection,
        within(connection, EVERYBODY),
    ):
        yield connection


@contextmanager
def up_to_date(model: str) -> Iterator[psycopg.Connection]:
    """Connect for a command that reads a read model, and has it reach the log's end."""
    url = checked_url()
    catch_up(url, model)
    with reading(model) as connection:
        yield connection


def user() -> str:
    """Return who acts where nobody is named: the user of the machine."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"cli:{os.getuid()}"
