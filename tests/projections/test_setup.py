"""Setting a database up: once, whole, by whoever may; and then the least rights."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from projections.postgres.address import Address, prepare
from projections.postgres.cluster import Cluster
from projections.postgres.errors import MissingRights
from projections.postgres.setup import GROUPS, initialise, login_of
from tests import postgres
from tests.postgres import Server, admin, as_role
from tests.processes import ask, programs_of

FIRST_USE = """
from projections.postgres.address import locate
from projections.postgres.setup import initialise
address = locate()
initialise(address)
print(address.url)
"""


def shelf(connection: psycopg.Connection) -> None:
    """A read model, as a projector makes one."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS shelf")
    connection.execute("CREATE TABLE IF NOT EXISTS shelf.book (title text)")


@pytest.fixture
def empty(server: Server) -> Iterator[Address]:
    """A database nobody has set up."""
    address = prepare(server.cluster, "empty")
    yield address
    server.drop(address)


@pytest.fixture(scope="module")
def other(major: int) -> Iterator[Cluster]:
    """A second server, since roles are shared by all databases of a server."""
    with postgres.home() as home, postgres.cluster(home / "postgres", major) as started:
        yield started


@pytest.fixture
def office(other: Cluster) -> Iterator[Address]:
    """A database and a user without any rights, on a server with no roles of ours."""
    with psycopg.connect(other.url(), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE office LOGIN PASSWORD 'secret'")
        superuser.execute("CREATE DATABASE office")
        url = other.url("office", "secret", "office")  # as above
        yield Address(url=url, admin_url=url)
        superuser.execute("DROP DATABASE office WITH (FORCE)")
        superuser.execute(f"DROP ROLE IF EXISTS {', '.join(GROUPS)}".encode())
        superuser.execute("DROP ROLE office")


def allow(cluster: Cluster, *statements: str) -> None:
    """Give rights, as a superuser does."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        for statement in statements:
            superuser.execute(statement.encode())


# Once, whole, by whoever may


def test_four_processes_that_start_with_nothing_set_up_one_database(major: int) -> None:
    with postgres.home() as home:
        environment = {"PROBITY_HOME": str(home / "probity"), **programs_of(major)}
        started = [
            subprocess.Popen(
                [sys.executable, "-c", FIRST_USE],
                stdout=subprocess.PIPE,
                text=True,
                env=os.environ | environment,
            )
            for _ in range(4)
        ]
        urls = {process.communicate()[0] for process in started}
        postgres.wait_until_stopped(home / "probity" / "postgres")

    assert len(urls) == 1
    assert [process.returncode for process in started] == [0] * 4


def test_setting_up_again_is_harmless(empty: Address) -> None:
    for _ in range(2):
        initialise(empty, models=shelf)

    assert ask(empty.admin_url, "SELECT count(*) FROM log.head") == 1


def test_what_fails_leaves_nothing_behind(empty: Address) -> None:
    def broken(_: psycopg.Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        initialise(empty, models=broken)

    assert ask(empty.admin_url, "SELECT to_regnamespace('log')") is None


def test_the_log_belongs_to_the_owner_and_read_models_to_the_projector(
    empty: Address,
) -> None:
    initialise(empty, models=shelf)

    owner = "SELECT tableowner FROM pg_tables WHERE tablename = '{}'"
    assert ask(empty.admin_url, owner.format("probity_events")) == "probity_owner"
    assert ask(empty.admin_url, owner.format("book")) == "probity_projector"


def test_an_owner_who_may_create_roles_need_not_be_a_superuser(
    office: Address, other: Cluster
) -> None:
    allow(
        other, "ALTER ROLE office CREATEROLE", "ALTER DATABASE office OWNER TO office"
    )

    for _ in range(2):
        initialise(office, models=shelf)

    with as_role(office, "probity_web") as web:
        assert web.execute("SELECT size FROM log.head").fetchone() == (0,)


@pytest.mark.parametrize("given", ["", "ALTER ROLE office CREATEROLE"])
def test_who_lacks_rights_is_told_which_and_can_go_on_with_them(
    office: Address, other: Cluster, given: str
) -> None:
    allow(other, *(f"CREATE ROLE {group}" for group in GROUPS), given)

    with pytest.raises(MissingRights, match="office may not set up") as refused:
        initialise(office)

    advice = [x.strip() for x in str(refused.value).splitlines() if ";" in x]
    allow(other, *advice)
    initialise(office, models=shelf)
    assert ask(office.admin_url, "SELECT has_schema_privilege('shelf', 'USAGE')")


def test_a_login_that_is_not_there_is_named(server: Server, empty: Address) -> None:
    ghost = server.cluster.url("ghost", "secret", "empty")

    with pytest.raises(MissingRights, match="no role ghost"):
        initialise(Address(url=ghost, admin_url=empty.admin_url))


def test_where_an_address_names_no_user_the_systems_is_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGUSER", "someone")

    assert login_of("postgresql:///probity") == "someone"
    assert login_of("postgresql://me@/probity") == "me"


# The least rights

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
