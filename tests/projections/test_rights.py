"""The least rights: what each role may do in the database, and what nobody may."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from projections.postgres.address import Address
from projections.postgres.setup import initialise
from tests.postgres import Server, admin, allow, as_role, shelf

APPEND = """
    SELECT log.append(
        ARRAY[id], ARRAY[1], ARRAY['t'], ARRAY['{}'::bytea],
        ARRAY[gen_random_uuid()], ARRAY['2016-12-01 12:00Z'::timestamptz],
        ARRAY[concat_ws(E'\\n', origin || '/event@v1', id, 1, 't', '',
                        '2016-12-01T12:00:00.000000Z',
                        encode(sha256('{}'), 'hex'), '')])
      FROM log.head, gen_random_uuid() AS id
"""
PRIVATE = "SET ROLE probity_owner; CREATE TABLE {}.secret (key text); RESET ROLE"
CHANGES = (
    "INSERT INTO {} DEFAULT VALUES",
    "UPDATE {} SET topic = 't'",
    "DELETE FROM {}",
    "TRUNCATE {}",
)
# All that a program may do with the keys, which only their owner can see.
USES_OF_KEYS = (
    "SELECT keys.fetch(ARRAY[gen_random_uuid()])",
    "SELECT keys.named('{P1}', '{\"\"}', '{0}')",
    "SELECT keys.keep(ARRAY[gen_random_uuid()], '{P1}', '{\"\"}', '{0}', 'k', '{b}')",
    "SELECT keys.census()",
    "SELECT keys.current_kek()",
)
ABUSES_OF_KEYS = (
    "SELECT id FROM keys.data_key",
    "SELECT name FROM keys.kek",
    "INSERT INTO keys.kek (name, current) VALUES ('k', true)",
    "UPDATE keys.data_key SET wrapped = ''",
    "DELETE FROM keys.data_key",
    "TRUNCATE keys.data_key",
    "SELECT keys.adopt('k')",
    "CREATE TABLE keys.mine (key text)",
    "SET ROLE probity_keys",
)
DESTROY = "SELECT keys.destroy('P1')"
MAY = {
    "probity_web": (
        "SELECT * FROM log.probity_events",
        APPEND,
        "SELECT * FROM shelf.book",
        "DELETE FROM access.secret",
        *USES_OF_KEYS,
        "SELECT keys.hold('{}')",
        "SELECT address FROM evidence.file",
        "INSERT INTO evidence.mark VALUES (md5('a'), 'C-1')",
    ),
    "probity_projector": (
        "SELECT * FROM log.probity_events",
        "INSERT INTO shelf.book VALUES ('t')",
        "DELETE FROM projection.secret",
        "CREATE SCHEMA shelf_v2",
        "ALTER SCHEMA shelf RENAME TO shelf_v1",
        *USES_OF_KEYS,
    ),
    "probity_scheduler": (
        "SELECT * FROM log.probity_events",
        APPEND,
        "SELECT * FROM shelf.book",
        "UPDATE work.secret SET key = 'k'",
        *USES_OF_KEYS,
        "SELECT keys.hold('{}')",
        DESTROY,
    ),
}
MAY_NOT = {
    "probity_web": (
        *(change.format("log.probity_events") for change in CHANGES),
        "INSERT INTO shelf.book VALUES ('t')",
        "UPDATE projection.secret SET key = 'k'",
        "SELECT * FROM work.secret",
        "DELETE FROM evidence.file",
        "UPDATE evidence.file SET box = ''",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE mine (key text)",
        "CREATE TABLE public.mine (key text)",
        "SET ROLE probity_owner",
        *ABUSES_OF_KEYS,
        DESTROY,
    ),
    "probity_projector": (
        *(change.format("log.probity_events") for change in CHANGES),
        APPEND,
        "SELECT address FROM evidence.file",
        "SELECT * FROM access.secret",
        "SELECT * FROM work.secret",
        *ABUSES_OF_KEYS,
        DESTROY,
        "SELECT keys.hold('{}')",
    ),
    "probity_scheduler": (
        *(change.format("log.probity_events") for change in CHANGES),
        "INSERT INTO shelf.book VALUES ('t')",
        "SELECT address FROM evidence.file",
        "SELECT * FROM access.secret",
        "CREATE SCHEMA mine",
        *ABUSES_OF_KEYS,
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
        untold = (APPEND, "TABLE log.head", "TABLE shelf.book", DESTROY)
        for statement in (*untold, *USES_OF_KEYS, *ABUSES_OF_KEYS):
            with pytest.raises(InsufficientPrivilege):
                login.execute(statement.encode())


def test_the_owner_of_the_log_can_hold_keys_and_not_see_them(
    furnished: Address,
) -> None:
    with admin(furnished) as owner:
        owner.execute("SET ROLE probity_owner")
        owner.execute("SELECT keys.hold('{}')")
        for statement in (*USES_OF_KEYS, *ABUSES_OF_KEYS[:-1], DESTROY):
            with pytest.raises(InsufficientPrivilege):
                owner.execute(statement.encode())


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
