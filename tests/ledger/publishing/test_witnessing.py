"""The client of witnesses: what it sends, what it believes, and whom it waits for."""

import time
from collections.abc import Callable

import pytest

from projections.ledger.publishing.peer import Heard, Prove, Submission
from projections.ledger.publishing.witnessing import Witnesses
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.cosignature import Cosigner, ml_dsa_cosigner
from projections.ledger.standard.note import (
    Note,
    ed25519_signer,
    parse,
    parse_vkey,
    verified,
)
from projections.ledger.standard.policy import parse_policy
from projections.ledger.standard.tree import (
    check_consistency,
    consistency,
    fold,
    leaf_hash,
    root_of,
)
from tests.ledger.publishing import played
from tests.ledger.publishing.office import KEYS
from tests.ledger.publishing.played import Answer, Asked, Played, honest, policy_of

Run = Callable[..., list[Played]]
ORIGIN = "register.example/e1"
LEAVES = [leaf_hash(bytes([n])) for n in range(100)]


def signed(size: int) -> Note:
    """Return the checkpoint over so many of the leaves, signed by the log."""
    text = Checkpoint(ORIGIN, size, root_of(LEAVES[:size])).text()
    return Note(text, (ed25519_signer(ORIGIN, KEYS.ed25519).sign(text),))


def proving(size: int) -> Prove:
    def read(level: int, n: int) -> bytes:
        return fold(b"".join(LEAVES[n << level : (n + 1) << level]))

    return lambda old: consistency(old, size, read)


def ask(witnesses: Witnesses, size: int) -> dict[str, Heard]:
    return {one.witness: one for one in witnesses.ask(signed(size), proving(size))}


def test_an_honest_witness_cosigns_and_is_remembered(play: Run) -> None:
    (w1,) = play(honest)
    witnesses = Witnesses(policy_of([w1], 1))

    for size in (5, 17, 17, 100):
        heard = ask(witnesses, size)["w1"]
        assert (heard.size, heard.trouble) == (size, None)
        note = Note(signed(size).text, heard.cosignatures)
        assert verified(note, [parse_vkey(w1.cosigner.vkey)])

    assert [(one.old, len(one.proof) > 0) for one in w1.asked] == [
        (0, False),
        (5, True),
        (17, False),
        (17, True),
    ]


def test_a_witness_that_knows_more_than_we_remember_is_asked_once_more(
    play: Run,
) -> None:
    (w1,) = play(honest)
    ask(Witnesses(policy_of([w1], 1)), 40)
    w1.asked.clear()

    heard = ask(Witnesses(policy_of([w1], 1)), 77)["w1"]

    assert heard.trouble is None
    assert [one.old for one in w1.asked] == [0, 40]
    proof = w1.asked[-1].proof
    check_consistency(40, root_of(LEAVES[:40]), 77, root_of(LEAVES[:77]), proof)


def said_later(*answers: Answer) -> Callable[[Played, Asked], Answer]:
    left = list(answers)
    return lambda _, __: left.pop(0)


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ([(409, "101\n")], "it has cosigned 101 entries, and the log has 100"),
        ([(409, "7\n"), (409, "8\n")], "another size each time"),
        ([(409, "-7\n")], "without the size"),
        ([(409, "007\n")], "without the size"),
        ([(409, "9" * 40)], "without the size"),
        ([(409, "")], "without the size"),
        ([(422, "")], "does not follow from what it cosigned"),
        ([(404, "")], "does not know this log"),
        ([(403, "")], "does not accept the signature"),
        ([(500, "<html>")], "status 500"),
        ([(302, "")], "status 302"),
        ([(200, "")], "no cosignature of this checkpoint"),
        ([(200, "garbage\n")], "no cosignature of this checkpoint"),
        ([(200, "\udcff\udcfe\n")], "no cosignature of this checkpoint"),
        ([(200, "\u2014 w1 AAAA\n")], "no cosignature of this checkpoint"),
        ([(200, "x" * 1_000_000)], "answers without end"),
    ],
)
def test_what_is_no_cosignature_is_told_as_what_it_is(
    play: Run, answers: list[Answer], trouble: str
) -> None:
    (w1,) = play(said_later(*answers))

    heard = ask(Witnesses(policy_of([w1], 1)), 100)["w1"]

    assert trouble in str(heard.trouble)
    assert heard.cosignatures == ()
    assert len(w1.asked) == len(answers)


def of_another_checkpoint(witness: Played, asked: Asked) -> Answer:
    return 200, witness.cosign(asked, signed(asked.checkpoint.size - 1).text)


def at_no_time(witness: Played, asked: Asked) -> Answer:
    return 200, witness.cosigner.cosign(asked.note.text, 0).line()


def by_somebody_else(witness: Played, asked: Asked) -> Answer:
    other = ml_dsa_cosigner(witness.cosigner.name, b"another key".ljust(32))
    return 200, other.cosign(asked.note.text, int(time.time())).line()


def by_the_log(witness: Played, asked: Asked) -> Answer:
    del witness
    return 200, "".join(one.line() for one in asked.note.signatures)


@pytest.mark.parametrize(
    "lie", [of_another_checkpoint, at_no_time, by_somebody_else, by_the_log]
)
def test_a_cosignature_that_does_not_verify_is_not_believed(
    play: Run, lie: played.Play
) -> None:
    (w1,) = play(lie)

    heard = ask(Witnesses(policy_of([w1], 1)), 100)["w1"]

    assert heard.cosignatures == ()
    assert heard.trouble
    assert heard.size == 0


def test_signatures_of_strangers_beside_its_own_are_ignored(play: Run) -> None:
    def with_strangers(witness: Played, asked: Asked) -> Answer:
        mine = witness.cosign(asked)
        return 200, by_somebody_else(witness, asked)[1] + mine + mine.replace(
            "/w1 ", "/x "
        )

    (w1,) = play(with_strangers)

    (cosignature,) = ask(Witnesses(policy_of([w1], 1)), 9)["w1"].cosignatures
    assert cosignature.name == w1.cosigner.name


def test_a_witness_that_lied_of_its_size_is_asked_again_as_before(play: Run) -> None:
    answers = iter([(409, "1000\n")])
    (w1,) = play(lambda witness, asked: next(answers, None) or honest(witness, asked))
    witnesses = Witnesses(policy_of([w1], 1))

    assert ask(witnesses, 10)["w1"].trouble
    assert ask(witnesses, 10)["w1"].trouble is None


def test_a_slow_witness_holds_up_nobody_and_is_not_asked_twice_at_once(
    play: Run,
) -> None:
    w1, w2, w3 = play(honest, played.slow, honest)
    witnesses = Witnesses(policy_of([w1, w2, w3], 2), patience=60.0)

    first = ask(witnesses, 10)
    second = ask(witnesses, 20)

    cosigned = [name for name, one in first.items() if one.cosignatures]
    assert cosigned == ["w1", "w3"]
    assert first["w2"].trouble == "did not answer in time"
    assert second["w2"].trouble == "has not answered yet"
    assert second["w1"].cosignatures
    assert len(w2.asked) == 1


def test_too_few_answers_are_waited_for_no_longer_than_told(play: Run) -> None:
    w1, w2 = play(honest, played.slow)
    witnesses = Witnesses(policy_of([w1, w2], "all"), patience=0.2)

    heard = ask(witnesses, 10)

    assert heard["w1"].cosignatures
    assert heard["w2"].trouble == "did not answer in time"


def test_a_witness_nobody_listens_for_is_out_of_reach(play: Run) -> None:
    (w1,) = play(honest)
    gone = Played("gone", w1.cosigner, honest, url="http://127.0.0.1:1")
    mute = Played("mute", by_seed("mute"), honest)

    heard = ask(Witnesses(policy_of([gone, mute], 1)), 10)

    assert heard["gone"].trouble == "is out of reach (ConnectionError)"
    assert heard["mute"].trouble == "has no URL in the policy, and cannot be asked"


def by_seed(name: str) -> Cosigner:
    return ml_dsa_cosigner(f"witness.example/{name}", name.encode().ljust(32))


def test_a_proof_that_cannot_be_had_is_trouble_with_that_witness_alone(
    play: Run,
) -> None:
    w1, w2 = play(honest, honest)
    w2.size = 3
    witnesses = Witnesses(policy_of([w1, w2], 1))

    def broken(old: int) -> list[bytes]:
        raise LookupError(old)

    heard = {one.witness: one for one in witnesses.ask(signed(10), broken)}

    assert heard["w1"].cosignatures
    assert "could not be asked" in str(heard["w2"].trouble)


def test_what_is_posted_is_to_the_letter() -> None:
    note = signed(8)
    body = Submission(note, proving(8)).body(6).decode()

    head, _, rest = body.partition("\n\n")
    assert head.startswith("old 6\n")
    assert len(head.splitlines()) == 1 + len(proving(8)(6))
    assert parse(rest) == note


def test_where_there_are_no_witnesses_nobody_is_asked() -> None:
    assert Witnesses(parse_policy("quorum none\n")).ask(signed(3), proving(3)) == []
