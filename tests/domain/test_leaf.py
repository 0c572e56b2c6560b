"""The entry of an event in the ledger, and its leaf: the same for ever."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from domain.leaf import draft_of, entry_text, leaf_of, placed

ORIGIN = "register.example/e1"
STREAM = UUID(int=7)
NOON = datetime(2016, 12, 1, 12, tzinfo=UTC)
ENTRY = """\
register.example/e1/event@v1
00000000-0000-0000-0000-000000000007
3
disclosure.filed
41
2016-12-01T12:00:00.000000Z
ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
"""


def test_an_entry_is_seven_lines_that_say_where_the_event_stands() -> None:
    entry = entry_text(ORIGIN, STREAM, 3, "disclosure.filed", 41, NOON, b"abc")

    assert entry == ENTRY


def test_a_leaf_is_the_hash_of_the_entry_behind_a_zero_byte() -> None:
    """As `(printf '\\0'; cat ENTRY) | sha256sum` says."""
    leaf = "fa4af48bc165ae5ecdf9b00ab8cc1822f2897e4fb0056ec21201469fb2b3449c"
    assert leaf_of(ENTRY).hex() == leaf


def test_a_time_is_the_same_wherever_the_clock_stands() -> None:
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))

    assert entry_text(ORIGIN, STREAM, 3, "disclosure.filed", 41, tokyo, b"abc") == ENTRY


@pytest.mark.parametrize("position", [1, 41, 10**12])
def test_a_draft_that_is_given_its_place_is_the_entry(position: int) -> None:
    draft = draft_of(ORIGIN, STREAM, 3, "disclosure.filed", NOON, b"abc")

    expected = entry_text(ORIGIN, STREAM, 3, "disclosure.filed", position, NOON, b"abc")
    assert placed(draft, position) == expected
