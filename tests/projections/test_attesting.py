"""Rows are those that the log makes, or the difference is told with both digests."""

from dataclasses import replace
from datetime import date

import pytest

from projections.attesting import Comparison, Difference, attested, compare, latest
from projections.digest import Digest
from projections.models.calendar_fold import Calendar
from tests.chance import chance_history
from tests.projections.attested import NIGHT, attest
from tests.projections.kinds import Connection, Tell

ROWS = Digest(
    model="calendar",
    layout="tables program",
    position=7,
    parked=0,
    digest="aa",
    tables={"duty": "bb", "unit": "cc"},
    rows={"duty": 3, "unit": 2},
)


def test_what_is_the_same_is_said_to_be_so() -> None:
    found = compare("live", ROWS, ROWS)

    assert (found.verdict, found.tables, found.position) == ("same", (), 7)
    assert str(found) == (
        "calendar at position 7: the live rows and what the log makes are the same"
    )


def test_a_difference_names_both_digests_and_the_tables_that_differ() -> None:
    rebuilt = replace(
        ROWS,
        digest="dd",
        tables={"duty": "ee", "new": "ff"},
        rows={"duty": 4, "new": 1},
    )

    found = compare("live", ROWS, rebuilt)

    assert (found.verdict, found.claimed, found.rebuilt) == ("different", "aa", "dd")
    assert found.tables == (
        Difference("duty", "bb", "ee", 3, 4),
        Difference("new", None, "ff", None, 1),
        Difference("unit", "cc", None, 2, None),
    )
    assert str(found) == (
        "calendar at position 7: the live rows and what the log makes are NOT THE SAME:"
        " aa stands, dd is rebuilt"
        "; table duty: bb (3 rows) stands, ee (4 rows) is rebuilt"
        "; table new: nothing stands, ff (1 rows) is rebuilt"
        "; table unit: cc (2 rows) stands, nothing is rebuilt"
    )


def test_one_digest_that_is_wrong_is_enough() -> None:
    assert compare("live", ROWS, replace(ROWS, digest="dd")).verdict == "different"
    tables = {"duty": "bb", "unit": "xx"}
    assert compare("live", ROWS, replace(ROWS, tables=tables)).verdict == "different"


@pytest.mark.parametrize("parked", [(1, 0), (0, 2)])
def test_of_rows_that_lack_parked_events_a_difference_says_nothing(
    parked: tuple[int, int],
) -> None:
    there, here = parked
    claim, rebuilt = replace(ROWS, parked=there), replace(ROWS, parked=here)

    assert compare("live", claim, rebuilt).verdict == "same"
    found = compare("live", claim, replace(rebuilt, digest="dd"))

    assert found.verdict == "unknown"
    assert f"{there} were parked there, {here} in the rebuild" in str(found)
    assert "could not be compared" in str(found)


def test_rows_of_different_positions_are_not_compared() -> None:
    with pytest.raises(ValueError, match="rows at 7 compared with 8"):
        compare("live", ROWS, replace(ROWS, position=8))


def test_attestations_are_read_from_the_log_the_newest_first(
    tell: Tell, writer: Connection
) -> None:
    history = tell(chance_history(1, 50))
    attest(history, writer)
    attest(history, writer, "calendar", on=date(2020, 1, 2))

    newer, older = attested(writer, "calendar")

    assert (newer.fact.on, older.fact.on) == (date(2020, 1, 2), NIGHT)
    assert (newer.position, newer.fact.position) == (
        history.position,
        older.position - 1,
    )
    assert newer.fact.digest == older.fact.digest
    assert list(attested(writer, "guessed")) == []


def test_only_what_this_very_program_could_make_is_compared(
    tell: Tell, writer: Connection
) -> None:
    history = tell(chance_history(1, 50))
    assert latest(writer, Calendar(None)) is None

    attest(history, writer, "calendar")
    attest(history, writer, "calendar", on=date(2020, 1, 2), layout="another's")
    attest(history, writer, "calendar", on=date(2020, 1, 3), form="another")

    found = latest(writer, Calendar(None))
    assert found
    assert found.on == NIGHT


def test_a_comparison_is_told_with_the_day_of_what_was_attested(
    tell: Tell, writer: Connection
) -> None:
    history = tell(chance_history(1, 50))
    attest(history, writer, "calendar", digest="dd")
    said = latest(writer, Calendar(None))
    assert said

    found = compare("attested", said, replace(ROWS, position=said.position))

    assert isinstance(found, Comparison)
    assert found.on == NIGHT
    assert "what was attested 2020-01-01 and what the log makes are NOT" in str(found)
