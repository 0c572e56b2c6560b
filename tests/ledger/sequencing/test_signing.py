"""What was signed is never contradicted, whatever became of the database meanwhile."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from domain.errors import VaultClosed
from projections.ledger.errors import Behind, Forgotten, Inconsistent
from projections.ledger.keyfile import ED25519, create
from projections.ledger.seen import Head, Moved, Seen
from projections.ledger.sequencer import Sequencer
from projections.ledger.signing import Signing, open_signing
from projections.ledger.store import origin
from tests.history import History
from tests.ledger.sequencing.trees import (
    KEYS,
    Connection,
    assert_of_one_tree,
    checkpoints,
    forget,
    in_note,
    leaves,
    more,
    signed,
    tamper,
)


def grown(
    writer: Connection, ledger: Connection, history: History, *counts: int
) -> None:
    """Let so many events come, and a checkpoint over them; and so on."""
    for count in counts:
        more(history, writer, count)
        Sequencer(ledger).catch_up()


def refused(signing: Signing, connection: Connection, kind: type[Exception]) -> str:
    """Demand that it does not sign, and remembers what it did; return what it says."""
    name = origin(connection).origin
    before = signing.seen.latest(name), signed(connection)
    with pytest.raises(kind) as error:
        signing.sign(connection)
    assert (signing.seen.latest(name), signed(connection)) == before
    return str(error.value)


def test_each_new_checkpoint_is_signed_once_by_both_keys(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    assert not signing.sign(ledger)
    for count in (1, 255, 4):
        grown(writer, ledger, history, count)
        assert signing.sign(ledger)
        assert not signing.sign(ledger)

    assert [one.size for one in signed(writer)] == [1, 256, 260]
    assert signed(writer) == checkpoints(writer)
    assert_of_one_tree(signed(writer), leaves(writer))


def test_checkpoints_that_were_passed_over_are_left_unsigned(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    grown(writer, ledger, history, 3, 4, 5)

    assert signing.sign(ledger)

    assert [one.size for one in signed(writer)] == [12]


def test_a_database_that_holds_less_than_was_signed_is_refused(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    grown(writer, ledger, history, 3, 4)
    signing.sign(ledger)
    tamper(writer, "ledger.signed", "DELETE FROM ledger.signed")
    older = "DELETE FROM ledger.checkpoint WHERE size > 3"
    tamper(writer, "ledger.checkpoint", older)

    said = refused(signing, ledger, Behind)

    assert "has 3 entries here, and a checkpoint over 7 was signed" in said
    assert "docs/restore.md" in said
    forget(writer)
    assert "has 0 entries here" in refused(signing, ledger, Behind)


def test_a_restored_database_that_outgrew_what_was_signed_is_refused(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    grown(writer, ledger, history, 9)
    name = origin(ledger).origin
    # As if the last of nine had been another, before an older copy was put back.
    other = [*leaves(writer)[:8], sha256(b"another").digest()]
    lost = sha256(b"".join(other)).digest()
    signing.seen.advance(name, 0, Head(9, lost, "a note"))

    assert "not what was signed over 9" in refused(signing, ledger, Inconsistent)
    grown(writer, ledger, history, 5)
    said = refused(signing, ledger, Inconsistent)
    assert "the proof from 9 to 14" in said
    assert "docs/restore.md" in said


@pytest.mark.parametrize("table", ["tile", "checkpoint"])
def test_a_tree_that_was_edited_is_not_signed(
    writer: Connection,
    ledger: Connection,
    history: History,
    signing: Signing,
    table: str,
) -> None:
    grown(writer, ledger, history, 9)
    edit = {
        "tile": "UPDATE ledger.tile SET data = sha256(data) || substr(data, 33)",
        "checkpoint": "UPDATE ledger.checkpoint SET root = sha256(root)",
    }
    tamper(writer, f"ledger.{table}", edit[table])

    assert "another root than the checkpoint" in refused(signing, ledger, Inconsistent)
    assert signing.seen.origins() == []


def test_tiles_that_are_gone_are_missed(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    grown(writer, ledger, history, 9)
    tamper(writer, "ledger.tile", "DELETE FROM ledger.tile")

    assert "tile/0/000.p/9 has 0 bytes" in refused(signing, ledger, Inconsistent)


def test_whoever_lost_the_memory_of_what_was_signed_signs_nothing(
    writer: Connection,
    ledger: Connection,
    history: History,
    signing: Signing,
    tmp_path: Path,
) -> None:
    grown(writer, ledger, history, 3)
    signing.sign(ledger)
    grown(writer, ledger, history, 3)

    new = replace(signing, seen=Seen(tmp_path / "empty"))

    assert "PROBITY_LOG_SIGNED_FILE" in refused(new, ledger, Forgotten)


def test_what_was_signed_before_a_crash_is_given_out_after_it_and_not_signed_again(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    grown(writer, ledger, history, 3)
    replace(signing, clock=lambda: 1_000_000_000).sign(ledger)
    kept = signing.seen.latest(origin(ledger).origin)
    tamper(writer, "ledger.signed", "DELETE FROM ledger.signed")

    assert signing.sign(ledger)

    note = writer.execute("SELECT note FROM ledger.signed").fetchone()
    assert kept
    assert note == (kept.note,)
    assert in_note(origin(ledger), kept.note).size == 3


def test_of_two_that_sign_with_one_memory_the_second_starts_again(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    grown(writer, ledger, history, 3)

    class Late(Seen):
        """Another process moves it on after we looked."""

        def latest(self, log: str) -> Head | None:
            found = super().latest(log)
            if found is None:
                signing.sign(ledger)
            return found

    with pytest.raises(Moved):
        replace(signing, seen=Late(signing.seen.path)).sign(ledger)

    assert not signing.sign(ledger)


def test_a_new_origin_begins_a_memory_of_its_own(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    grown(writer, ledger, history, 5)
    signing.sign(ledger)
    writer.execute("UPDATE log.head SET origin = 'example.org/e2', first = size + 1")
    grown(writer, ledger, history, 2)

    assert signing.sign(ledger)

    assert [(one.origin, one.size) for one in signed(writer)] == [("example.org/e2", 2)]


def test_the_files_are_those_that_the_environment_names(tmp_path: Path) -> None:
    key, half = tmp_path / "ledger.key", tmp_path / "half.key"
    create(key)
    create(half, [ED25519])
    memory = {"PROBITY_LOG_SIGNED_FILE": str(tmp_path / "new/signed")}

    opened = open_signing({**memory, "PROBITY_LOG_KEY_FILE": str(key)})

    assert opened.seen.path == tmp_path / "new/signed"
    with pytest.raises(VaultClosed, match="no ml-dsa-44 key"):
        open_signing({**memory, "PROBITY_LOG_KEY_FILE": str(half)})
    with pytest.raises(VaultClosed, match="cannot be read"):
        open_signing({**memory, "PROBITY_LOG_KEY_FILE": str(tmp_path / "none")})


def test_the_keys_show_nothing_of_themselves() -> None:
    assert repr(KEYS) == "Keys()"
