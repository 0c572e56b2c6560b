"""Statistics: by year, category and rank, each with definition and log position."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.disclosure import DisclosureCertified, DisclosureWithdrawn
from domain.errors import Invalid, Unknown
from domain.figures.definitions import DEFINITIONS
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
)
from projections.models.statistics import (
    Cell,
    Tally,
    Which,
    side_by_side,
    tally,
)
from tests.chance import chance_history
from tests.history import History, cite
from tests.naive import Naive
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault

JUNE = date(2016, 6, 20)


def office() -> History:
    history = History()
    history.unit("HQ")
    for number, rank in {"P1": "clerk", "P2": "chief", "P3": "director"}.items():
        history.person(number)
        history.post(number, "HQ", date(2010, 1, 1), rank=rank)
    return history


def cells(tally: Tally) -> Counter[tuple[int, str, str | None]]:
    return Counter(
        {(cell.year, cell.category, cell.rank): cell.count for cell in tally.cells}
    )


def test_s1_12_reports_are_counted_by_year_category_and_rank(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    for n in range(178):
        number = ("P2", "P3")[n % 2]
        category = ("travel", "housing", "wedding")[n % 3]
        cited = cite(category)
        day = date(2016, 1, 1) + timedelta(days=2 * n)
        history.file(number, f"D{n}", day, category=category, cited=cited)
    history.file("P1", "of a clerk", JUNE)
    history.file("P2", "of another year", date(2017, 1, 1))
    tell(history)

    found = tally(reader, "filed", Which(year=2016, ranks=["chief", "director"]))

    assert found.total == sum(cell.count for cell in found.cells) == 178
    assert len(found.cells) == 6
    assert found.position == history.position


def test_s1_10_the_reports_of_a_person_in_a_year_are_counted(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    for n in range(5):
        history.file("P1", f"D{n}", JUNE)
    history.file("P1", "later", date(2017, 1, 1))
    history.file("P2", "of somebody else", JUNE)
    tell(history)

    assert tally(reader, "filed", Which(person="P1", year=2016)).total == 5


def test_the_rank_that_counts_is_the_one_held_on_receipt(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    tell(history)
    history.promote("P1", "HQ", JUNE + timedelta(days=1), rank="chief")
    history.file("P1", "D2", JUNE)
    history.file("P1", "D3", JUNE + timedelta(days=1))
    tell(history)

    assert cells(tally(reader, "filed")) == {
        (2016, "wedding", "clerk"): 2,
        (2016, "wedding", "chief"): 1,
    }


def test_a_promotion_that_is_entered_late_moves_what_was_counted(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    before = tell(history).position
    history.promote("P1", "HQ", JUNE - timedelta(days=9), rank="chief")
    tell(history)

    now, then = tally(reader, "filed"), tally(reader, "filed", position=before)

    assert now.cells == (Cell(2016, "wedding", "chief", 1),)
    assert then.cells == (Cell(2016, "wedding", "clerk", 1),)


def test_who_serves_no_more_counts_under_the_last_rank(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.vacate("P3", date(2015, 1, 1))
    history.file("P3", "D1", JUNE)
    tell(history)

    assert tally(reader, "filed").cells == (Cell(2016, "wedding", "director", 1),)


def test_s5_02_two_definitions_give_two_figures_side_by_side(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    first = history.file("P1", "D1", JUNE)
    history.file("P2", "D2", JUNE)
    history.add(history.file("P3", "D3", JUNE), DisclosureWithdrawn())
    history.add(first, DisclosureCertified())
    tell(history)

    filed, certified = side_by_side(reader, ("filed", "certified"))

    assert (filed.total, certified.total) == (2, 1)
    assert filed.definition == DEFINITIONS["filed"]
    assert "withdrawn do not count" in filed.definition.sentence
    assert certified.definition.id == "certified"
    assert filed.position == certified.position == history.position
    assert filed.as_of == history.records[-1].recorded_at


def test_duties_are_counted_as_owed_late_and_overdue(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    late, overdue, reopened = (history.oblige("P1", key, JUNE) for key in "123")
    history.oblige("P1", "4", date(2017, 1, 1))
    for stream in (overdue, reopened):
        history.add(stream, ObligationBecameOverdue(due_on=JUNE))
    for stream in (late, reopened):
        history.fulfil(stream, "D1", JUNE + timedelta(days=1), late=1)
    history.add(reopened, FulfilmentWithdrawn(disclosure="D1"))
    tell(history)
    names = ("obliged", "fulfilled", "fulfilled_late", "overdue")

    figures = side_by_side(reader, names, Which(year=2016))

    assert [figure.total for figure in figures] == [3, 1, 1, 2]


def test_an_extended_duty_counts_in_the_year_in_which_it_is_then_due(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    history.add(stream, ObligationBecameOverdue(due_on=JUNE))
    until = date(2017, 1, 2)
    history.add(stream, ExtensionGranted(until=until, cited=cite("wedding")))
    tell(history)

    obliged, overdue = side_by_side(reader, ("obliged", "overdue"))

    assert obliged.cells == (Cell(2017, "wedding", "clerk", 1),)
    assert overdue.total == 0


@pytest.mark.parametrize("seed", range(3))
def test_s5_03_a_figure_at_a_position_is_that_of_the_log_up_to_it(
    tell: Tell, reader: Connection, seed: int, vault: IndexVault
) -> None:
    history = tell(chance_history(seed, 400, vault if seed % 2 else None))
    for position in range(0, history.position + 1, 37):
        naive = Naive(history.records).at(position)
        for name, definition in DEFINITIONS.items():
            found = tally(reader, name, position=position)
            assert cells(found) == naive.count(definition), (name, position)


def test_a_position_that_is_not_reached_yet_is_refused(
    tell: Tell, reader: Connection
) -> None:
    history = tell(office())

    with pytest.raises(Invalid, match="position: the figures reach from position 0"):
        tally(reader, "filed", position=history.position + 1)


def test_a_definition_that_is_not_there_is_named(reader: Connection) -> None:
    with pytest.raises(Unknown, match="there is no definition guessed"):
        tally(reader, "guessed")


def test_an_empty_log_counts_nothing(reader: Connection) -> None:
    found = tally(reader, "filed")

    assert (found.total, found.position, found.as_of) == (0, 0, None)
