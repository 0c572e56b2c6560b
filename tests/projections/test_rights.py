"""The least rights: what each role may do in the database, and what nobody may."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from projections.postgres.address import Address
from projections.postgres.setup import initialise
from tests.postgres import Server, admin, allow, as_role, shelf

APPEND = """
    SELECT log.append(
        ARRAY[gen_random_uuid()], ARRAY[1], ARRAY['t'], ARRAY['{}'::bytea],
        ARRAY[gen_random_uuid()], ARRAY[now()])
"""
PRIVATE = "SET ROLE probity_owner; CREATE TABLE {}.secret (key text); RESET ROLE"
CHANGES = (
    "INSERT INTO {} DEFAULT VALUES",
    "UPDATE {} SET topic = 't'",
    "DELETE FROM {}",
    "TRUNCATE {}",
)
MAY = {
    "probity_web": (
        "SELECT * FROM log.probity_events",
        APPEND,
        "SELECT * FROM shelf.book",
        "DELETE FROM access.secret",
    ),
    "probity_projector": (
        "SELECT * FROM log.probity_events",
        "INSERT INTO shelf.book VALUES ('t')",
        "DELETE FROM projection.secret",
        "CREATE SCHEMA shelf_v2",
        "ALTER SCHEMA shelf RENAME TO shelf_v1",
    ),
    "probity_scheduler": (
        "SELECT * FROM log.probity_events",
        APPEND,
        "SELECT * FROM shelf.book",
        "UPDATE work.secret SET key = 'k'",
    ),
}
MAY_NOT = {
    "probity_web": (
        *(change.format("log.probity_events") for change in CHANGES),
        "INSERT INTO shelf.book VALUES ('t')",
        "UPDATE projection.secret SET key = 'k'",
        "SELECT * FROM work.secret",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE mine (key text)",
        "CREATE TABLE public.mine (key text)",
        "SET ROLE probity_owner",
    ),
    "probity_projector": (
        *(change.format("log.probity_events") for change in CHANGES),
        APPEND,
        "SELECT * FROM access.secret",
        "SELECT * FROM work.secret",
    ),
    "probity_scheduler": (
        *(change.format("log.probity_events") for change in CHANGES),
        "INSERT INTO shelf.book VALUES ('t')",
        "SELECT * FROM access.secret",
        "CREATE SCHEMA mine",
    ),
}


@pytest.fixture
def furnished(database: Address) -> Address:
    """A database with a read model, and a table of each kind."""
    initialise(database, models=shelf)
    with admin(database) as superuser:
        for schema in ("access", "projection", "work"):
            superuser.execute(PRIVATE.format(schema).encode())
    return database


@pytest.mark.parametrize("role", MAY)
def test_each_role_may_do_its_work_and_no_more(furnished: Address, role: str) -> None:
    with as_role(furnished, role) as connection:
        for statement in MAY_NOT[role]:
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())
        for statement in MAY[role]:
            connection.execute(statement.encode())


def test_the_login_may_do_nothing_by_itself(furnished: Address) -> None:
    with psycopg.connect(furnished.url, autocommit=True) as login:
        for statement in (APPEND, "TABLE log.head", "TABLE shelf.book"):
            with pytest.raises(InsufficientPrivilege):
                login.execute(statement.encode())


def test_a_stranger_cannot_even_connect(server: Server, database: Address) -> None:
    name = database.url.rpartition("/")[2]
    allow(server.cluster, "CREATE ROLE stranger LOGIN PASSWORD 'secret'")

    with pytest.raises(psycopg.OperationalError, match="CONNECT privilege"):
        psycopg.connect(server.cluster.url("stranger", "secret", name))
    allow(server.cluster, "DROP ROLE stranger")


@pytest.mark.parametrize("change", CHANGES[1:])
def test_not_even_a_superuser_changes_the_log_by_mistake(
    database: Address, change: str
) -> None:
    with as_role(database, "probity_web") as web, admin(database) as superuser:
        web.execute(APPEND.encode())

        with pytest.raises(InsufficientPrivilege, match="append-only"):
            superuser.execute(change.format("log.probity_events").encode())
        assert web.execute("SELECT topic FROM log.probity_events").fetchall() == [
            ("t",)
        ]
