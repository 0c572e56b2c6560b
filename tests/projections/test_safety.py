"""What is refused at start-up: what loses, reorders or lets anyone edit events."""

import dataclasses
import shutil
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from projections.postgres.address import Address
from projections.postgres.cluster import Cluster
from projections.postgres.errors import NotInitialised, UnsafeSetting
from projections.postgres.safety import Report, judge, refuse_unsafe
from projections.postgres.setup import initialise
from tests.postgres import admin, as_role, wait_until_stopped
from tests.processes import wait_for

SAFE = Report(
    major=18,
    encoding="UTF8",
    standby=False,
    fsync="on",
    full_page_writes="on",
    synchronous_commit="on",
    session_replication_role="origin",
    initialised=True,
    guards=["append_only_rows", "append_only_table"],
)


@pytest.fixture
def superuser(spare: Cluster) -> Iterator[psycopg.Connection]:
    """A superuser of a server whose settings a test may change."""
    with psycopg.connect(spare.url(), autocommit=True) as connection:
        yield connection


def change(connection: psycopg.Connection, setting: str, value: str) -> None:
    """Change a setting of the server, and wait until it says so."""
    assignment = SQL("ALTER SYSTEM SET {} = {}").format(Identifier(setting), SQL(value))
    connection.execute(assignment)
    connection.execute("SELECT pg_reload_conf()")
    show = SQL("SHOW {}").format(Identifier(setting))
    wait_for(lambda: connection.execute(show).fetchone() == (value,))


def test_a_database_as_it_is_set_up_is_safe_whoever_looks(database: Address) -> None:
    with psycopg.connect(database.url) as login:
        refuse_unsafe(login, {})
    with as_role(database, "probity_web") as web:
        refuse_unsafe(web, {"PATH": "/bin"})


def test_a_database_without_the_log_is_to_be_set_up(
    superuser: psycopg.Connection,
) -> None:
    with pytest.raises(NotInitialised, match="probity init"):
        refuse_unsafe(superuser, {})


@pytest.mark.parametrize("prefix", ["", "PROBITY_", "CASEWORK_"])
@pytest.mark.parametrize("value", ["y", "TRUE", "1", "on", "perhaps"])
def test_the_librarys_database_functions_are_refused(prefix: str, value: str) -> None:
    name = f"{prefix}POSTGRES_ENABLE_DB_FUNCTIONS"

    with pytest.raises(UnsafeSetting, match=f"{name} is {value}.*no lock"):
        judge(SAFE, {name: value})


@pytest.mark.parametrize("value", ["", "n", "False", "0", "off"])
def test_where_they_are_off_nothing_is_wrong(value: str) -> None:
    judge(SAFE, {"POSTGRES_ENABLE_DB_FUNCTIONS": value, "POSTGRES_DBNAME": "y"})


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_server_that_a_power_cut_would_damage_is_refused(
    superuser: psycopg.Connection, setting: str
) -> None:
    change(superuser, setting, "off")
    try:
        with pytest.raises(UnsafeSetting, match=f"{setting} is off: a crash"):
            refuse_unsafe(superuser, {})
    finally:
        change(superuser, setting, "on")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("synchronous_commit", "off"), ("session_replication_role", "replica")],
)
def test_a_session_that_would_lose_events_or_guards_is_refused(
    superuser: psycopg.Connection, setting: str, value: str
) -> None:
    superuser.execute(f"SET {setting} = {value}".encode())

    with pytest.raises(UnsafeSetting, match=f"{setting} is {value}"):
        refuse_unsafe(superuser, {})


def test_another_encoding_is_refused(
    spare: Cluster, superuser: psycopg.Connection
) -> None:
    superuser.execute(
        "CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII'"
        " LOCALE_PROVIDER libc LOCALE 'C'"
    )
    try:
        with (
            psycopg.connect(spare.url(database="ascii")) as connection,
            pytest.raises(UnsafeSetting, match="encoding is SQL_ASCII"),
        ):
            refuse_unsafe(connection, {})
    finally:
        superuser.execute("DROP DATABASE ascii")


def test_a_standby_is_refused(spare: Cluster) -> None:
    signal_file = spare.root / "data" / "standby.signal"
    spare.stop()
    wait_until_stopped(spare.root)
    signal_file.touch()
    shutil.chown(signal_file, signal_file.parent.owner())
    try:
        with (
            psycopg.connect(spare.start().url()) as connection,
            pytest.raises(UnsafeSetting, match="is a standby"),
        ):
            refuse_unsafe(connection, {})
    finally:
        spare.stop()
        wait_until_stopped(spare.root)
        signal_file.unlink()


def test_an_old_server_is_refused() -> None:
    with pytest.raises(UnsafeSetting, match="is PostgreSQL 14"):
        judge(dataclasses.replace(SAFE, major=14), {})


@pytest.mark.parametrize("guard", SAFE.guards)
@pytest.mark.parametrize(
    "harm",
    [
        "ALTER TABLE log.probity_events DISABLE TRIGGER {}",
        "ALTER TABLE log.probity_events ENABLE REPLICA TRIGGER {}",
        "DROP TRIGGER {} ON log.probity_events",
    ],
)
def test_a_log_that_can_be_edited_is_refused_until_it_is_set_up_again(
    database: Address, guard: str, harm: str
) -> None:
    with admin(database) as owner:
        owner.execute(harm.format(guard).encode())

        with pytest.raises(UnsafeSetting, match=f"{guard} .* can be edited"):
            refuse_unsafe(owner, {})

        initialise(database)
        refuse_unsafe(owner, {})


def test_a_guard_that_fires_always_is_as_good(database: Address) -> None:
    with admin(database) as owner:
        for guard in SAFE.guards:
            enable = f"ALTER TABLE log.probity_events ENABLE ALWAYS TRIGGER {guard}"
            owner.execute(enable.encode())

        refuse_unsafe(owner, {})


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = dataclasses.replace(SAFE, fsync="off", standby=True, guards=[])

    with pytest.raises(UnsafeSetting) as refused:
        judge(wrong, {"X_POSTGRES_ENABLE_DB_FUNCTIONS": "y"})

    assert len(str(refused.value).splitlines()) == 5
