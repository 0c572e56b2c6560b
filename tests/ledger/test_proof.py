"""The text of a proof is that of C2SP tlog-proof, to the letter."""

from base64 import b64encode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projections.ledger.standard.proof import Proof, parse
from projections.ledger.standard.tree import BadProof

ONE, TWO = b"\x01" * 32, b"\xfe" * 32
CHECKPOINT = (
    "example.com/log\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n"
    "— example.com/log hI2DJw==\n— witness.example mJirIg==\n"
)
TEXT = f"""c2sp.org/tlog-proof@v1
extra {b64encode(b"what else").decode()}
index 73894
{b64encode(ONE).decode()}
{b64encode(TWO).decode()}

{CHECKPOINT}"""
HEADER = "c2sp.org/tlog-proof@v1\n"
HASH = b64encode(ONE).decode()

hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple)
proofs = st.builds(
    Proof,
    st.integers(0, 2**63 - 1),
    hashes,
    st.just(CHECKPOINT),
    st.none() | st.binary(min_size=1),
)


def test_a_proof_reads_as_the_specification_shows() -> None:
    proof = Proof(73894, (ONE, TWO), CHECKPOINT, b"what else")

    assert proof.text() == TEXT
    assert parse(TEXT) == proof


def test_a_proof_of_the_only_entry_has_no_hashes_and_needs_no_extra_line() -> None:
    proof = Proof(0, (), CHECKPOINT)

    assert proof.text() == f"{HEADER}index 0\n\n{CHECKPOINT}"
    assert parse(proof.text()) == proof


def test_where_there_is_nothing_extra_there_is_no_such_line() -> None:
    assert Proof(0, (), CHECKPOINT, b"").text() == Proof(0, (), CHECKPOINT).text()


@given(proofs)
def test_what_was_written_is_read(proof: Proof) -> None:
    assert parse(proof.text()) == proof


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("\0\n\r\t A0z9+/=-_.é—\u2028"))
@example(TEXT.index("=\n") - 1, "F")  # the last sign has bits that mean nothing
def test_a_text_that_was_changed_is_refused_or_is_another_proof(
    at: int, sign: str
) -> None:
    for changed in (
        TEXT[:at] + sign + TEXT[at + 1 :],
        TEXT[:at] + sign + TEXT[at:],
        TEXT[:at] + TEXT[at + 1 :],
    ):
        try:
            proof = parse(changed)
        except BadProof:
            continue
        assert proof.text() == changed


@given(st.text())
def test_odd_text_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(BadProof):
        parse(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the first line"),
        (TEXT.removeprefix("c2sp.org/"), "the first line"),
        (TEXT.replace("@v1", "@v2"), "the first line"),
        ("\n" + TEXT, "the first line"),
        (" " + TEXT, "the first line"),
        (TEXT.replace("\n", "\r\n"), "the first line"),
        (f"{HEADER}index 0\n", "no checkpoint follows"),
        (f"{HEADER}index 0\n\n", "no checkpoint follows"),
        (f"{HEADER}\nindex 0\n\n{CHECKPOINT}", "says which entry"),
        (f"{HEADER}\n{CHECKPOINT}", "says which entry"),
        (f"{HEADER}{HASH}\n\n{CHECKPOINT}", "says which entry"),
        (f"{HEADER}index 0\nextra YQ==\n\n{CHECKPOINT}", "not base64"),
        (f"{HEADER}extra YQ==\nextra YQ==\nindex 0\n\n{CHECKPOINT}", "says which"),
        (f"{HEADER}extra \nindex 0\n\n{CHECKPOINT}", "nothing to say"),
        (f"{HEADER}extra\nindex 0\n\n{CHECKPOINT}", "says which entry"),
        (f"{HEADER}extra YR==\nindex 0\n\n{CHECKPOINT}", "not how base64 is written"),
        (f"{HEADER}extra  YQ==\nindex 0\n\n{CHECKPOINT}", "not base64"),
        (f"{HEADER}index 0\n{HASH[:-1]}\n\n{CHECKPOINT}", "not base64"),
        (f"{HEADER}index 0\n{HASH} \n\n{CHECKPOINT}", "not base64"),
        (f"{HEADER}index 0\nAQEB\n\n{CHECKPOINT}", "this has 3"),
        (f"{HEADER}index 0\n{HASH[:-4]}\n\n{CHECKPOINT}", "this has 30"),
        (f"{HEADER}index 0\nA{HASH[1:-2]}F=\n\n{CHECKPOINT}", "not how base64"),
        (f"{HEADER}index 0\n{HASH}\n", "no checkpoint follows"),
        (
            f"{HEADER}index 0\n{(HASH + chr(10)) * 64}\n{CHECKPOINT}",
            "63 hashes at most",
        ),
    ],
)
def test_a_text_that_is_not_to_the_letter_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadProof, match=told):
        parse(text)


@pytest.mark.parametrize(
    "number",
    ["", "-1", "+1", "00", "01", "1.0", " 1", "1 ", "1_0", "٣", "1٣", "9" * 20, "x"],
)
def test_an_index_is_written_in_one_way_only(number: str) -> None:
    with pytest.raises(BadProof, match="says which entry"):
        parse(f"{HEADER}index {number}\n\n{CHECKPOINT}")
