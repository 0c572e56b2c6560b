"""Three witnesses in processes of their own, stopped and going on as they like."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from projections.ledger.publishing.export import Export, checkpoint_of
from projections.ledger.publishing.outlets import Outlets
from projections.ledger.publishing.publisher import Publisher
from projections.ledger.publishing.standing import Standing
from projections.ledger.publishing.witnessing import Witnesses
from projections.ledger.standard.policy import Policy, parse_policy
from projections.ledger.verifier.main import main as verify
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.watching import found, policy_text, watching
from tests.web.witness.running import Running

LATE = {"did not answer in time", "has not answered yet"}


def freeze(*witnesses: Running) -> None:
    """Let them neither refuse nor answer."""
    for one in witnesses:
        os.killpg(one.process.pid, signal.SIGSTOP)


def thaw(*witnesses: Running) -> None:
    for one in witnesses:
        os.killpg(one.process.pid, signal.SIGCONT)


@dataclass
class Rehearsal:
    """A register that publishes with any two of three offices."""

    office: Office
    site: Path
    policy: Policy

    def __post_init__(self) -> None:
        outlets = Outlets(self.policy, Export(self.site))
        self.publisher = Publisher(self.office.connect, outlets)
        self.witnesses = Witnesses(self.policy, patience=1.0)
        self.publisher.witnesses = self.witnesses

    def file(self, count: int) -> Standing:
        self.office.sign(count)
        return self.publish()

    def publish(self) -> Standing:
        return self.publisher.publish(self.office.connection)

    def shown(self) -> int:
        note = (self.site / "e1/checkpoint").read_text()
        return checkpoint_of(note).size


@pytest.fixture
def vkeys(office: Office) -> list[str]:
    return [key.vkey for key in office.public_keys()]


def test_publishing_stops_and_catches_up_with_the_witnesses(
    office: Office, vkeys: list[str], tmp_path: Path
) -> None:
    with watching(found(tmp_path, 3), vkeys) as offices:
        policy = parse_policy(policy_text(offices, 2))
        register = Rehearsal(office, tmp_path / "site", policy)
        with closing(register.witnesses), thawing(offices):
            rehearse(register, offices)

    trusted = tmp_path / "trusted"
    logs = "".join(f"log {vkey}\n" for vkey in vkeys)
    trusted.write_text(logs + policy.text)
    assert verify(("log", str(register.site / "e1"), "--policy", str(trusted))) == 0


def rehearse(register: Rehearsal, offices: list[Running]) -> None:
    said = register.publisher.teller.said
    register.file(3)
    assert register.shown() == 3

    freeze(offices[0])
    register.file(300)
    assert register.shown() == 303

    freeze(*offices[1:])
    standing = register.file(4)
    assert (standing.entries, register.shown()) == (307, 303)
    assert {one.trouble for one in standing.witnesses} <= LATE
    assert "publishing" in said

    thaw(*offices)
    while register.publish().unpublished:
        pass
    assert register.shown() == 307
    assert "publishing" not in said


@contextmanager
def thawing(offices: list[Running]) -> Iterator[None]:
    """Let all go on in the end: who is frozen cannot be stopped."""
    try:
        yield
    finally:
        thaw(*offices)
