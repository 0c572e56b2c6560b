"""The calendar: what is due, overdue and late, by unit, category and days."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.errors import Invalid
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ReminderSent,
)
from projections.models.calendar import (
    Duty,
    Sort,
    Which,
    due_between,
    duties,
    duty,
    late,
    open_due_before,
    overdue,
)
from projections.models.paging import Page
from tests.chance import CATEGORIES, UNITS, chance_history
from tests.history import History, cite
from tests.naive import Naive
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault

JUNE = date(2016, 6, 20)


def office() -> History:
    history = History()
    history.unit("HQ")
    history.unit("North", "HQ")
    history.unit("Harbour", "North")
    history.unit("South", "HQ")
    for number, unit in {"P1": "Harbour", "P2": "South"}.items():
        history.person(number)
        history.post(number, unit, date(2010, 1, 1), rank="chief")
    return history


def every(ask: Callable[[str | None], Page[Duty]]) -> list[UUID]:
    """Return the streams on all pages of a list."""
    page = ask(None)
    streams = [row.stream for row in page.rows]
    while page.next:
        page = ask(page.next)
        streams += [row.stream for row in page.rows]
    return streams


def test_what_is_open_and_past_its_due_date_is_overdue(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    tell(history)

    assert overdue(reader, JUNE).rows == ()
    (row,) = overdue(reader, JUNE + timedelta(days=3)).rows
    assert (row.stream, row.person, row.name) == (stream, "P1", "Person P1")
    assert (row.unit, row.unit_name, row.rank) == ("Harbour", "Unit Harbour", "chief")
    assert (row.due_on, row.days_late, row.stage) == (JUNE, 3, "open")
    assert (row.rulebook, row.version, row.rule) == ("house", 1, "wedding")
    assert row.legal_basis == ["art 4"]


def test_s1_14_a_second_instalment_that_is_missing_is_overdue(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    before = history.oblige("P1", "tender 7", JUNE, cited=cite("bid_before"))
    after = history.oblige("P1", "tender 7", JUNE, cited=cite("bid_after"))
    history.fulfil(before, "D1", JUNE)
    tell(history)

    rows = overdue(reader, date(2016, 7, 1)).rows

    assert [row.stream for row in rows] == [after]


def test_an_extension_moves_the_due_date_and_a_cancelled_duty_is_never_overdue(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    longer = history.oblige("P1", "1", JUNE)
    until = date(2016, 8, 1)
    history.add(longer, ExtensionGranted(until=until, cited=cite("wedding")))
    history.add(history.oblige("P1", "2", JUNE), ObligationCancelled())
    tell(history)

    assert overdue(reader, until).rows == ()
    (row,) = overdue(reader, until + timedelta(days=1)).rows
    assert (row.stream, row.first_due_on, row.due_on) == (longer, JUNE, until)


def test_the_list_of_a_unit_has_all_units_below_it(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    north, south = (history.oblige(number, "1", JUNE) for number in ("P1", "P2"))
    tell(history)
    found = {
        unit: {
            row.stream
            for row in overdue(reader, date(2017, 1, 1), Which(unit=unit)).rows
        }
        for unit in ("HQ", "North", "South", "Harbour", "Nowhere")
    }

    assert found == {
        "HQ": {north, south},
        "North": {north},
        "South": {south},
        "Harbour": {north},
        "Nowhere": set(),
    }


def test_a_move_of_a_unit_or_of_a_person_shows_at_once(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    first, second = (history.oblige(number, "1", JUNE) for number in ("P1", "P2"))
    tell(history)
    history.move_unit("Harbour", "South")
    tell(history)

    def of(unit: str, day: date) -> set[UUID]:
        return {row.stream for row in overdue(reader, day, Which(unit=unit)).rows}

    assert of("South", date(2016, 7, 1)) == {first, second}
    history.promote("P2", "North", date(2016, 8, 1))
    tell(history)
    assert of("South", date(2016, 7, 31)) == {first, second}
    assert of("South", date(2016, 8, 1)) == {first}
    assert of("North", date(2016, 8, 1)) == {second}


def test_what_came_after_its_due_date_is_listed_as_late(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream, other = (history.oblige("P1", key, JUNE) for key in "12")
    received_on = JUNE + timedelta(days=5)
    history.fulfil(stream, "D1", received_on, late=5)
    history.fulfil(other, "D2", JUNE)
    tell(history)

    (row,) = late(reader, date(2016, 7, 1)).rows

    assert (row.person, row.category) == ("P1", "wedding")
    assert (row.due_on, row.received_on, row.days_late) == (JUNE, received_on, 5)
    assert row.disclosure == "D1"
    assert late(reader, date(2016, 7, 1), Which(late=6)).rows == ()


def test_a_withdrawn_fulfilment_leaves_the_duty_open_again(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    history.fulfil(stream, "D1", JUNE + timedelta(days=5), late=5)
    history.add(stream, FulfilmentWithdrawn(disclosure="D1"))
    tell(history)

    (row,) = overdue(reader, JUNE + timedelta(days=9)).rows

    assert (row.disclosure, row.received_on, row.days_late) == (None, None, 9)


def test_the_scheduler_sees_what_is_due_and_which_reminders_went_out(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    history.oblige("P1", "2", JUNE + timedelta(days=1))
    history.add(stream, ReminderSent(planned_on=date(2016, 6, 13)))
    tell(history)

    (row,) = due_between(reader, date(2016, 6, 1), date(2016, 6, 1), JUNE).rows

    assert (row.stream, row.reminded) == (stream, [date(2016, 6, 13)])


def test_what_was_marked_overdue_is_not_marked_again(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    marked, other = (history.oblige("P1", key, JUNE) for key in "12")
    history.add(marked, ObligationBecameOverdue(due_on=JUNE))
    tell(history)

    page = open_due_before(reader, JUNE + timedelta(days=1))

    assert [row.stream for row in page.rows] == [other]


def test_one_obligation_is_found_by_its_stream(tell: Tell, reader: Connection) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    tell(history)

    found = duty(reader, JUNE, stream)

    assert found is not None
    assert found.person == "P1"
    assert duty(reader, JUNE, UUID(int=7)) is None


@pytest.mark.parametrize("after", ["x", "eyJh", "", "W10"])
def test_what_is_no_cursor_is_refused(reader: Connection, after: str) -> None:
    with pytest.raises(Invalid, match="after: it is not a cursor"):
        overdue(reader, JUNE, after=after)


def test_the_cursor_of_another_order_is_refused(tell: Tell, reader: Connection) -> None:
    history = office()
    for key in "12":
        history.oblige("P1", key, JUNE)
    tell(history)
    cursor = duties(reader, JUNE, limit=1).next

    with pytest.raises(Invalid, match="cursor of a list in the order"):
        duties(reader, JUNE, sort="person", after=cursor)


@pytest.mark.parametrize("limit", [0, 1001])
def test_a_page_has_from_one_row_to_a_thousand(reader: Connection, limit: int) -> None:
    with pytest.raises(Invalid, match="limit: it must be from 1 to 1000"):
        duties(reader, JUNE, limit=limit)


@pytest.mark.parametrize("seed", range(4))
def test_the_lists_are_those_of_the_log_folded_in_plain_python(
    tell: Tell, reader: Connection, seed: int, vault: IndexVault
) -> None:
    history = tell(chance_history(seed, 500, vault if seed % 2 else None))
    naive = Naive(history.records)
    today = history.now.date()
    for unit in (None, *UNITS):
        for category in (None, CATEGORIES[seed % 3]):
            which = Which(unit=unit, category=category, late=1 + seed * 3)
            expected = naive.overdue(today, which)
            for sort, order in ORDERS.items():
                found = every(
                    lambda after, which=which, sort=sort: overdue(  # type: ignore[misc]
                        reader, today, which, sort=sort, after=after, limit=3
                    )
                )
                assert found == [d[0] for d in sorted(expected, key=order)], sort
            found = every(
                lambda after, which=which: late(  # type: ignore[misc]
                    reader, today, which, after=after, limit=2
                )
            )
            expected = naive.late(today, which)
            assert found == [d[0] for d in sorted(expected, key=ORDERS["due_on"])]


ORDERS: dict[Sort, Callable[[tuple[UUID, str, date]], tuple[object, ...]]] = {
    "due_on": lambda d: (d[2], d[0].int),
    "-due_on": lambda d: (-d[2].toordinal(), -d[0].int),
    "person": lambda d: (d[1], d[2], d[0].int),
}
