"""A witness answers as C2SP tlog-witness says, to the letter."""

from hashlib import sha256
from itertools import pairwise

import pytest

from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.cosignature import timestamp_of
from projections.ledger.standard.note import Note, Signature, ed25519_signer, parse
from projections.ledger.standard.signature import encoded
from tests.web.witness.running import Running
from tests.web.witness.stored import address
from tests.web.witness.watched import FALSE, Head, WatchedLog, request


def stored(witness: Running, log: WatchedLog) -> Note:
    answer = witness.get(address(log))
    assert answer.status == 200
    return parse(answer.text)


def test_what_only_grows_is_cosigned_by_both_keys(
    witness: Running, log: WatchedLog
) -> None:
    for old, new in pairwise((0, 1, 2, 3, 7, 8, 8, 64, 65, 1000)):
        answer = witness.post(log.body(old, Head(new)))

        assert answer.status == 200, answer
        assert all(line.startswith("\u2014 ") for line in answer.text.splitlines())
        found = witness.cosigned(log.text(Head(new)), answer)
        assert [len(one.value) for one in found] == [72, 2428]
        assert all(timestamp_of(one) > 1_700_000_000 for one in found)


def test_the_empty_tree_is_cosigned_too(witness: Running, log: WatchedLog) -> None:
    for new in (0, 0, 3):
        answer = witness.post(log.body(0, Head(new)))

        assert answer.status == 200
        assert witness.cosigned(log.text(Head(new)), answer)


def test_the_last_checkpoint_is_shown_with_all_signatures_of_the_log_and_ours(
    witness: Running, log: WatchedLog
) -> None:
    head = Head(6)
    stranger = ed25519_signer("example.org/stranger", bytes(32)).sign(log.text(head))
    by_log = log.note(head).signatures
    note = Note(log.text(head), (stranger, *by_log))
    cosignatures = witness.cosigned(
        note.text, witness.post(request("old 0", note=note))
    )

    shown = stored(witness, log)

    assert shown.text == note.text
    assert shown.signatures == (*by_log, *cosignatures)


@pytest.mark.parametrize("path", [sha256(b"").hexdigest(), "checkpoint", "../name"])
def test_of_a_log_that_was_never_cosigned_there_is_no_checkpoint(
    witness: Running, log: WatchedLog, path: str
) -> None:
    assert witness.get(address(log)).status == 404
    assert witness.get(address(log).upper()).status == 404
    assert witness.get(f"/{path}/checkpoint").status == 404


def test_another_old_size_is_answered_with_the_right_one(
    witness: Running, log: WatchedLog
) -> None:
    first = witness.post(log.body(4, Head(6)))
    witness.post(log.body(0, Head(6)))
    others = [witness.post(log.body(old, Head(9))) for old in (0, 5, 7, 9)]

    assert (first.status, first.kind, first.text) == (409, "text/x.tlog.size", "0\n")
    for answer in others:
        assert (answer.status, answer.kind) == (409, "text/x.tlog.size")
        assert answer.text == "6\n"
    assert stored(witness, log).text == log.text(Head(6))


def test_a_smaller_tree_is_never_cosigned(witness: Running, log: WatchedLog) -> None:
    witness.post(log.body(0, Head(6)))

    assert witness.post(log.body(6, Head(5))).status == 400
    for old in range(6):
        assert witness.post(log.body(old, Head(5))).status == 409
    assert stored(witness, log).text == log.text(Head(6))


def test_another_history_is_never_cosigned(witness: Running, log: WatchedLog) -> None:
    witness.post(log.body(0, Head(6)))
    true = Head(9).proof_from(6)

    for head in (Head(6, FALSE), Head(9, FALSE)):
        for proof in (None, [], true, true[:-1], [*true, bytes(32)], true[::-1]):
            answer = witness.post(log.body(6, head, proof))
            assert answer.status == 422, (head, proof)
    assert stored(witness, log).text == log.text(Head(6))
    # What the log did sign may be proof against it.
    assert log.text(Head(9, FALSE)).splitlines()[2] in witness.said


def test_a_proof_that_does_not_prove_is_refused(
    witness: Running, log: WatchedLog
) -> None:
    witness.post(log.body(0, Head(6)))
    true = Head(9).proof_from(6)

    for proof in ([], true[:-1], true[1:], [*true, bytes(32)], [bytes(32)] * 63):
        assert witness.post(log.body(6, Head(9), proof)).status == 422
    assert witness.post(log.body(6, Head(9), true)).status == 200


def test_from_nothing_and_to_the_same_size_the_proof_is_empty(
    witness: Running, log: WatchedLog
) -> None:
    assert witness.post(log.body(0, Head(6), [bytes(32)])).status == 422
    assert witness.post(log.body(0, Head(6))).status == 200
    assert witness.post(log.body(6, Head(6), [bytes(32)])).status == 422
    assert witness.post(log.body(6, Head(6))).status == 200


def test_an_empty_tree_has_the_root_of_nothing(
    witness: Running, log: WatchedLog
) -> None:
    text = Checkpoint(log.origin, 0, bytes(32)).text()

    assert witness.post(request("old 0", note=log.signed(text))).status == 422
    assert witness.get(address(log)).status == 404


def test_a_log_that_is_not_watched_is_not_found(
    witness: Running, log: WatchedLog
) -> None:
    stranger = WatchedLog("example.org/stranger")
    text = stranger.text(Head(3))
    # A key that we know does not speak for another log.
    under = (*stranger.note(Head(3)).signatures, log.by_ed25519(text))

    for note in (stranger.note(Head(3)), Note(text, under)):
        assert witness.post(request("old 0", note=note)).status == 404


def test_a_checkpoint_that_the_log_has_not_signed_is_forbidden(
    witness: Running, log: WatchedLog
) -> None:
    text, other = log.text(Head(3)), log.text(Head(4))
    stranger = ed25519_signer("example.org/stranger", bytes(32)).sign(text)
    impostor = ed25519_signer(log.origin, bytes(32)).sign(text)
    good, bad = log.by_ed25519(text), log.by_ed25519(other)
    bad_by_ml_dsa = log.by_ml_dsa(other)

    for under in (
        (stranger,),
        (impostor,),
        (bad,),
        (good, bad),
        (bad, good),
        (good, bad_by_ml_dsa),
        (Signature(log.origin, good.key_id, b"short"),),
    ):
        answer = witness.post(request("old 0", note=Note(text, under)))
        assert answer.status == 403, under
    assert witness.get(address(log)).status == 404


def test_one_key_of_the_log_is_enough(witness: Running, log: WatchedLog) -> None:
    for old, new, by in ((0, 2, log.by_ed25519), (2, 3, log.by_ml_dsa)):
        text = log.text(Head(new))
        lines = map(encoded, Head(new).proof_from(old))
        note = Note(text, (by(text),))
        assert witness.post(request(f"old {old}", *lines, note=note)).status == 200


def test_extension_lines_are_cosigned_and_a_line_twice_is_kept_once(
    witness: Running, log: WatchedLog
) -> None:
    text = f"{log.text(Head(3))}an extension line\n"
    note = Note(text, (log.by_ed25519(text),) * 100)

    for old in (0, 3, 3):
        assert witness.post(request(f"old {old}", note=note)).status == 200
    assert len(stored(witness, log).signatures) == 3
