"""The embedded server: made once, shared, private, durable, gone with its last user."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from projections.postgres import cluster
from projections.postgres.binaries import Binaries
from projections.postgres.cluster import Cluster
from projections.postgres.errors import ClusterFailed
from tests import postgres
from tests.postgres import wait_until_stopped
from tests.processes import (
    LONG,
    ask,
    keepers,
    mode,
    note,
    noted,
    postmaster,
    url_of,
    user_of,
    wait_for,
)


@pytest.fixture
def empty() -> Iterator[Path]:
    """A directory for a server, not there yet; the server in it ends with the test."""
    with postgres.home() as home:
        yield home / "postgres"
        if (home / "postgres" / "keeper.lock").exists():
            wait_until_stopped(home / "postgres")


@pytest.fixture
def programs() -> Iterator[Path]:
    """A directory for programs that the server's user can run."""
    with postgres.home(tempfile.gettempdir()) as directory:
        yield directory


@pytest.fixture
def server(spare: Cluster) -> Cluster:
    """A running server, that we may kill."""
    return spare


@pytest.fixture
def root(server: Cluster) -> Path:
    """The directory of a running server."""
    return server.root


@pytest.fixture
def stopped(server: Cluster) -> Path:
    """The directory of a server that nobody uses."""
    server.stop()
    wait_until_stopped(server.root)
    return server.root


# As it is made


def test_a_new_server_is_durable_and_speaks_utf_8(server: Cluster, major: int) -> None:
    expected = {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "listen_addresses": "",
        "max_connections": "100",
        "timezone": "UTC",
    }
    found = {name: ask(server.url(), f"SHOW {name}") for name in expected}

    assert expected == found
    assert ask(server.url(), "SELECT upper('\u00e9')") == "\u00c9"
    assert str(ask(server.url(), "SHOW server_version")).startswith(str(major))


def test_nobody_else_can_read_its_files(root: Path) -> None:
    private = ("data", "run", "probity_admin.password", "server.log", "users.lock")

    assert [mode(root / name) & 0o077 for name in private] == [0] * len(private)
    # Root's server runs as another user, who has to pass through and may not look.
    assert mode(root) == (0o711 if os.geteuid() == 0 else 0o700)
    assert (root / "data").stat().st_uid != 0


def test_it_asks_for_a_password(server: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication"):
        psycopg.connect(server.url(password="guess"))  # noqa: S106  a wrong one

    stored = ask(server.url(), "SELECT rolpassword FROM pg_authid WHERE rolcanlogin")
    assert str(stored).startswith("SCRAM-SHA-256$")


def test_starting_it_again_changes_nothing(server: Cluster, root: Path) -> None:
    before = server.url(), postmaster(root)

    assert server.start() is server
    assert (server.url(), postmaster(root)) == before


@pytest.mark.usefixtures("stopped")
def test_the_server_does_not_see_our_keys(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBITY_KEY", "a secret")
    monkeypatch.setenv("PGPORT", "1")
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE env (line text)")
        connection.execute("COPY env FROM PROGRAM 'env'")
        lines = [line for (line,) in connection.execute("SELECT line FROM env")]

    assert [line for line in lines if line.startswith("PATH=")]
    assert not [line for line in lines if "secret" in line or "PGPORT" in line]


# Shared, and gone with its last user


def test_processes_that_start_at_once_share_one_server(empty: Path, major: int) -> None:
    with user_of(empty, major) as one, user_of(empty, major) as other:
        assert url_of(one) == url_of(other)
        assert len(keepers(empty)) == 1


def test_it_stops_when_its_last_user_is_killed(
    stopped: Path, server: Cluster, major: int
) -> None:
    with user_of(stopped, major) as user:
        note(url_of(user), "kept")
        user.kill()

    wait_until_stopped(stopped)

    assert not (stopped / "data" / "postmaster.pid").exists()
    assert not (stopped / "run").exists()
    assert noted(server.start().url()) == "kept"


def test_it_stays_for_those_who_remain(server: Cluster, root: Path, major: int) -> None:
    before = postmaster(root)
    with user_of(root, major) as other:
        assert url_of(other) == server.url()

    assert ask(server.url(), "SELECT 1") == 1
    assert postmaster(root) == before


def test_who_started_it_can_end_before_it(
    stopped: Path, server: Cluster, major: int
) -> None:
    with user_of(stopped, major) as first:
        url = url_of(first)
        assert server.start().url() == url

        # Would not return if the server had kept our output open.
        first.communicate(timeout=LONG)

    assert ask(url, "SELECT 1") == 1


def test_stopping_twice_is_harmless(server: Cluster, root: Path) -> None:
    server.stop()
    server.stop()

    wait_until_stopped(root)
    assert not (root / "data" / "postmaster.pid").exists()


# What is said when it cannot be


def test_a_server_that_cannot_start_shows_the_end_of_its_log(stopped: Path) -> None:
    configuration = stopped / "data" / "postgresql.conf"
    before = configuration.read_text()
    configuration.write_text(f"{before}\nno_such_setting = 1\n")

    with pytest.raises(ClusterFailed, match=r"(?s)server\.log.*no_such_setting"):
        Cluster(stopped).start()
    configuration.write_text(before)


def test_a_creation_that_was_killed_is_done_again(empty: Path, major: int) -> None:
    with user_of(empty, major) as user:
        wait_for((empty / "data.new" / "PG_VERSION").exists)
        user.kill()
    assert not (empty / "data").exists()

    with postgres.cluster(empty, major) as started:
        assert ask(started.url(), "SELECT 1") == 1
    assert not (empty / "data.new").exists()


def test_a_creation_that_fails_shows_why(empty: Path, programs: Path) -> None:
    for name, script in {
        "postgres": "exit 0",
        "initdb": "echo 'no space left on device' >&2; exit 1",
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)

    with pytest.raises(ClusterFailed, match=r"(?s)server\.log.*no space left"):
        Cluster(empty, Binaries(programs, 18)).start()
    assert not (empty / "data").exists()


def test_one_that_takes_too_long_is_given_up(
    stopped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "STARTING", 0.0)

    with pytest.raises(ClusterFailed, match="did not start"):
        Cluster(stopped).start()


def test_a_lost_password_file_is_named(server: Cluster, root: Path) -> None:
    file = root / "probity_admin.password"
    aside = file.rename(root / "aside")

    with pytest.raises(ClusterFailed, match=r"probity_admin\.password is missing"):
        server.url()
    aside.rename(file)


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ClusterFailed, match="file"):
        Cluster(tmp_path / "file").start()


def test_a_log_that_grew_long_is_put_aside(stopped: Path, server: Cluster) -> None:
    (stopped / "server.log").write_text("x" * 10_000_001)

    server.start()

    assert (stopped / "server.log.old").read_text().startswith("x")
    assert not (stopped / "server.log").read_text().startswith("x")
    assert mode(stopped / "server.log") == 0o600
