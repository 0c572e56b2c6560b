"""A session over real HTTP, answered now by one process and now by another."""

import socket
import subprocess
from collections.abc import Iterator

import pytest
import requests

from projections.postgres.address import Address
from tests.postgres import environ
from tests.processes import wait_for
from tests.web.login.lobby import PASSWORD, opened
from tests.web.office import Office
from tests.web.test_server import SERVE, listens

ASKED = 12  # so often that two workers have both answered, but for bad luck


@pytest.fixture
def served(office: Office, database: Address) -> Iterator[str]:
    """Two workers on the office's database, for people on this machine."""
    opened(office).account("shen", "shen")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    env = environ(database) | {"PROBITY_LOOPBACK_HTTP": "yes"}
    bind = ["--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen([*SERVE, *bind], env=env) as server:
        wait_for(lambda: listens(port) or server.poll() is not None)
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        assert server.wait(timeout=60) == 0


def test_a_session_and_its_token_are_good_in_every_process(served: str) -> None:
    body = {"name": "shen", "password": PASSWORD}
    with requests.Session() as browser:
        came_in = browser.post(f"{served}/login/password", json=body, timeout=30)
        assert came_in.status_code == 200, came_in.text
        csrf = {"X-CSRFToken": came_in.json()["csrf_token"]}
        for _ in range(ASKED):
            # A connection of its own each time: any worker may take it.
            sent = {**csrf, "Connection": "close"}
            chosen = browser.post(
                f"{served}/v1/session/grant",
                json={"mandate": None},
                headers=sent,
                timeout=30,
            )
            assert chosen.status_code == 200, chosen.text
        assert browser.post(f"{served}/logout", headers=csrf, timeout=30).ok
        assert browser.get(f"{served}/v1/session", timeout=30).status_code == 401
