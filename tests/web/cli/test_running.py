"""`probity serve` and its parts: started, restarted and stopped as real programs."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus

import psycopg
import pytest

from projections.postgres.address import Address
from tests.postgres import Server, admin, environ
from tests.web.cli.terminal import Terminal
from web.cli.supervisor import Program, keep, python

LONG = 60.0  # seconds after which a wait is a failure
WORKING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE application_name = %s AND datname = current_database()"
)


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


@contextmanager
def running(database: Address, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run `probity ...` as a program of its own, and stop it in the end."""
    with subprocess.Popen(
        python("web.cli", *words),
        env=environ(database),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as response:
            return bool(response.status == HTTPStatus.OK)
    except OSError:
        return False


def at_work(database: Address, name: str) -> Callable[[], bool]:
    """Return a question: whether a program of that name has the database in use."""

    def asked() -> bool:
        with admin(database) as connection:
            row = connection.execute(WORKING, (name,)).fetchone()
        return bool(row and row[0])

    return asked


def children(process: int) -> dict[str, int]:
    """Return the programs that a process has started, by their last word."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(process)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    return {line.split()[-1]: int(line.split()[0]) for line in listed}


def test_serve_runs_all_restarts_what_dies_and_stops_all(database: Address) -> None:
    port = free_port()
    with running(database, "serve", "--bind", f"127.0.0.1:{port}") as served:
        wait_until(lambda: answers(port))
        wait_until(at_work(database, "probity projector"))
        wait_until(at_work(database, "probity scheduler"))
        wait_until(at_work(database, "probity sequencer"))
        before = children(served.pid)["projections"]

        os.kill(before, signal.SIGKILL)
        wait_until(lambda: children(served.pid).get("projections", before) != before)
        wait_until(at_work(database, "probity projector"))
        started = children(served.pid).values()
        served.send_signal(signal.SIGTERM)

        assert served.wait(LONG) == 0
        said = served.stderr.read() if served.stderr else ""
        assert f"Serving at http://127.0.0.1:{port}" in said
        assert "projector ended (-9); again in 1 s" in said
        assert said.rstrip().endswith("Stopped.")
        assert not any(map(alive, started))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["project"], "probity projector"),
        (["schedule"], "probity scheduler"),
        (["sequence"], "probity sequencer"),
    ],
)
def test_each_program_runs_alone_until_it_is_told_to_stop(
    database: Address, words: list[str], name: str
) -> None:
    with running(database, *words) as process:
        wait_until(at_work(database, name))
        process.send_signal(signal.SIGTERM)

        assert process.wait(LONG) == 0


def test_the_web_runs_alone_with_the_hands_it_is_given(database: Address) -> None:
    port = free_port()
    given = ("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "2")
    with running(database, "web", *given) as process:
        wait_until(lambda: answers(port))
        process.send_signal(signal.SIGTERM)

        assert process.wait(LONG) == 0


def test_an_address_that_is_taken_is_refused_at_once(terminal: Terminal) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        bind = f"127.0.0.1:{listener.getsockname()[1]}"

        assert f"nobody can listen at {bind}" in terminal.refused(
            "serve", "--bind", bind
        )
    assert "is not host:port" in terminal.refused("serve", "--bind", "here", code=2)
    assert "nobody can listen" in terminal.refused("serve", "--bind", "no.invalid:80")


def test_a_new_register_is_initialised_by_serve(
    terminal: Terminal, server: Server
) -> None:
    with psycopg.connect(server.cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty ENCODING 'UTF8' TEMPLATE template0")
    base = terminal.database.url.rpartition("/")[0]
    admin_base = terminal.database.admin_url.rpartition("/")[0]
    empty = Address(f"{base}/empty", f"{admin_base}/empty")
    with psycopg.connect(empty.admin_url, autocommit=True) as connection:
        connection.execute("GRANT CONNECT ON DATABASE empty TO probity")
    with running(empty, "serve", "--bind", f"127.0.0.1:{free_port()}") as served:
        wait_until(at_work(empty, "probity projector"))
        served.terminate()
        assert served.wait(LONG) == 0
        assert served.stderr
        assert "it has been initialised" in served.stderr.read()
    server.drop(empty)


def test_a_program_that_does_not_end_is_killed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    deaf = (
        "import signal, sys, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
    )
    program = Program("deaf", (sys.executable, "-c", deaf))
    program.look()
    wait_until(lambda: ignoring(program))

    program.ask_to_end()
    program.end(time.monotonic())

    assert "deaf does not end: it is killed" in capfd.readouterr().err
    assert program.process
    assert program.process.returncode == -signal.SIGKILL


def ignoring(program: Program) -> bool:
    """Return whether the program turns a deaf ear to SIGTERM by now."""
    assert program.process
    listed = subprocess.run(
        ["ps", "-o", "ignored=", "-p", str(program.process.pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return bool(int(listed.stdout.strip()[-8:] or "0", 16) & 1 << (signal.SIGTERM - 1))


def test_one_that_ends_again_and_again_is_given_ever_more_time(
    capfd: pytest.CaptureFixture[str],
) -> None:
    program = Program("short", (sys.executable, "-c", "raise SystemExit(3)"))
    for _ in range(3):
        program.again_at = 0.0
        program.look()
        assert program.process
        program.process.wait()
        program.look()
        program.ask_to_end()
        program.end(0.0)

    said = capfd.readouterr().err.splitlines()
    assert said == [f"short ended (3); again in {n} s" for n in (1, 2, 4)]


def test_the_keeper_gives_the_signals_back(capfd: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    stop_us = f"import os; os.kill({os.getpid()}, 15)"

    keep([Program("caller", (sys.executable, "-c", stop_us))])

    assert signal.getsignal(signal.SIGTERM) is before
    assert capfd.readouterr().out == ""
