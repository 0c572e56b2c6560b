"""The last statement of a log: read back to the letter, and never a checkpoint."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from projections.ledger.restoring.closing import Closing, Tree, parse_closing
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import BadNote

CLOSING = Closing(
    origin="example.org/log/e1",
    signed=Tree(300, bytes(range(32))),
    cosigned=Tree(290, bytes(32)),
    stands=Tree(47, bytes(range(32, 64))),
    retained=40,
    next="example.org/log/e2",
    closed_at=datetime(2026, 11, 22, 12, 30, 1, tzinfo=UTC),
    reason="the disk of Sunday, and its mirror",
)
TEXT = """\
example.org/log/e1/closing@v1
signed 300 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
cosigned 290 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
stands 47 ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=
retained 40
next example.org/log/e2
closed 2026-11-22T12:30:01Z
reason the disk of Sunday, and its mirror
"""


def test_it_is_eight_lines_and_read_back_as_it_was() -> None:
    assert CLOSING.text() == TEXT
    assert parse_closing(TEXT) == CLOSING
    assert (CLOSING.lost, CLOSING.stranded) == (260, 7)


def test_nobody_takes_it_for_a_checkpoint() -> None:
    with pytest.raises(BadNote):
        parse_checkpoint(TEXT)


WRONG = {
    "nothing": "",
    "no end": TEXT[:-1],
    "a line more": TEXT + "more\n",
    "another format": TEXT.replace("closing@v1", "closing@v2"),
    "no name": TEXT.replace("example.org/log/e1/", "/", 1),
    "another order": TEXT.replace("signed 300", "stands 300", 1),
    "no root": TEXT.replace(" AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", ""),
    "a short root": TEXT.replace(
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "AAEC"
    ),
    "zeroes": TEXT.replace("retained 40", "retained 040"),
    "too many retained": TEXT.replace("retained 40", "retained 48"),
    "more cosigned": TEXT.replace("cosigned 290", "cosigned 301"),
    "no time": TEXT.replace("2026-11-22T12", "noon"),
    "no such time": TEXT.replace("12:30:01Z", "25:30:01Z"),
    "a local time": TEXT.replace("01Z", "01+01:00"),
    "no reason": TEXT.replace("reason the disk of Sunday, and its mirror", "reason "),
    "a control character": TEXT.replace("disk", "di\tsk"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_else_is_refused(wrong: str) -> None:
    assert WRONG[wrong] != TEXT
    with pytest.raises(BadNote):
        parse_closing(WRONG[wrong])


@pytest.mark.parametrize("reason", ["", "two\nlines"])
def test_what_could_not_be_read_back_is_not_written(reason: str) -> None:
    with pytest.raises(BadNote):
        replace(CLOSING, reason=reason).text()


def test_a_time_with_more_than_seconds_is_not_written() -> None:
    late = replace(CLOSING, closed_at=CLOSING.closed_at.replace(microsecond=1))

    with pytest.raises(BadNote, match="cannot be written as a statement"):
        late.text()
