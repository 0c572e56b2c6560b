"""What a note is worth: to whom it is signed, and whether it is as it was signed."""

import pytest

from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.note import Note, parse
from projections.ledger.standard.policy import parse_policy
from projections.ledger.verifier.judging.trust import (
    Anchor,
    Edited,
    Foreign,
    Kept,
    weigh,
)
from tests.ledger.verifying.register import ORIGIN, cosigned, policy, signed

POLICY = parse_policy(policy())
HEAD = Checkpoint(ORIGIN, 5, bytes(32))
WHOLE = parse(cosigned(signed(HEAD)))


def worth(note: Note | str, size: int | None = None, origin: str = "") -> object:
    return weigh(Kept("a note", str(note), size=size, origin=origin), POLICY)


def without(*names: str) -> Note:
    kept = (one for one in WHOLE.signatures if one.name not in names)
    return Note(WHOLE.text, tuple(kept))


def test_a_note_with_its_quorum_is_accepted() -> None:
    found = worth(WHOLE, size=5, origin=ORIGIN)

    assert isinstance(found, Anchor)
    assert (found.accepted, found.checkpoint) == (True, HEAD)


def test_without_its_quorum_only_the_log_stands_for_it() -> None:
    found = worth(without("witness1.example"))

    assert isinstance(found, Anchor)
    assert not found.accepted


def test_what_the_log_has_not_signed_is_no_checkpoint_of_it() -> None:
    found = worth(without(ORIGIN))

    assert isinstance(found, Edited)
    assert found.why == "it does not carry the signature of the log"


def test_lines_of_keys_that_nobody_knows_are_ignored() -> None:
    stranger = parse(signed(Checkpoint("stranger.example", 5, bytes(32)))).signatures
    more = Note(WHOLE.text, (*WHOLE.signatures, *stranger))

    assert isinstance(worth(more), Anchor)


@pytest.mark.parametrize("nth", range(len(WHOLE.signatures)))
def test_no_bit_of_a_known_signature_may_be_another(nth: int) -> None:
    lines = str(WHOLE).splitlines(keepends=True)
    at = len(lines) - len(WHOLE.signatures) + nth
    place = lines[at].rindex(" ") + 40
    lines[at] = (
        lines[at][:place] + "AB"[lines[at][place] == "A"] + lines[at][place + 1 :]
    )
    known = nth != 1  # the log's second key is not in the policy

    assert isinstance(worth("".join(lines)), Edited if known else Anchor)


def test_what_stands_beside_a_note_must_be_in_it() -> None:
    assert isinstance(worth(WHOLE, size=6, origin=ORIGIN), Edited)
    assert isinstance(worth(WHOLE, size=5, origin="another"), Edited)


def test_the_key_of_one_epoch_is_that_of_the_others_and_of_no_other_log() -> None:
    def of(origin: str) -> object:
        return worth(cosigned(signed(Checkpoint(origin, 5, bytes(32)))))

    assert isinstance(of("register.example/log/e2"), Anchor)
    assert isinstance(of("register.example/log/e02"), Foreign)
    assert isinstance(of("register.example/e1"), Foreign)
    assert isinstance(of("register.example/log/e1/e1"), Foreign)
