"""A leaf is exchanged for a proof that others can check."""

from hashlib import sha256

import pytest

from domain.errors import Unknown
from projections.ledger.errors import NotYet
from projections.ledger.proving import prove
from projections.ledger.sequencer import Sequencer
from projections.ledger.signing import Signing
from projections.ledger.standard.cosignature import ed25519_cosigner
from projections.ledger.standard.policy import parse_policy
from projections.ledger.standard.proof import Proof, parse
from projections.ledger.standard.tree import check_inclusion
from projections.ledger.store import entries, latest_signed, origin
from projections.postgres.address import Address
from tests.history import History
from tests.ledger.sequencing.trees import Connection, in_note, leaves, more
from tests.postgres import as_role

WITNESS = ed25519_cosigner("w1.example.org", bytes(32)).vkey
WITNESSED = parse_policy(f"witness w1 {WITNESS}\nquorum w1\n")
CLOSE = "INSERT INTO ledger.epoch (number, origin, first) VALUES (1, %s, 1)"
COSIGN = "INSERT INTO ledger.cosigned (origin, size, note) VALUES (%s, %s, %s)"


def holds(reader: Connection, leaf: bytes, proof: Proof) -> bool:
    """Check a proof as whoever received its text does; it must hold."""
    read = parse(proof.text())
    tree = in_note(origin(reader), read.checkpoint)
    check_inclusion(leaf, read.index, tree.size, read.hashes, tree.root)
    return True


def test_every_entry_under_the_checkpoint_is_proven_and_none_beyond(
    database: Address,
    writer: Connection,
    ledger: Connection,
    history: History,
    signing: Signing,
) -> None:
    more(history, writer, 300)
    Sequencer(ledger).catch_up()
    signing.sign(ledger)
    more(history, writer, 1)
    *known, young = leaves(writer)
    Sequencer(ledger).catch_up()

    with as_role(database, "probity_web") as web:
        assert all(holds(web, leaf, prove(web, leaf)) for leaf in known)
        with pytest.raises(NotYet) as early:
            prove(web, young)
        assert early.value.position == 301
        with pytest.raises(Unknown):
            prove(web, sha256(b"another").digest())
    signing.sign(ledger)
    assert holds(writer, young, prove(ledger, young))


def test_where_witnesses_are_asked_for_what_they_have_not_seen_is_not_published(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    signed = []
    for _ in range(2):
        more(history, writer, 5)
        Sequencer(ledger).catch_up()
        signing.sign(ledger)
        signed.append(latest_signed(ledger, origin(ledger).origin))
    first, *_, later, _, _ = leaves(writer)
    older, newer = signed
    assert older
    assert newer

    with pytest.raises(NotYet):
        prove(ledger, first, WITNESSED)
    ledger.execute(COSIGN, (origin(ledger).origin, older.size, older.note))

    assert prove(ledger, first, WITNESSED).checkpoint == older.note
    assert prove(ledger, first, parse_policy("quorum none\n")).checkpoint == newer.note
    with pytest.raises(NotYet):
        prove(ledger, later, WITNESSED)


def test_a_position_that_no_epoch_has_is_said_to_be_none(
    writer: Connection, ledger: Connection, history: History
) -> None:
    more(history, writer, 2)
    writer.execute("UPDATE log.head SET origin = 'example.org/e2', first = size + 1")

    with pytest.raises(LookupError, match="no epoch"):
        prove(ledger, leaf_at(writer, 1))


def leaf_at(reader: Connection, position: int) -> bytes:
    (row,) = entries(reader, position, position + 1)
    return row.leaf


def test_an_entry_of_a_closed_epoch_is_proven_in_the_tree_that_it_is_in(
    writer: Connection, ledger: Connection, history: History, signing: Signing
) -> None:
    first = origin(ledger)
    more(history, writer, 5)
    Sequencer(ledger).catch_up()
    signing.sign(ledger)
    writer.execute(CLOSE, (first.origin,))
    writer.execute("UPDATE log.head SET origin = 'example.org/e2', first = size + 1")
    more(history, writer, 3)
    Sequencer(ledger).catch_up()
    signing.sign(ledger)
    rows = writer.execute(
        "SELECT leaf FROM log.probity_events ORDER BY notification_id"
    ).fetchall()

    proofs = [prove(ledger, leaf) for (leaf,) in rows]

    assert [proof.index for proof in proofs] == [0, 1, 2, 3, 4, 0, 1, 2]
    old = in_note(first, proofs[2].checkpoint)
    check_inclusion(rows[2][0], 2, 5, proofs[2].hashes, old.root)
    assert holds(ledger, rows[6][0], proofs[6])
