"""Whoever runs a register sees how far its ledger is, and hands out what is needed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from projections.ledger.publishing.export import checkpoint_of
from projections.ledger.publishing.outlets import Outlets
from projections.ledger.publishing.publisher import Publisher
from projections.ledger.publishing.standing import LATEST, look, troubles
from projections.ledger.standard.note import parse_vkey
from projections.ledger.standard.policy import Policy, parse_policy
from projections.postgres.address import Address
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.played import Play, Played, down, honest, played
from tests.ledger.publishing.played import policy_of as policy_for
from tests.ledger.publishing.restoring import terminal as console
from tests.web.cli.terminal import Terminal

LONG_AGO = "the first of them since 2016-01-04 09:00 UTC"


@pytest.fixture
def office(database: Address, tmp_path: Path) -> Iterator[Office]:
    office = Office(database, tmp_path)
    yield office
    office.connection.close()


@pytest.fixture
def witnesses() -> Iterator[list[Played]]:
    with played("w1") as one, played("w2") as two, played("w3", down) as three:
        yield [one, two, three]


def publish(office: Office, policy: Policy) -> None:
    Publisher(office.connect, Outlets(policy)).publish(office.connection)


def says(answer: Play, witnesses: list[Played]) -> None:
    for witness in witnesses:
        witness.play = answer


def test_the_status_tells_how_far_everything_is(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    publish(office, policy)
    office.sign(2)
    office.file(1)

    told = console(office, policy.text, tmp_path).run("ledger", "status")

    first, *lines = told.splitlines()
    assert first == f"{office.origin}, quorum: 2 of w1, w2, w3"
    rows = {line.rpartition("  ")[0].split("  ")[0]: line for line in lines if line}
    assert rows["recorded"].split()[1] == "6"
    assert rows["in the tree"].split()[3] == "5"
    assert rows["signed"].split()[1] == "5"
    assert rows["published"].split()[1] == "3"
    assert any(line.startswith("w1 ") and " 3 " in line for line in lines)
    assert "Trouble: 1 entries are not signed" in told
    assert f"Trouble: 3 entries are not published, {LONG_AGO}" in told
    assert "Trouble: witness w3 answered with status 503." in told


def test_the_status_for_programs(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    says(honest, witnesses)
    publish(office, policy)

    told = console(office, policy.text, tmp_path).json("ledger", "status")

    assert told["origin"] == office.origin
    assert told["quorum"] == "2 of w1, w2, w3"
    assert [(one["step"], one["entries"]) for one in told["steps"]] == [
        ("recorded", 3),
        ("in the tree", 3),
        ("signed", 3),
        ("published", 3),
    ]
    assert [one["name"] for one in told["witnesses"]] == ["w1", "w2", "w3"]
    assert (told["late"], told["waiting_since"], told["trouble"]) == (False, None, [])


def test_a_register_without_witnesses_is_told_so(terminal: Terminal) -> None:
    assert "quorum: none" in terminal.run("ledger", "status")
    (trouble,) = terminal.json("ledger", "status")["trouble"]
    assert "the log's own word" in trouble


def test_trouble_is_told_once_it_lasts(office: Office, witnesses: list[Played]) -> None:
    policy = policy_for(witnesses, 2)
    says(honest, witnesses)
    office.sign(2)
    at = office.history.records[0].recorded_at
    standing = look(office.connection, policy)

    assert troubles(standing, policy, at + LATEST) == []
    (late,) = troubles(standing, policy, at + LATEST + timedelta(seconds=1))
    assert late.startswith("2 entries are not published")


def test_a_single_witness_may_be_the_quorum(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    text = f"{witnesses[0].line}quorum w1\n"

    assert ", quorum: w1\n" in console(office, text, tmp_path).run("ledger", "status")


def test_what_is_published_is_exported(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    publish(office, policy)
    office.sign(2)
    site, at = tmp_path / "site", console(office, policy.text, tmp_path)

    told = at.json("ledger", "export", str(site), "--entries")

    assert told == {"origin": office.origin, "entries": 3}
    assert checkpoint_of((site / "e1/checkpoint").read_text()).size == 3
    assert (site / "e1/tile/entries/000.p/3").exists()
    assert "3 entries of" in at.type("ledger", "export", str(site)).stderr


def test_before_anything_is_published_there_is_nothing_to_export(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    at = console(office, policy.text, tmp_path)

    assert "nothing is published yet" in at.refused(
        "ledger", "export", str(tmp_path / "site")
    )


def test_the_keys_are_printed_as_a_policy_that_trusts_what_is_published(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    publish(office, policy)

    text = console(office, policy.text, tmp_path).run("ledger", "vkeys")

    note = office.cosigned()
    assert note is not None
    trusted = parse_policy(text)
    assert trusted.check(note).size == 3
    assert trusted.logs == office.public_keys()
    (receipts,) = [line for line in text.splitlines() if line.startswith("# receipts ")]
    assert parse_vkey(receipts.split()[2]).name == f"{office.origin}/receipts"


def test_the_keys_of_another_epoch_are_printed_without_those_of_this_one(
    office: Office, tmp_path: Path
) -> None:
    """No policy may have one public key twice, and the log keeps its keys."""
    first, second = office.public_keys()
    ours = f"log {first.vkey}\nlog {second.vkey}\n"
    at = console(office, f"{ours}# a comment\nquorum none\n", tmp_path)

    text = at.run("ledger", "vkeys", "--origin", "example.org/log/e2")

    assert {key.name for key in parse_policy(text).logs} == {"example.org/log/e2"}
    assert "# a comment\nquorum none\n" in text
    plain = console(office, None, tmp_path).run("ledger", "vkeys")
    assert plain.endswith("quorum none\n")


def test_without_its_keys_the_register_says_where_to_ask(terminal: Terminal) -> None:
    terminal.variables["PROBITY_LOG_KEY_FILE"] = str(terminal.directory / "none")

    assert "run this where the sequencer runs" in terminal.refused("ledger", "vkeys")


def test_a_policy_that_cannot_be_read_is_told_as_what_it_is(terminal: Terminal) -> None:
    terminal.variables["PROBITY_LEDGER_POLICY"] = terminal.file("policy", "witness\n")

    assert "line 1 of the policy" in terminal.refused("ledger", "status")


def test_an_epoch_is_closed_only_where_something_is_lost(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    publish(office, policy)
    at = console(office, policy.text, tmp_path)
    site = str(tmp_path / "site")
    at.run("ledger", "export", site)
    before = office.origin

    assert "go on under its name" in at.refused(
        "ledger", "epoch", "--from", site, "--yes"
    )
    assert at.type("ledger", "epoch", "--from", site, says="n\n").exit_code == 1
    assert "Missing option '--from'" in at.refused("ledger", "epoch", code=2)
    assert office.origin == before
    assert "No entry is known to be lost" in at.type("ledger", "lost").stderr


def lost_memory(terminal: Terminal, tmp_path: Path) -> None:
    """Let the file be gone that remembers what was signed."""
    terminal.variables["PROBITY_LOG_SIGNED_FILE"] = str(tmp_path / "new.signed")


def test_the_statement_that_closes_an_epoch_is_data_too(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    publish(office, policy)
    at = console(office, policy.text, tmp_path)
    site = tmp_path / "site"
    at.run("ledger", "export", str(site))
    lost_memory(at, tmp_path)

    told = at.json("ledger", "epoch", "--from", str(site), "--yes")

    assert told["origin"] == office.origin
    assert told["origin"].endswith("/e2")
    assert told["lost"] == []
    assert (site / "e1/closing-e2").read_text() == told["closing"]
    assert at.json("ledger", "lost") == []


def test_a_statement_that_cannot_be_written_beside_the_tree_is_printed_all_the_same(
    office: Office, witnesses: list[Played], tmp_path: Path
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    publish(office, policy)
    at = console(office, policy.text, tmp_path)
    site = tmp_path / "site"
    at.run("ledger", "export", str(site))
    (site / "e1/closing-e2").mkdir()
    lost_memory(at, tmp_path)

    result = at.type("ledger", "epoch", "--from", str(site), "--yes")

    assert result.exit_code == 0
    assert result.stdout.startswith(office.origin.replace("/e2", "/e1/closing@v1"))
    assert "closing-e2 cannot be written" in result.stderr


@pytest.mark.parametrize("reason", ["two\nlines", "", "  "])
def test_an_epoch_is_not_opened_for_a_reason_that_says_nothing_or_too_much(
    office: Office, witnesses: list[Played], tmp_path: Path, reason: str
) -> None:
    policy = policy_for(witnesses, 2)
    office.sign(3)
    publish(office, policy)
    at = console(office, policy.text, tmp_path)
    site = str(tmp_path / "site")
    at.run("ledger", "export", site)
    lost_memory(at, tmp_path)

    given = ("--from", site, "--reason", reason, "--yes")
    result = at.type("ledger", "epoch", *given)

    assert result.exit_code in {1, 2}
    assert "reason" in result.stderr
    assert office.origin.endswith("/e1")
