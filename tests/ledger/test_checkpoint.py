"""Checkpoints are read and written to the letter of C2SP tlog-checkpoint."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as some

from projections.ledger.standard.checkpoint import LARGEST, Checkpoint, parse_checkpoint
from projections.ledger.standard.note import BadNote, parse

EXAMPLE = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""  # noqa: E501  the note stands in the specification like this
ROOT = base64.b64encode(bytes(32)).decode()

lines = some.text(some.characters(exclude_characters="\n"), min_size=1)
checkpoints = some.builds(
    Checkpoint,
    lines,
    some.integers(0, LARGEST),
    some.binary(min_size=32, max_size=32),
    some.lists(lines, max_size=3).map(tuple),
)


def test_the_checkpoint_of_the_specification_is_read_and_written() -> None:
    note = parse(EXAMPLE)
    found = parse_checkpoint(note.text)

    assert found.origin == "example.com/behind-the-sofa"
    assert found.size == 20852163
    assert found.root.hex().startswith("0ac5186a91863e8e")
    assert found.extension == ()
    assert found.text() == note.text


@given(checkpoints)
def test_what_is_written_is_read_back(checkpoint: Checkpoint) -> None:
    assert parse_checkpoint(checkpoint.text()) == checkpoint


@given(lines, lines, lines)
def test_whatever_is_read_is_written_the_same(
    origin: str, size: str, root: str
) -> None:
    for text in (f"{origin}\n{size}\n{ROOT}\n", f"{origin}\n1\n{root}\n"):
        try:
            checkpoint = parse_checkpoint(text)
        except BadNote:
            continue
        assert checkpoint.text() == text


def test_extension_lines_are_carried_along() -> None:
    text = f"log\n1\n{ROOT}\none more\nand more\n"

    assert parse_checkpoint(text).extension == ("one more", "and more")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"log\n1\n{ROOT}",
        "log\n1\n",
        f"\n1\n{ROOT}\n",
        f"log\n\n{ROOT}\n",
        "log\n1\n\n",
        f"log\n1\n{ROOT}\n\n",
        f"log\n1\n{ROOT}\n\nmore\n",
        f"log\n1\n{ROOT}\nmore",
        f"log\n1\n{ROOT} \n",
        f"log\n1\n{ROOT[:-1]}\n",
        f"log\n1\n{ROOT[:-2]}B=\n",
        f"log\n1\n{base64.b64encode(bytes(31)).decode()}\n",
        f"log\n1\n{base64.b64encode(bytes(33)).decode()}\n",
        f"log\n1\n{bytes(32).hex()}\n",
    ],
)
def test_what_has_not_the_lines_of_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "size",
    [
        *("-1", "+1", "01", "00", "1 ", " 1", "1.0", "1e3", "0x1", "1_0", "1\u0661"),
        *("one", str(2**63), "9" * 5000),
    ],
)
def test_a_size_that_is_not_a_plain_decimal_is_refused(size: str) -> None:
    with pytest.raises(BadNote):
        parse_checkpoint(f"log\n{size}\n{ROOT}\n")


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint("", 1, bytes(32)),
        Checkpoint("two\nlines", 1, bytes(32)),
        Checkpoint("log", -1, bytes(32)),
        Checkpoint("log", 2**63, bytes(32)),
        Checkpoint("log", 1, bytes(31)),
        Checkpoint("log", 1, bytes(32), ("",)),
        Checkpoint("log", 1, bytes(32), ("one\ntwo",)),
    ],
)
def test_what_could_not_be_read_back_is_not_written(checkpoint: Checkpoint) -> None:
    with pytest.raises(BadNote):
        checkpoint.text()
