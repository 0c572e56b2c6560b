"""A witness that is killed in the midst of answers forgets nothing that it answered.

All its processes end by SIGKILL while clients ask, again and again on one directory.
After each start it must be at least where its answers were, and all that it has ever
cosigned must be of trees that grew one out of another.
"""

import http.client
import os
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import parse
from tests.processes import wait_for
from tests.web.witness.running import Site, running, settled
from tests.web.witness.watched import (
    FALSE,
    TRUE,
    Head,
    WatchedLog,
    check_consistent,
)

SOAK = bool(os.environ.get("PROBITY_SOAK"))
KILLS = 60 if SOAK else 4
CLIENTS = 3
SEED = 20261122
LOG = WatchedLog("example.org/killed")
SHOWN = f"/{sha256(LOG.origin.encode()).hexdigest()}/checkpoint"


@dataclass
class Clients:
    """Clients that ask one witness until it is gone, and what they were given."""

    cosigned: list[Head] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    @property
    def largest(self) -> int:
        return max((head.size for head in self.cosigned), default=0)

    def reach(self, enough: int) -> None:
        wait_for(lambda: len(self.cosigned) >= enough)

    def ask(self, site: Site, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  a campaign that can be repeated
        known = self.largest
        while not self.gone.is_set():
            head = Head(known + chance.randint(0, 3), chance.choice((TRUE, FALSE)))
            try:
                answer = site.post(LOG.body(known, head))
            except (OSError, http.client.HTTPException):
                continue  # killed, or about to be
            if answer.status == 200:
                self.cosigned.append(head)
            known = int(answer.text) if answer.status == 409 else self.largest

    @contextmanager
    def asking(self, site: Site, seeds: range) -> Iterator[None]:
        """Ask in some threads for the time of a block, which ends the witness."""
        self.gone.clear()
        with ThreadPoolExecutor(CLIENTS) as threads:
            done = [threads.submit(self.ask, site, seed) for seed in seeds]
            try:
                yield
            finally:
                self.gone.set()
        for each in done:
            each.result()


@pytest.mark.soak
def test_what_was_answered_outlives_a_kill(tmp_path: Path) -> None:
    directory = settled(tmp_path / "state")
    chance = random.Random(SEED)  # noqa: S311  a campaign that can be repeated
    clients = Clients()

    for number in range(KILLS):
        enough = len(clients.cosigned) + chance.randint(1, 20)
        seeds = range(number * CLIENTS, (number + 1) * CLIENTS)
        with running(directory, [LOG], workers=2) as witness:
            check_outlived(witness, clients)
            with clients.asking(witness, seeds):
                clients.reach(enough)
                witness.kill()

    with running(directory, [LOG]) as witness:
        check_outlived(witness, clients)
    check_consistent(set(clients.cosigned))


def check_outlived(site: Site, clients: Clients) -> None:
    """Demand that the witness is where it was, or a request further."""
    shown = site.get(SHOWN)
    if shown.status == 404:
        assert clients.cosigned == []
        return
    last = parse_checkpoint(parse(shown.text).text)
    assert last.size >= clients.largest
    roots = {history: Head(last.size, history).root for history in (TRUE, FALSE)}
    (history, *_) = [name for name, found in roots.items() if found == last.root]
    check_consistent({*clients.cosigned, Head(last.size, history)})
