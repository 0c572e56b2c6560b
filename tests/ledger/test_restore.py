"""docs/restore.md, rehearsed: an old backup is restored of what had been published."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.casework import Casework
from domain.leaf import leaf_of
from domain.receipt import Receipt
from domain.record import Actor
from domain.unit import EstablishUnit
from projections.ledger import store
from projections.ledger.errors import Behind
from projections.ledger.proving import prove
from projections.ledger.publishing.export import Export, checkpoint_of
from projections.ledger.publishing.outlets import Outlets
from projections.ledger.publishing.publisher import Publisher
from projections.ledger.publishing.witnessing import Witnesses
from projections.ledger.publishing.written import Written
from projections.ledger.restoring.closing import Closing, parse_closing
from projections.ledger.restoring.held import Held
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.note import parse, verified
from projections.ledger.standard.policy import Policy, parse_policy
from projections.ledger.standard.tiles import reading, unpack
from projections.ledger.standard.tree import check_inclusion, inclusion
from projections.ledger.verifier.main import main as verify
from projections.log import open_log
from projections.postgres.address import Address, connect_as
from tests.ledger.publishing.office import KEYS, Office
from tests.ledger.publishing.restoring import Backup, again, terminal
from tests.ledger.publishing.watching import found, policy_text, watching
from tests.memory import MemoryVault
from tests.postgres import Server
from tests.web.cli.terminal import Terminal

KEPT, PUBLISHED, AFTER = 40, 300, 8
LOST = PUBLISHED - KEPT
REASON = "the disk of 22 November"
CLERK = Actor(id="anna", role="clerk")


@pytest.fixture
def office(database: Address, tmp_path: Path) -> Iterator[Office]:
    office = Office(database, tmp_path)
    yield office
    office.connection.close()


@pytest.fixture
def backup(server: Server, office: Office) -> Iterator[Backup]:
    made = Backup(server, office.database)
    yield made
    made.drop()


@dataclass
class Rehearsal:
    """The register of which a backup is restored, and what it had published."""

    office: Office
    backup: Backup
    site: Path
    policy: Policy
    console: Terminal
    old: str
    new: str
    last: str = ""

    def publish(self) -> None:
        outlets = Outlets(self.policy, Export(self.site, entries=True))
        publisher = Publisher(self.office.connect, outlets)
        publisher.publish(self.office.connection)
        if publisher.witnesses:
            publisher.witnesses.close()

    def shown(self, epoch: str) -> str:
        return (self.site / epoch / "checkpoint").read_text()

    def entries(self, epoch: str) -> list[str]:
        """Return all entries as they were published."""
        size = checkpoint_of(self.shown(epoch)).size
        bundles = self.site / epoch / "tile/entries"
        names = ["000", f"001.p/{size - 256}"]
        packed = [(bundles / name).read_bytes() for name in names]
        return [entry.decode() for one in packed for entry in unpack(one)]


def test_the_runbook(office: Office, backup: Backup, tmp_path: Path) -> None:
    old, new = office.origin, f"{office.origin.removesuffix('/e1')}/e2"
    vkeys = [*KEYS.vkeys(old), *KEYS.vkeys(new)]
    with watching(found(tmp_path, 3), vkeys) as witnesses:
        policy = parse_policy(policy_text(witnesses, 2))
        console = terminal(office, policy.text, tmp_path)
        site = tmp_path / "site"
        told = Rehearsal(office, backup, site, policy, console, old, new)
        publish_and_restore(told)
        with intake(office) as door:
            file(door, "taken in after the restore")
            refuse(told)
            closing = close(told)
            receipt = file(door, "taken in by the same program after the closing")
        assert receipt.entry.startswith(f"{new}/event@v1\n")
        check_stands(told, closing)
        office.sign(3)
        told.publish()
    check_opening(told)
    check_lost(told)
    check_receipts(told)
    check_verified(told, tmp_path / "trusted")


def publish_and_restore(told: Rehearsal) -> None:
    """Make a backup, publish more, lose the disk, and restore; people file again."""
    office = told.office
    office.sign(KEPT)
    told.publish()
    office.connection.close()
    told.backup.make()
    office.connection = office.connect()
    office.sign(LOST)
    told.publish()
    told.last = told.shown("e1")
    assert checkpoint_of(told.last).size == PUBLISHED
    office.connection.close()
    told.backup.restore()
    again(office)
    office.file(AFTER - 1)


@contextmanager
def intake(office: Office) -> Iterator[Casework]:
    """Open the door as a web process does, and keep it open."""
    log = open_log(connect_as(office.database.url, "probity_web", name="test"))
    with log.pool:
        yield Casework(log, MemoryVault())


def file(door: Casework, code: str) -> Receipt:
    command = EstablishUnit(code=code, name=code)
    return door.handle(command, by=CLERK, at=datetime.now(UTC))


def refuse(told: Rehearsal) -> None:
    """See that the log refuses, and each witness if the log forgot what it signed."""
    office = told.office
    assert store.origin(office.connection).size == KEPT + AFTER
    with pytest.raises(Behind, match=r"docs/restore\.md"):
        office.sign()

    held = Held(told.old, 1)
    held.read_on(office.connection, KEPT + AFTER)
    forked = Checkpoint(told.old, held.size, held.root(held.size))
    witnesses = Witnesses(told.policy)
    note = parse(KEYS.note(forked, int(time.time())))
    heard = witnesses.ask(note, lambda _: [])
    witnesses.close()
    assert [one.cosignatures for one in heard] == [()] * 3
    said = f"has cosigned {PUBLISHED} entries, and the log has {KEPT + AFTER}"
    assert all(said in str(one.trouble) for one in heard)


def close(told: Rehearsal) -> Closing:
    """Close the old name, as the operator does, and look at the statement."""
    given = ("--from", str(told.site), "--reason", REASON, "--yes")
    statement = told.console.run("ledger", "epoch", *given)

    assert verified(parse(statement), told.office.public_keys(told.old))
    assert (told.site / "e1/closing-e2").read_text() == statement
    closing = parse_closing(parse(statement).text)
    assert (closing.origin, closing.next) == (told.old, told.new)
    assert closing.reason == REASON
    return closing


def check_stands(told: Rehearsal, closing: Closing) -> None:
    """See that the statement says what was, what is left, and what came after."""
    last = checkpoint_of(told.last)
    assert (closing.cosigned.size, closing.cosigned.root) == (last.size, last.root)
    assert closing.signed == closing.cosigned
    assert (closing.retained, closing.lost) == (KEPT, LOST)
    assert (closing.stands.size, closing.stranded) == (KEPT + AFTER, AFTER)


def check_opening(told: Rehearsal) -> None:
    """See that the next name is published, and begins with what became of the old."""
    note = parse(told.shown("e2"))
    checkpoint = told.policy.check(note, told.office.public_keys(told.new))
    topics = [entry.splitlines()[3] for entry in told.entries("e2")]
    assert checkpoint.size == 1 + LOST + 1 + 3
    assert topics[: 1 + LOST] == ["ledger.epoch-opened"] + ["ledger.entry-lost"] * LOST
    assert told.entries("e2")[0].startswith(f"{told.new}/event@v1\n")
    assert told.shown("e1") == told.last


def check_lost(told: Rehearsal) -> None:
    """See that what is lost is listed, with all that its entries said."""
    entries = told.entries("e1")[KEPT:]
    listed = told.console.json("ledger", "lost")
    assert [one["leaf"] for one in listed] == [leaf_of(one).hex() for one in entries]
    _, stream, version, topic, position, at, digest = entries[0].splitlines()
    first = {**listed[0], "recorded_at": datetime.fromisoformat(at)}
    assert datetime.fromisoformat(listed[0]["recorded_at"]) == first["recorded_at"]
    assert first == {
        "origin": told.old,
        "index": KEPT,
        "leaf": leaf_of(entries[0]).hex(),
        "stream": stream,
        "version": int(version),
        "topic": topic,
        "position": int(position),
        "recorded_at": datetime.fromisoformat(at),
        "digest": digest,
    }


def check_receipts(told: Rehearsal) -> None:
    """See that receipts of what was retained hold, and of what was lost too."""
    entries, last = told.entries("e1"), parse(told.last)
    checkpoint = told.policy.check(last, told.office.public_keys(told.old))
    read = reading(Written(told.site / "e1").fetch(), checkpoint.size)
    for index in (7, PUBLISHED - 1):
        proof = inclusion(index, checkpoint.size, read)
        leaf = leaf_of(entries[index])
        check_inclusion(leaf, index, checkpoint.size, proof, checkpoint.root)
    kept = prove(told.office.connection, leaf_of(entries[7]), told.policy)
    assert checkpoint_of(kept.checkpoint).size == KEPT


def check_verified(told: Rehearsal, trusted: Path) -> None:
    """See that whoever verifies finds both trees whole."""
    for origin, epoch in ((told.old, "e1"), (told.new, "e2")):
        keys = told.console.run("ledger", "vkeys", "--origin", origin)
        trusted.write_text(keys)
        tiles = str(told.site / epoch)
        assert verify(("log", tiles, "--policy", str(trusted))) == 0
        dump = str(trusted.with_name("dump"))
        told.console.run("ledger", "dump", dump)
        assert verify(("log", dump, "--policy", str(trusted))) == 0
    told.console.run("verify")
