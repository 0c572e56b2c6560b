"""Setting a database up: once, whole, by whoever may; and then the least rights."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from projections.postgres.address import Address, prepare
from projections.postgres.cluster import Cluster
from projections.postgres.errors import MissingRights
from projections.postgres.setup import GROUPS, initialise, login_of
from tests import postgres
from tests.postgres import Server, allow, as_role, shelf
from tests.processes import ask, programs_of

FIRST_USE = """
from projections.postgres.address import locate
from projections.postgres.setup import initialise
address = locate()
initialise(address)
print(address.url)
"""


@pytest.fixture
def empty(server: Server) -> Iterator[Address]:
    """A database nobody has set up."""
    address = prepare(server.cluster, "empty")
    yield address
    server.drop(address)


@pytest.fixture
def office(spare: Cluster) -> Iterator[Address]:
    """A database and a user without any rights, on a server with no roles of ours."""
    with psycopg.connect(spare.url(), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE office LOGIN PASSWORD 'secret'")
        superuser.execute("CREATE DATABASE office")
        url = spare.url("office", "secret", "office")  # as above
        yield Address(url=url, admin_url=url)
        superuser.execute("DROP DATABASE office WITH (FORCE)")
        superuser.execute(f"DROP ROLE IF EXISTS {', '.join(GROUPS)}".encode())
        superuser.execute("DROP ROLE office")


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
    office: Address, spare: Cluster
) -> None:
    allow(
        spare, "ALTER ROLE office CREATEROLE", "ALTER DATABASE office OWNER TO office"
    )

    for _ in range(2):
        initialise(office, models=shelf)

    with as_role(office, "probity_web") as web:
        assert web.execute("SELECT size FROM log.head").fetchone() == (0,)


@pytest.mark.parametrize("given", ["", "ALTER ROLE office CREATEROLE"])
def test_who_lacks_rights_is_told_which_and_can_go_on_with_them(
    office: Address, spare: Cluster, given: str
) -> None:
    allow(spare, *(f"CREATE ROLE {group}" for group in GROUPS), given)

    with pytest.raises(MissingRights, match="office may not set up") as refused:
        initialise(office)

    advice = [x.strip() for x in str(refused.value).splitlines() if ";" in x]
    allow(spare, *advice)
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
