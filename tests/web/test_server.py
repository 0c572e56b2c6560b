"""The web server as it runs: gunicorn, two workers, real sockets."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from projections.postgres.address import Address
from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.postgres import environ
from tests.processes import wait_for
from tests.web.office import Office

WEDDING = {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}
SERVE = [sys.executable, "-m", "web.cli", "web", "--workers", "2", "--threads", "2"]


@dataclass
class Running:
    """A server that listens, and where it puts what it measures."""

    process: "subprocess.Popen[bytes]"
    port: int
    scratch: Path

    def workers(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(pid) for pid in listed.stdout.split()]


@pytest.fixture
def running(
    office: Office,  # noqa: ARG001  it has a law
    database: Address,
    tmp_path: Path,
) -> Iterator[Running]:
    """A server on the office's database; it must end, and tidy up, when told to."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    bind = ["--bind", f"127.0.0.1:{port}"]
    env = environ(database) | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen([*SERVE, *bind], env=env) as server:
        wait_for(lambda: listens(port) or server.poll() is not None)
        try:
            yield Running(server, port, tmp_path)
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=60) == 0
            assert list(tmp_path.iterdir()) == []


@pytest.fixture
def port(running: Running) -> int:
    return running.port


def listens(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False


def ask(
    port: int, method: str, path: str, token: str = "", body: object = None
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request(method, path, json.dumps(body) if body else None, sent)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_two_workers_share_one_register_and_count_together(
    office: Office, port: int
) -> None:
    token = office.shen.token
    made = [ask(port, "POST", "/v1/disclosures", token, WEDDING) for _ in range(12)]

    assert {status for status, _ in made} == {201}
    for _, text in made:
        name = json.loads(text)["id"]
        assert ask(port, "GET", f"/v1/disclosures/{name}", token)[0] == 200
    _, metrics = ask(port, "GET", "/metrics")
    labels = 'method="POST",route="/v1/disclosures",status="201"'
    assert f"probity_requests_total{{{labels}}} 12.0" in metrics.splitlines()


def test_a_worker_that_dies_is_replaced_and_what_it_counted_is_kept(
    office: Office, running: Running
) -> None:
    token = office.shen.token
    assert ask(running.port, "POST", "/v1/disclosures", token, WEDDING)[0] == 201
    wait_for(lambda: len(running.workers()) == 2)
    before = running.workers()

    for worker in before:
        os.kill(worker, signal.SIGTERM)
    wait_for(lambda: len(set(running.workers()) - set(before)) == 2)

    assert ask(running.port, "POST", "/v1/disclosures", token, WEDDING)[0] == 201
    _, metrics = ask(running.port, "GET", "/metrics")
    labels = 'method="POST",route="/v1/disclosures",status="201"'
    assert f"probity_requests_total{{{labels}}} 2.0" in metrics.splitlines()


def test_what_is_no_request_of_ours_is_answered_all_the_same(port: int) -> None:
    assert ask(port, "GET", "/health") == (200, '{"status":"ok"}')
    assert ask(port, "PUT", "/v1/disclosures")[0] == 405
    assert ask(port, "GET", "/v1/nowhere")[0] == 404
    assert ask(port, "GET", "/v1/units/%00")[0] == 400
    assert ask(port, "GET", "/v1/units/college")[0] == 401
