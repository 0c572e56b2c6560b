"""Trust policies are those of C2SP tlog-policy: logs, witnesses, groups, a quorum."""

from itertools import combinations
from pathlib import Path

import pytest

from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.cosignature import (
    Cosigner,
    ed25519_cosigner,
    ml_dsa_cosigner,
)
from projections.ledger.standard.note import Note, Signature, ed25519_signer, parse_vkey
from projections.ledger.standard.policy import (
    BadPolicy,
    Policy,
    Untrusted,
    parse_policy,
    read_policy,
)

ORIGIN = "example.org/log"
CHECKPOINT = Checkpoint(ORIGIN, 7, b"r" * 32)
TEXT = CHECKPOINT.text()
LOG = ed25519_signer(ORIGIN, bytes(32))
SIX = ("X1", "X2", "X3", "Y1", "Y2", "Y3")


def cosigner(name: str) -> Cosigner:
    make = ml_dsa_cosigner if name.endswith("3") else ed25519_cosigner
    return make(f"{name.lower()}.example", name.encode().ljust(32))


COSIGNERS = {name: cosigner(name) for name in SIX}
WITNESSES = "".join(
    f"witness {name} {one.vkey} https://{name}.example/w\n"
    for name, one in COSIGNERS.items()
)
# The example of the specification, with keys.
TWO_LEVELS = f"""\
log {LOG.vkey}

{WITNESSES}
group X-witnesses 2 X1 X2 X3
group Y-witnesses any Y1 Y2 Y3
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def note_by(*names: str, text: str = TEXT) -> Note:
    cosignatures = [COSIGNERS[name].cosign(text, 1) for name in names]
    return Note(text, (LOG.sign(text), *cosignatures))


def trusts(policy: Policy, note: Note) -> bool:
    try:
        return policy.check(note).size == 7
    except Untrusted:
        return False


def test_the_example_of_the_specification_asks_for_two_of_one_and_one_of_others() -> (
    None
):
    policy = parse_policy(TWO_LEVELS)

    for count in range(len(SIX) + 1):
        for names in combinations(SIX, count):
            of_x = sum(name.startswith("X") for name in names)
            enough = of_x >= 2 and count > of_x
            assert trusts(policy, note_by(*names)) == enough


def test_a_policy_tells_its_logs_and_witnesses_and_its_own_text() -> None:
    policy = parse_policy(TWO_LEVELS)

    assert [log.vkey for log in policy.logs] == [LOG.vkey]
    assert list(policy.witnesses) == list(SIX)
    assert policy.witnesses["X1"].url == "https://X1.example/w"
    assert policy.witnesses["X1"].verifier.vkey == COSIGNERS["X1"].vkey
    assert policy.needs_witnesses
    assert policy.text == TWO_LEVELS


def test_one_cosignature_counts_once_however_often_it_is_there() -> None:
    note = note_by("X1", "X1", "Y1")

    assert not trusts(parse_policy(TWO_LEVELS), note)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Untrusted, match=r"'X-and-Y' is not reached: .* X1, X3$"):
        parse_policy(TWO_LEVELS).check(note_by("X2", "Y1", "Y2", "Y3"))


def test_a_single_witness_may_be_the_quorum() -> None:
    policy = parse_policy(f"{WITNESSES}log {LOG.vkey}\nquorum X3\n")

    assert trusts(policy, note_by("X3"))
    assert not trusts(policy, note_by("X1", "X2", "Y1"))


def test_a_policy_without_witnesses_asks_for_the_log_alone() -> None:
    policy = parse_policy(f"log {LOG.vkey}\nquorum none\n")

    assert policy.check(note_by()) == CHECKPOINT
    assert not policy.needs_witnesses
    assert trusts(policy, note_by("X1"))  # an unknown key, which is ignored


def test_a_log_that_is_known_from_elsewhere_need_not_be_listed() -> None:
    policy = parse_policy(f"{WITNESSES}quorum X1\n")

    assert policy.check(note_by("X1"), [parse_vkey(LOG.vkey)]) == CHECKPOINT
    with pytest.raises(Untrusted, match=r"no key of the log 'example\.org/log'"):
        policy.check(note_by("X1"))


def test_the_log_of_the_origin_itself_must_have_signed() -> None:
    other = ed25519_signer("example.org/other", b"o" * 32)
    policy = parse_policy(f"log {LOG.vkey}\nlog {other.vkey}\n{WITNESSES}quorum X1\n")
    by_witness = Note(TEXT, (COSIGNERS["X1"].cosign(TEXT, 1),))
    by_other = Note(TEXT, (other.sign(TEXT), COSIGNERS["X1"].cosign(TEXT, 1)))

    for note in (by_witness, by_other):
        with pytest.raises(Untrusted, match="itself has not signed"):
            policy.check(note)


def test_any_one_key_of_the_log_is_enough_and_both_are_verified() -> None:
    second = ml_dsa_cosigner(ORIGIN, bytes(32))
    policy = parse_policy(f"log {LOG.vkey}\nlog {second.vkey}\nquorum none\n")
    good, bad = second.cosign(TEXT, 1), Signature(ORIGIN, second.key_id, bytes(2428))

    assert trusts(policy, Note(TEXT, (good,)))
    assert trusts(policy, Note(TEXT, (LOG.sign(TEXT), good)))
    with pytest.raises(Untrusted, match="does not fit"):
        policy.check(Note(TEXT, (LOG.sign(TEXT), bad)))


def test_a_bad_cosignature_by_a_known_witness_spoils_the_note() -> None:
    bad = Signature("y3.example", COSIGNERS["Y3"].key_id, bytes(2428))
    note = Note(TEXT, (*note_by("X1", "X2", "Y1").signatures, bad))

    with pytest.raises(Untrusted, match=r"by y3\.example does not fit"):
        parse_policy(TWO_LEVELS).check(note)


def test_a_note_that_is_no_checkpoint_is_not_trusted() -> None:
    text = "hello\n"

    with pytest.raises(Untrusted, match="a checkpoint is three lines"):
        parse_policy(f"log {LOG.vkey}\nquorum none\n").check(
            Note(text, (LOG.sign(text),))
        )


def test_comments_blanks_and_empty_lines_are_ignored() -> None:
    policy = parse_policy(
        f"\n# quorum X1\n \t # more\n\t log\t{LOG.vkey}  \t\n   \nquorum \t none \n"
    )

    assert trusts(policy, note_by())


def test_names_are_octets_and_only_ascii_blanks_part_them(tmp_path: Path) -> None:
    vkey = COSIGNERS["X1"].vkey
    file = tmp_path / "policy"
    file.write_bytes(
        b"# \xff\nwitness K\xc2\xa0\xff " + vkey.encode() + b"\nquorum K\xc2\xa0\xff\n"
    )

    assert list(read_policy(file).witnesses) == ["K\u00a0\udcff"]


def test_k_and_the_kelvin_sign_are_two_names() -> None:
    x1, x2 = COSIGNERS["X1"].vkey, COSIGNERS["X2"].vkey

    policy = parse_policy(f"witness K {x1}\nwitness \u212a {x2}\nquorum K\n")

    assert list(policy.witnesses) == ["K", "\u212a"]


def test_two_hundred_witnesses_and_groups_are_read() -> None:
    many = [ed25519_cosigner(f"w{n}", n.to_bytes(32)) for n in range(200)]
    text = "".join(
        f"witness w{n} {one.vkey}\ngroup g{n} all w{n}{f' g{n - 1}' if n else ''}\n"
        for n, one in enumerate(many)
    )
    policy = parse_policy(f"{text}quorum g199\n")
    cosignatures = [one.cosign(TEXT, 1) for one in many]

    assert policy.satisfied(cosignatures)
    assert not policy.satisfied(cosignatures[1:])


X1, X2, X3 = (f"witness {name} {COSIGNERS[name].vkey}\n" for name in SIX[:3])
RENAMED = ed25519_cosigner("renamed.example", b"X1".ljust(32)).vkey


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no quorum line"),
        (X1, "no quorum line"),
        ("quorum none", "no newline"),
        ("quorum none\n# cut", "no newline"),
        ("quorum none\nquorum none\n", "line 2.*a quorum line already"),
        ("quorum X1\n", "line 1.*defines 'X1'"),
        (f"quorum X1\n{X1}", "line 1.*defines 'X1'"),
        ("quorum\n", "line 1.*not a log"),
        (f"{X1}quorum X1 X1\n", "line 2.*not a log"),
        ("Quorum none\n", "not a log"),
        ("quorum\u00a0none\n", "not a log"),
        ("quorum none\r\n", "control character"),
        ("quorum none # why\n", "not a log"),
        ("# \x7f\nquorum none\n", "line 1.*control character"),
        ("log\nquorum none\n", "not a log"),
        (f"log {LOG.vkey} url more\nquorum none\n", "not a log"),
        ("log vkey\nquorum none\n", "line 1.*not a verifier key"),
        (f"log {LOG.vkey}\nlog {LOG.vkey}\nquorum none\n", "line 2.*for a log before"),
        (
            f"log {LOG.vkey}\nlog {ed25519_signer('b', bytes(32)).vkey}\nquorum none\n",
            "for a log before",
        ),
        ("witness X1\nquorum none\n", "not a log"),
        (f"witness X1 {LOG.vkey}\nquorum X1\n", "key of cosignatures"),
        (f"witness none {COSIGNERS['X1'].vkey}\nquorum none\n", "'none' is taken"),
        (f"{X1}{X1}quorum X1\n", "'X1' is taken"),
        (f"{X1}witness W {COSIGNERS['X1'].vkey}\nquorum X1\n", "for a witness before"),
        (f"{X1}witness W {RENAMED}\nquorum X1\n", "for a witness before"),
        ("group g any\nquorum none\n", "not a log"),
        (f"group g any X1\n{X1}quorum g\n", "line 1.*defines 'X1'"),
        (f"{X1}group g any g\nquorum g\n", "defines 'g'"),
        (f"{X1}group g any none\nquorum g\n", "defines 'none'"),
        (f"{X1}group X1 any X1\nquorum X1\n", "'X1' is taken"),
        (f"{X1}group none any X1\nquorum none\n", "'none' is taken"),
        (f"{X1}{X2}group X1 any X2\nquorum X1\n", "'X1' is taken"),
        (f"{X1}{X2}group g any X1 X1\nquorum g\n", "member twice"),
        (f"{X1}{X2}group g any X1\ngroup h any X2 X1\nquorum h\n", "member twice"),
        (f"{X1}group g 0 X1\nquorum g\n", "number up to 1"),
        (f"{X1}group g 2 X1\nquorum g\n", "number up to 1"),
        (f"{X1}group g 01 X1\nquorum g\n", "number up to 1"),
        (f"{X1}group g -1 X1\nquorum g\n", "number up to 1"),
        (f"{X1}group g \u0661 X1\nquorum g\n", "number up to 1"),
        (f"{X1}group g ALL X1\nquorum g\n", "number up to 1"),
        (f"{X1}group g {'9' * 5000} X1\nquorum g\n", "number up to 1"),
        (f"{X3}tree g\nquorum X3\n", "line 2.*not a log"),
    ],
)
def test_what_is_no_policy_to_the_letter_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadPolicy, match=reason):
        parse_policy(text)
