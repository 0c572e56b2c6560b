"""Where the database is: a given one, else the embedded; and as whom to connect."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from projections.postgres import address, binaries
from projections.postgres.address import Address, connect_as, home, locate, prepare
from projections.postgres.cluster import Cluster
from tests.postgres import Server
from tests.processes import ask, mode


@pytest.fixture
def embedded(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of a server that runs, with nothing else said."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PROBITY_HOME", str(server.cluster.root.parent))
    yield server.cluster.root
    address._clusters.pop(server.cluster.root).stop()  # noqa: SLF001  as an exit does


def test_a_given_address_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@db/probity")
    monkeypatch.delenv("PROBITY_ADMIN_URL", raising=False)
    assert locate().admin_url == locate().url == "postgresql://web@db/probity"

    monkeypatch.setenv("PROBITY_ADMIN_URL", "postgresql://dba@db/probity")
    assert locate() == Address(
        url="postgresql://web@db/probity", admin_url="postgresql://dba@db/probity"
    )


def test_else_the_embedded_server_is_started(embedded: Path) -> None:
    found = locate()

    assert ask(found.url, "SELECT current_user || current_database()") == (
        "probityprobity"
    )
    assert ask(found.admin_url, "SELECT current_user") == "probity_admin"
    assert mode(embedded / "probity.password") == 0o600
    assert locate() == found


def test_psql_takes_the_address(database: Address, major: int) -> None:
    found = binaries.installed(major)
    assert found is not None
    for url, user in ((database.url, "probity"), (database.admin_url, "probity_admin")):
        told = subprocess.run(
            [found.program("psql"), url, "-AtXc", "SELECT current_user"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == user


def test_a_lost_password_of_the_login_is_replaced(spare: Cluster) -> None:
    before = prepare(spare)
    (spare.root / "probity.password").unlink()

    after = prepare(spare)

    assert ask(after.url, "SELECT current_user") == "probity"
    assert before.url != after.url


def test_our_files_are_where_probity_home_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROBITY_HOME", str(tmp_path))
    assert home() == tmp_path

    monkeypatch.delenv("PROBITY_HOME")
    assert home() == Path(platformdirs.user_data_dir("probity"))


def test_a_process_acts_as_one_role_under_its_time_limits(database: Address) -> None:
    conninfo = connect_as(database.url, "probity_web", name="the web")
    expected = {
        "role": "probity_web",
        "statement_timeout": "10s",
        "lock_timeout": "5s",
        "timezone": "UTC",
        "application_name": "the web",
        "client_encoding": "UTF8",
    }

    assert {name: ask(conninfo, f"SHOW {name}") for name in expected} == expected


@pytest.mark.parametrize(
    "role", ["probity_projector", "probity_scheduler", "probity_ledger"]
)
def test_long_work_has_no_limit_but_for_locks(database: Address, role: str) -> None:
    conninfo = connect_as(database.url, role, name="test")

    assert ask(conninfo, "SHOW statement_timeout") == "0"
    assert ask(conninfo, "SHOW lock_timeout") == "10s"


def test_options_of_the_address_are_kept(database: Address) -> None:
    url = f"{database.url}?options=-c%20work_mem%3D5MB"

    assert ask(connect_as(url, "probity_web", name="test"), "SHOW work_mem") == "5MB"
    assert ask(connect_as(url, "probity_web", name="test"), "SHOW role") == (
        "probity_web"
    )
