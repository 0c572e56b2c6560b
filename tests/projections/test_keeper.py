"""The keeper: starts the server again where that can help, and stops it in the end."""

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from projections.postgres import keeper

Plan = Callable[[str], dict[str, Any]]


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(name="plan")
def plan_for_a_script(tmp_path: Path) -> Plan:
    """Plan to keep a shell script for a server; its log counts its starts."""
    (tmp_path / "run").mkdir()
    (tmp_path / "users").touch()

    def make(script: str) -> dict[str, Any]:
        return {
            "command": ["/bin/sh", "-c", f"echo started >> {tmp_path}/log; {script}"],
            "identity": {},
            "data": str(tmp_path),
            "sockets": str(tmp_path / "run"),
            "users": str(tmp_path / "users"),
            "keeper": os.open(tmp_path / "keeper", os.O_CREAT),
        }

    return make


@pytest.fixture
def users(tmp_path: Path) -> Iterator[IO[bytes]]:
    """A user of the server, who stays."""
    with (tmp_path / "users").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield file


def starts(tmp_path: Path) -> int:
    return (tmp_path / "log").read_text().count("started")


def test_without_users_it_stops_the_server(plan: Plan, tmp_path: Path) -> None:
    keeper.keep(plan("exec sleep 600"))

    assert not (tmp_path / "run").exists()


def test_a_server_that_will_not_start_is_left(
    plan: Plan, tmp_path: Path, users: IO[bytes]
) -> None:
    keeper.keep(plan("exit 1"))

    assert not users.closed
    assert starts(tmp_path) == 1


def test_a_server_that_was_killed_is_started_until_its_children_have_gone(
    plan: Plan, tmp_path: Path, users: IO[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "PATIENCE", 0.0)
    (tmp_path / "postmaster.pid").touch()

    keeper.keep(plan("exit 1"))

    assert not users.closed
    assert starts(tmp_path) == 1 + keeper.TRIES


def test_a_server_that_ran_for_a_while_is_always_started_again(
    plan: Plan, tmp_path: Path, users: IO[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "SETTLED", 0.0)
    # The third time it says goodbye for its user too.
    count = f"[ $(grep -c started {tmp_path}/log) = 3 ] && kill -TERM $PPID; exit 1"

    with pytest.raises(SystemExit):
        keeper.keep(plan(count))

    assert not users.closed
    assert starts(tmp_path) >= 3


def test_one_that_will_not_stop_is_made_to(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "STOPPING", 0.0)
    # What is ignored here is ignored by the programs we start.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = keeper.Server(plan("exec sleep 600"))
    signal.signal(signal.SIGINT, before)

    server.stop()

    assert server.process.returncode == -signal.SIGQUIT
    assert not (tmp_path / "run").exists()
