"""Witnesses over real HTTP that a test plays: an honest one, and every wrong one."""

import contextlib
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from projections.ledger.standard.checkpoint import Checkpoint, parse_checkpoint
from projections.ledger.standard.cosignature import Cosigner, ml_dsa_cosigner
from projections.ledger.standard.note import Note, parse
from projections.ledger.standard.policy import Policy, parse_policy
from projections.ledger.standard.tree import EMPTY_ROOT, BadProof, check_consistency


@dataclass
class Asked:
    """A submission as it came: the old size, the proof, and the note."""

    old: int
    proof: list[bytes]
    note: Note

    @property
    def checkpoint(self) -> Checkpoint:
        return parse_checkpoint(self.note.text)


Answer = tuple[int, str]
Play = Callable[["Played", Asked], Answer]


@dataclass
class Played:
    """A witness: what it answers is up to `play`; what it was asked is in `asked`."""

    name: str
    cosigner: Cosigner
    play: Play
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    size: int = 0
    root: bytes = EMPTY_ROOT
    going_on: threading.Event = field(default_factory=threading.Event)

    def cosign(self, asked: Asked, text: str | None = None) -> str:
        signature = self.cosigner.cosign(text or asked.note.text, int(time.time()))
        return signature.line()

    @property
    def line(self) -> str:
        return f"witness {self.name} {self.cosigner.vkey} {self.url}\n"


def honest(witness: Played, asked: Asked) -> Answer:
    """Answer as tlog-witness has it, but for what only a log of others would do."""
    if asked.old != witness.size:
        return 409, f"{witness.size}\n"
    now = asked.checkpoint
    try:
        check_consistency(asked.old, witness.root, now.size, now.root, asked.proof)
    except BadProof:
        return 422, ""
    witness.size, witness.root = now.size, now.root
    return 200, witness.cosign(asked)


def down(witness: Played, asked: Asked) -> Answer:
    del witness, asked
    return 503, "down\n"


def slow(witness: Played, asked: Asked) -> Answer:
    """Answer when it is too late: when the test is over."""
    witness.going_on.wait()
    return honest(witness, asked)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of a client that hangs up: that is what it is to do."""


@contextlib.contextmanager
def played(name: str, play: Play = honest) -> Iterator[Played]:
    """Run a witness beside the test."""
    seed = name.encode().ljust(32, b".")[:32]
    witness = Played(name, ml_dsa_cosigner(f"witness.example/{name}", seed), play)

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = read(body) if self.path == "/add-checkpoint" else None
            if asked:
                witness.asked.append(asked)
            status, text = witness.play(witness, asked) if asked else (404, "")
            data = text.encode(errors="surrogateescape")
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = Server(("127.0.0.1", 0), Door)
    witness.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield witness
    finally:
        witness.going_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def read(body: str) -> Asked:
    head, _, note = body.partition("\n\n")
    old, *proof = head.split("\n")
    return Asked(
        int(old.removeprefix("old ")), list(map(b64decode, proof)), parse(note)
    )


def policy_of(witnesses: list[Played], needed: int | str) -> Policy:
    """Return the policy that needs so many of these witnesses."""
    names = " ".join(witness.name for witness in witnesses)
    lines = "".join(witness.line for witness in witnesses)
    return parse_policy(f"{lines}group ours {needed} {names}\nquorum ours\n")
