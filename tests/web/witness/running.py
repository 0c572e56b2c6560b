"""A witness in processes of its own, and how to ask it."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from projections.ledger.standard.note import Signature, parse, parse_vkey, verified
from tests.processes import wait_for
from tests.web.witness.watched import WatchedLog
from web.witness.state import cosigners, settle

NAME = "witness.example.org/w1"
PROGRAM = ("-m", "web.cli")


@dataclass(frozen=True)
class Answer:
    """What a witness answered."""

    status: int
    kind: str
    text: str


@dataclass(frozen=True)
class Site:
    """Where a witness is, for whoever asks it."""

    directory: Path
    port: int

    @property
    def said(self) -> str:
        return (self.directory / "said").read_text()

    def post(self, body: bytes) -> Answer:
        return ask(self.port, "POST", "/add-checkpoint", body)

    def get(self, path: str) -> Answer:
        return ask(self.port, "GET", path)

    def cosigned(self, text: str, answer: Answer) -> list[Signature]:
        """Return the cosignatures in an answer, once both are verified."""
        keys = [parse_vkey(one.vkey) for one in cosigners(self.directory)]
        found = verified(parse(f"{text}\n{answer.text}"), keys)
        assert [one.key_id for one in found] == [key.key_id for key in keys]
        return found


@dataclass(frozen=True)
class Running(Site):
    """A witness that we have started."""

    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End all its processes at once, whatever they are doing."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def ask(port: int, method: str, path: str, body: bytes | None = None) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection):
        connection.request(method, path, body)
        answer = connection.getresponse()
        kind = answer.getheader("Content-Type", "")
        return Answer(answer.status, kind, answer.read().decode())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def settled(directory: Path) -> Path:
    settle(directory, NAME)
    return directory


@contextlib.contextmanager
def running(
    directory: Path,
    logs: Sequence[WatchedLog],
    *,
    workers: int = 1,
    program: Sequence[str] = PROGRAM,
    more: Sequence[str] = (),
) -> Iterator[Running]:
    """Start the witness of a directory; it must end well when told to, if it runs."""
    port = free_port()
    words = ["witness", "serve", "--state", str(directory)]
    words += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    words += [word for log in logs for vkey in log.vkeys for word in ("--log", vkey)]
    words += more
    with (
        (directory / "said").open("ab") as said,
        subprocess.Popen(
            [sys.executable, *program, *words], stderr=said, start_new_session=True
        ) as process,
    ):
        found = Running(directory, port, process)
        wait_for(lambda: listens(port) or process.poll() is not None)
        try:
            yield found
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=60) == 0


def listens(port: int) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False
