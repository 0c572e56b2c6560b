"""Whoever runs a witness makes its keys, sees what it cosigned, is told mistakes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from projections.ledger.standard.note import parse_vkey
from tests.processes import mode
from tests.web.witness.running import running
from tests.web.witness.watched import Head, WatchedLog
from web.cli import main

LOG = WatchedLog("example.org/log")
NAME = "witness.example.org/w1"


def run(*words: str | Path) -> Result:
    """Type `probity witness ...`; it needs no database."""
    typed = ["witness", *map(str, words)]
    return CliRunner().invoke(main, typed, catch_exceptions=False)


def refused(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    return " ".join(result.stderr.split())


@pytest.fixture
def state(tmp_path: Path) -> Path:
    directory = tmp_path / "state"
    assert run("init", "--name", NAME, "--state", directory).exit_code == 0
    return directory


def test_the_keys_of_a_new_witness_are_printed(tmp_path: Path) -> None:
    result = run("init", "--name", NAME, "--state", tmp_path / "state")

    keys = [parse_vkey(line) for line in result.stdout.splitlines()]
    assert [(key.name, key.kind) for key in keys] == [(NAME, 4), (NAME, 6)]
    assert "Keep a copy" in result.stderr
    assert mode(tmp_path / "state") == 0o700
    files = (tmp_path / "state").iterdir()
    assert {mode(path) for path in files} == {0o600}


def test_a_new_witness_as_json(tmp_path: Path) -> None:
    result = run("init", "--name", NAME, "--state", tmp_path / "state", "--json")

    told = json.loads(result.stdout)
    assert told["name"] == NAME
    assert [parse_vkey(vkey).kind for vkey in told["vkeys"]] == [4, 6]


def test_a_witness_that_is_there_is_left_as_it_is(state: Path) -> None:
    before = run("status", "--state", state).stdout

    assert "a witness in" in refused("init", "--name", "other", "--state", state)
    assert run("status", "--state", state).stdout == before


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "n" * 256])
def test_a_name_that_no_key_can_have_is_refused(tmp_path: Path, name: str) -> None:
    refused("init", "--name", name, "--state", tmp_path / "state")

    assert not (tmp_path / "state").exists()


def test_what_was_begun_without_keys_is_begun_again(state: Path) -> None:
    (state / "witness.key").unlink()

    assert run("init", "--name", "another.example", "--state", state).exit_code == 0
    told = json.loads(run("status", "--state", state, "--json").stdout)
    assert told["name"] == "another.example"


def test_the_status_shows_what_was_cosigned_last(state: Path) -> None:
    assert "Nothing has been cosigned" in run("status", "--state", state).stderr
    with running(state, [LOG]) as witness:
        witness.post(LOG.body(0, Head(3)))

    told = json.loads(run("status", "--state", state, "--json").stdout)

    (log,) = told["logs"]
    assert (log["origin"], log["size"]) == (LOG.origin, 3)
    assert log["root"] in LOG.text(Head(3))
    assert log["cosigned_at"].endswith("+00:00")
    shown = run("status", "--state", state).stdout
    assert [*told["vkeys"], LOG.origin] == [
        *shown.splitlines()[:2],
        shown.splitlines()[3].split()[0],
    ]


def test_a_witness_watches_the_logs_of_a_trust_policy(state: Path) -> None:
    policy = state.parent / "policy"
    policy.write_text("".join(f"log {vkey}\n" for vkey in LOG.vkeys) + "quorum none\n")

    with running(state, [], more=["--policy", str(policy)]) as witness:
        assert witness.post(LOG.body(0, Head(3))).status == 200
    assert f"Watching {LOG.origin}" in witness.said


def test_a_witness_of_nothing_is_a_mistake(state: Path) -> None:
    assert "--log VKEY" in refused("serve", "--state", state)


@pytest.mark.parametrize("words", [("status",), ("serve", "--log", LOG.vkeys[0])])
def test_where_there_is_no_witness_that_is_told(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = refused(*words, "--state", tmp_path / "none")

    assert "`probity witness init` makes one" in said
    assert not (tmp_path / "none").exists()


def test_what_is_no_key_of_a_log_is_told(state: Path) -> None:
    bad = state.parent / "policy"
    bad.write_text("quorum none")

    assert "not a verifier key" in refused("serve", "--state", state, "--log", "x")
    assert "newline" in refused("serve", "--state", state, "--policy", bad)


def test_without_its_record_the_keys_are_not_used(state: Path) -> None:
    (state / "cosigned.sqlite").unlink()

    for words in (("status",), ("serve", "--log", LOG.vkeys[0])):
        assert "begin again under a new name" in refused(*words, "--state", state)
    assert not (state / "cosigned.sqlite").exists()


def test_keys_that_others_may_read_are_not_used(state: Path) -> None:
    (state / "witness.key").chmod(0o644)

    said = refused("serve", "--state", state, "--log", LOG.vkeys[0])

    assert "open to others" in said


def test_a_record_that_cannot_be_kept_cosigns_nothing(state: Path) -> None:
    with running(state, [LOG]) as witness:
        assert witness.post(LOG.body(0, Head(2))).status == 200
        (state / "cosigned.sqlite").write_bytes(b"no database" * 1000)
        answer = witness.post(LOG.body(2, Head(3)))

    assert answer.status == 503
    assert answer.text == "the witness cannot keep its record now\n"
    assert "file is not a database" in witness.said
