"""Clients that file over HTTP, whatever becomes of the server, and keep receipts."""

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.domain.cast import INSTANT
from tests.domain.papers import wedding

WEDDING = {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}
BUSY = {0, 500, 503}  # no answer, and what is answered while the database is away
OUTAGES = (OSError, http.client.HTTPException, ValueError)


@dataclass
class Client:
    """Files report after report over HTTP, and keeps each receipt it is given."""

    name: str
    port: int
    token: str
    receipts: list[dict[str, Any]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    leaving: threading.Event = field(default_factory=threading.Event)
    at_work: bool = True

    def run(self) -> None:
        """File until it is to stop, and what was begun is acknowledged."""
        for number in count():
            if self.stopping.is_set():
                break
            self.file(f"{self.name}-{number}")
        self.at_work = False

    def file(self, key: str) -> None:
        """File one report, and ask again with the same key until it is acknowledged."""
        while not self.leaving.is_set():
            status, answer = ask(self.port, "POST", "/v1/disclosures", self.token, key)
            if status == 201:
                self.receipts.append(json.loads(answer))
                return
            assert status in BUSY, answer
            time.sleep(0.01)


def ask(
    port: int, method: str, path: str, token: str = "", key: str = ""
) -> tuple[int, str]:
    """Return the status and the text of an answer; 0 where there was none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    sent |= {"Idempotency-Key": key} if key else {}
    body = json.dumps(WEDDING) if method == "POST" else None
    with contextlib.closing(connection):
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OUTAGES as error:
            return 0, str(error)


@contextlib.contextmanager
def filing(clients: list[Client]) -> Iterator[None]:
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for client in clients:
            client.stopping.set()
            client.leaving.set()
        for thread in threads:
            thread.join()
