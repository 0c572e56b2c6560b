"""Killed at any point, they lose nothing acknowledged and contradict nothing signed."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from domain.leaf import leaf_of
from projections.ledger.keyfile import log_key_file, read
from projections.ledger.seen import Seen
from projections.ledger.signing import Keys
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.note import parse
from projections.ledger.standard.proof import parse as parse_proof
from projections.ledger.standard.tree import check_inclusion
from projections.ledger.store import LogHead, origin
from projections.models import create_models
from projections.postgres import address
from projections.postgres.address import Address
from projections.postgres.cluster import Cluster
from projections.postgres.setup import initialise
from tests.ledger.filing import BUSY, Client, ask, filing
from tests.ledger.killing import Program, Server, Victim, Web, kept
from tests.ledger.sequencing.trees import (
    assert_of_one_tree,
    checkpoints,
    in_note,
    leaves,
    signed,
)
from tests.postgres import admin, environ
from tests.processes import wait_for
from tests.web.office import at_work

SOAK = os.environ.get("PROBITY_SOAK") == "1"
KILLS = 1_000 if SOAK else 200
VOLLEY = 10  # kills, after which something has to be acknowledged and signed again
CLIENTS = 2
PATIENCE = 100  # times that the same is asked
APART = 0.05  # seconds between two kills, at most
PROGRAMS = ("projections", "projections.ledger")
# `probity web`; its workers need not import what their master has imported.
SERVE = [sys.executable, "-c", "import web.app, web.cli; web.cli.main()", "web"]
HANDS = ["--workers", "2", "--threads", "4"]
FILED = "SELECT count(*) FROM log.probity_events WHERE topic = 'disclosure.filed'"


@dataclass
class Campaign:
    """A register on a server of its own, its programs, and clients that file."""

    database: Address
    memory: Path
    clients: list[Client]
    victims: Sequence[Victim]
    noted: list[Checkpoint] = field(default_factory=list)

    def acknowledged(self) -> int:
        return sum(len(client.receipts) for client in self.clients)

    def signed(self, head: LogHead) -> int:
        """Return over how many entries the last checkpoint is that was ever signed."""
        last = Seen(self.memory).latest(head.origin)
        if last:
            self.noted.append(in_note(head, last.note, keys()))
        return last.size if last else 0

    def volley(self, chance: Random, head: LogHead, kills: int) -> None:
        """Kill so often, whatever it hits, until all of it has worked again."""
        acknowledged, size = self.acknowledged(), self.signed(head)
        wanted = self.killed() + kills
        while self.killed() < wanted:
            chance.choice(self.victims).kill(chance)
            time.sleep(chance.uniform(0, APART))
        wait_for(lambda: self.acknowledged() > acknowledged)
        wait_for(lambda: self.signed(head) > size)

    def finished(self, head: LogHead) -> list[dict[str, Any]]:
        """Let the clients end, and all be signed; return every receipt."""
        for client in self.clients:
            client.stopping.set()
        wait_for(lambda: not any(client.at_work for client in self.clients))
        with admin(self.database) as connection:
            size = origin(connection).size
        wait_for(lambda: self.signed(head) == size)
        return [receipt for client in self.clients for receipt in client.receipts]

    def proof(self, digest: str) -> str:
        """Exchange a digest for a proof, as anybody can."""
        path = f"/v1/receipts/{digest}/proof"
        answers = [(0, "")]
        while answers[-1][0] in BUSY and len(answers) < PATIENCE:
            answers.append(ask(self.clients[0].port, "GET", path))
        assert answers[-1][0] == 200, answers
        return answers[-1][1]

    def killed(self) -> int:
        return sum(victim.kills for victim in self.victims)


def position_in(entry: str) -> int:
    return int(entry.splitlines()[4])


def check_proof(head: LogHead, digest: str, text: str) -> None:
    """Check a proof as its holder does, who has the log's keys and nothing else."""
    proof = parse_proof(text)
    tree = in_note(head, proof.checkpoint, keys())
    leaf = bytes.fromhex(digest)
    check_inclusion(leaf, proof.index, tree.size, proof.hashes, tree.root)


@cache
def keys() -> Keys:
    seeds = read(log_key_file())
    assert seeds.ml_dsa
    return Keys(seeds.ed25519, seeds.ml_dsa)


@pytest.fixture
def campaign(spare: Cluster, tmp_path: Path) -> Iterator[Campaign]:
    database = address.prepare(spare, "killed")
    initialise(database, models=create_models)
    with at_work(database) as office:
        token = office.shen.token
    port, memory = free_port(), tmp_path / "signed"
    given = environ(database) | {"PROBITY_LOG_SIGNED_FILE": str(memory)}
    programs = [Program(f"{name}.__main__", given) for name in PROGRAMS]
    clients = [Client(f"client{nth}", port, token) for nth in range(CLIENTS)]
    kept_up: Sequence[Program | Server] = (*programs, Server(spare))
    with serving(port, given, tmp_path) as web, kept(*kept_up), filing(clients):
        victims: Sequence[Victim] = (*kept_up, Web(web))
        yield Campaign(database, memory, clients, victims)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextlib.contextmanager
def serving(
    port: int, given: dict[str, str], scratch: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the web server; what it says of its dead goes to a file."""
    command = [*SERVE, *HANDS, "--bind", f"127.0.0.1:{port}"]
    with (
        (scratch / "web.log").open("wb") as log,
        subprocess.Popen(command, env=given, stdout=log, stderr=log) as server,
    ):
        try:
            yield server
        finally:
            server.terminate()


@pytest.mark.soak
def test_killed_at_any_point_they_lose_nothing_and_contradict_nothing(
    campaign: Campaign,
) -> None:
    chance = Random(KILLS)  # noqa: S311  it only has to be the same again
    with admin(campaign.database) as connection:
        head = origin(connection)
    wait_for(lambda: campaign.signed(head) and campaign.acknowledged())
    while campaign.killed() < KILLS:
        campaign.volley(chance, head, VOLLEY)
    receipts = campaign.finished(head)

    with admin(campaign.database) as connection:
        assert connection.execute(FILED).fetchone() == (len(receipts),)
        everything = leaves(connection)
        found = [*checkpoints(connection), *signed(connection, keys())]
    assert len(everything) == found[-1].size
    assert_of_one_tree([*found, *campaign.noted], everything)
    for receipt in receipts:
        entry = parse(receipt["receipt"]).text
        assert leaf_of(entry).hex() == receipt["digest"]
        assert everything[position_in(entry) - 1].hex() == receipt["digest"]
        check_proof(head, receipt["digest"], campaign.proof(receipt["digest"]))
    assert all(victim.kills > KILLS / 10 for victim in campaign.victims)
