"""The access log as the person sees it: who read their file, some of it later."""

from datetime import date, datetime, timedelta

import pytest

from projections.models.access_log import (
    accesses,
    seen,
)
from tests.projections.kinds import Connection, Tell
from tests.projections.readers import ENDLESS, JUNE, office, read

DELAYED = 'delayed_readers = ["investigator"]\ndelayed_by = "6M"'


def test_s1_21_the_person_sees_who_else_read_their_file(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    at = read(history, "P2", "P1", what="disclosure", key="D1")
    read(history, "P1", "P1", role="declarant")
    read(history, "P2", "P3")
    tell(history)

    (row,) = seen(reader, "P1", ENDLESS).rows

    assert (row.at, row.reader, row.role, row.what, row.key) == (
        at,
        "P2",
        "auditor",
        "disclosure",
        "D1",
    )


def test_what_would_harm_an_investigation_is_shown_later_and_never_left_out(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.law(DELAYED)
    at = read(history, "P2", "P1", role="investigator")
    read(history, "P3", "P1")
    tell(history)
    later = at.replace(month=12)

    def readers(now: datetime) -> list[str]:
        return [row.reader for row in seen(reader, "P1", now).rows]

    assert readers(later - timedelta(seconds=1)) == ["P3"]
    assert readers(later) == ["P3", "P2"]
    assert [row.reader for row in accesses(reader, JUNE).rows] == ["P3", "P2"]


@pytest.mark.parametrize(
    "what", ["case", "draw", "evidence", "history", "hold", "verification"]
)
@pytest.mark.parametrize("role", ["deciding_authority", "certifier", "auditor"])
def test_s1_21_who_reads_of_a_case_does_not_tell_of_it_whatever_their_role(
    tell: Tell, reader: Connection, what: str, role: str
) -> None:
    history = office()
    history.law(DELAYED)
    at = read(history, "P2", "P1", role=role, what=what, key="C-1")
    read(history, "P3", "P1", role=role)
    tell(history)
    later = at.replace(month=12)

    def readers(now: datetime) -> list[str]:
        return [row.reader for row in seen(reader, "P1", now).rows]

    assert readers(later - timedelta(seconds=1)) == ["P3"]
    assert readers(later) == ["P3", "P2"]
    assert [row.reader for row in accesses(reader, JUNE).rows] == ["P3", "P2"]


@pytest.mark.parametrize(
    ("law", "delay"),
    [
        (("delayed_by", "36h"), timedelta(hours=36)),
        (("delayed_by", "10d"), timedelta(days=10)),
        (("delayed_by", "3wd"), timedelta(days=3)),
    ],
)
def test_the_delay_is_what_the_law_of_the_day_says(
    tell: Tell, reader: Connection, law: tuple[str, str], delay: timedelta
) -> None:
    name, span = law
    history = office()
    read(history, "P2", "P1", role="investigator")
    history.law(f'delayed_readers = ["investigator"]\n{name} = "{span}"')
    at = read(history, "P2", "P1", role="investigator")
    history.law(DELAYED, version=2, begins=date(2030, 1, 1))
    read(history, "P2", "P1", role="investigator")
    tell(history)

    delays = [row.shown_from - row.at for row in accesses(reader, JUNE).rows]

    assert at.date() == JUNE
    assert delays == [delay, delay, timedelta()]


def test_a_rulebook_that_has_ended_delays_nothing_more(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.law(DELAYED, more="effective_to = 2016-01-01")
    read(history, "P2", "P1", role="investigator")
    tell(history)

    (row,) = accesses(reader, JUNE).rows

    assert row.shown_from == row.at
