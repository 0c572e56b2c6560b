"""The retention schedule: what is kept of each year, until when, and what may go."""

from datetime import date
from typing import Any

import pytest

from domain.disclosure import DisclosureAmended
from domain.person import Retired, person_stream
from domain.record import Citation
from domain.records import custody
from projections.models import schedule
from projections.projector import Projector
from tests.chance import chance_history
from tests.naive import Naive
from tests.naive_records import Retention
from tests.projections.kinds import Connection, Tell
from tests.projections.office import JUNE, destroyed, every, hold, office, say
from tests.projections.vault import IndexVault


def kept(reader: Connection, today: date, **which: Any) -> list[tuple[Any, ...]]:
    rows = every(
        lambda after: schedule.retained(
            reader, today, schedule.Which(**which), after=after, limit=2
        )
    )
    return [(r.person, r.relative, r.year, r.start_on, r.due_on, r.held) for r in rows]


def test_what_was_filed_in_a_year_is_kept_from_its_end_as_long_as_the_law_says(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    history.file("P1", "D2", JUNE, subject="child")
    history.file("P2", "D3", JUNE)
    tell(history)
    later = date(2017, 1, 1)
    mine = [
        ("P1", "", 2016, later, date(2023, 1, 1), False),
        ("P1", "child", 2016, later, date(2023, 1, 1), False),
    ]

    assert kept(reader, date(2016, 12, 31)) == []
    assert kept(reader, later, person="P1") == mine
    assert kept(reader, later, unit="North") == mine
    assert len(kept(reader, later)) == 3
    assert kept(reader, date(2022, 12, 31), due_by=date(2022, 12, 31)) == []
    assert len(kept(reader, date(2022, 12, 31), due_by=date(2023, 1, 1))) == 3
    due = schedule.retention_due(reader, date(2023, 1, 1)).rows
    assert [row.rulebooks for row in due] == [["house"]] * 3
    assert schedule.retention_due(reader, date(2022, 12, 31)).rows == ()


def test_an_amendment_in_a_later_year_keeps_the_whole_year_longer(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    later = date(2018, 3, 5)
    amended = DisclosureAmended(items=({"tables": 9},), received_on=later)
    history.on(later).add(stream, amended)
    tell(history)

    assert kept(reader, later) == [("P1", "", 2016, later, date(2024, 3, 5), False)]


def test_the_law_of_the_day_decides_and_without_an_end_nothing_is_due(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    history.law('retention = "2Y"', version=2, begins=date(2018, 1, 1))
    history.law("", version=3, begins=date(2030, 1, 1))
    tell(history)

    def due_on(today: date) -> date | None:
        (row,) = kept(reader, today)
        found: date | None = row[4]
        return found

    assert due_on(date(2017, 12, 31)) == date(2023, 1, 1)
    assert due_on(date(2018, 1, 1)) == date(2019, 1, 1)
    assert due_on(date(2030, 1, 1)) is None
    assert schedule.retention_due(reader, date(2030, 1, 1)).rows == ()


def test_of_several_rulebooks_the_longest_decides_and_one_that_is_no_law_keeps_all(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    history.file(
        "P1",
        "D2",
        JUNE,
        cited=Citation(rulebook="other", version=1, rule="wedding"),
    )
    tell(history)

    (row,) = schedule.retained(reader, date(2023, 1, 1)).rows

    assert (row.rulebooks, row.due_on) == (["house", "other"], None)


def test_a_legal_hold_keeps_what_is_due_off_the_list_of_what_may_go(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    say(history, custody.records_stream("P1"), hold("H", date(2017, 1, 1)))
    tell(history)
    today = date(2023, 1, 1)
    assert [row[-1] for row in kept(reader, today, due_by=today)] == [True]
    assert schedule.retention_due(reader, today).rows == ()

    say(history, custody.records_stream("P1"), custody.LegalHoldReleased(hold="H"))
    tell(history)

    assert len(schedule.retention_due(reader, today).rows) == 1


def test_what_was_destroyed_is_off_the_list_until_more_of_it_comes(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    history.file("P1", "D2", JUNE, subject="child")
    history.on(date(2023, 1, 1))
    gone = destroyed(date(2023, 1, 1), relative="", year=2016)
    say(history, custody.records_stream("P1"), gone)
    tell(history)
    today = date(2023, 1, 2)
    assert [row[1] for row in kept(reader, today)] == ["child"]

    again = date(2024, 2, 1)
    amended = DisclosureAmended(items=({"tables": 9},), received_on=again)
    history.on(again).add(stream, amended)
    tell(history)

    assert [row[1] for row in kept(reader, again)] == ["child", ""]


def test_an_order_in_the_same_year_leaves_what_is_still_to_come(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    early = destroyed(JUNE, basis="order", order=1)
    say(history, custody.records_stream("P1"), early)
    history.file("P1", "D2", JUNE)
    tell(history)

    assert [row[2] for row in kept(reader, date(2017, 1, 1))] == [2016]


def test_whoever_has_left_is_kept_as_such_under_all_that_they_filed_under(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    left = date(2017, 3, 1)
    history.add(person_stream("P1"), Retired(on=left))
    history.vacate("P1", left)
    history.add(person_stream("P2"), Retired(on=left))
    tell(history)
    today = date(2018, 1, 1)

    rows = [row for row in kept(reader, today) if row[2] == 0]

    assert rows == [("P1", None, 0, left, date(2025, 3, 1), False)]
    history.post("P1", "HQ", date(2019, 1, 1))
    tell(history)
    assert [row for row in kept(reader, today) if row[2] == 0] == []


def test_what_is_kept_of_a_person_as_such_is_destroyed_once(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    left, today = date(2017, 3, 1), date(2026, 1, 1)
    history.add(person_stream("P1"), Retired(on=left))
    history.vacate("P1", left)
    one = destroyed(date(2025, 3, 1), year=0, relative="child")
    say(history, custody.records_stream("P1"), one)
    tell(history)
    assert len(schedule.retention_due(reader, today).rows) == 2

    everything = destroyed(date(2025, 3, 1))
    say(history, custody.records_stream("P1"), everything)
    tell(history)

    assert schedule.retention_due(reader, today).rows == ()


@pytest.mark.parametrize("seed", range(4))
def test_the_schedule_is_that_of_the_log_folded_in_plain_python(
    tell: Tell, projector: Projector, reader: Connection, seed: int, vault: IndexVault
) -> None:
    projector.batch = (1000, 50, 7, 1)[seed]
    history = tell(chance_history(seed, 700, vault if seed % 2 else None))
    naive = Retention(Naive(history.records))
    for today in (history.now.date(), date(2017, 1, 1), date(2018, 1, 1)):
        found = kept(reader, today)
        assert sorted(found, key=repr) == sorted(naive.rows(today), key=repr)
        due = [row for row in found if row[4] and row[4] <= today]
        assert kept(reader, today, due_by=today) == due
    assert len(kept(reader, date(2017, 1, 1))) > 3
