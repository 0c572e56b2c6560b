"""The register: which sanctions are live, over or undone, and what is to be done."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid
from domain.record import Fact
from domain.sanction.facts import (
    PersonnelChangeCarriedOut,
    ReleaseWithheld,
    ReparationCompleted,
    RightsRestored,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
)
from projections.models import sanctions as register
from projections.models.sanctions import Which
from tests.history import History
from tests.projections.disciplined import (
    CITED,
    all_kinds,
    change,
    happens,
    imposed,
    measure,
    reparation,
    terms,
)
from tests.projections.kinds import Connection, Tell

JUNE = date(2016, 6, 20)
ONE, OTHER = "P1:government:1", "P2:party:1"
UNDONE: dict[str, Any] = {"grounds": ("law",), "appeal": "A-1", "text": "why"}


def office(*facts: Fact) -> History:
    history = History()
    history.unit("HQ")
    history.unit("North", "HQ")
    for number in ("P1", "P2"):
        history.person(number)
        history.post(number, "North" if number == "P1" else "HQ", date(2010, 1, 1))
    return happens(history, *facts)


def entry(reader: Connection, **which: Any) -> register.SanctionEntry:
    (row,) = register.sanctions(reader, JUNE, Which(**which)).rows
    return row


def test_a_sanction_is_in_the_register_with_its_end_and_what_it_blocks(
    tell: Tell, reader: Connection
) -> None:
    tell(office(imposed(ONE)))

    row = entry(reader)
    assert (row.sanction, row.person, row.track, row.kind) == (
        ONE,
        "P1",
        "government",
        "demotion",
    )
    assert (row.until_on, row.blocks) == (date(2018, 3, 10), ["promotion"])
    assert (row.status, row.case, row.version) == ("running", "C", 1)


SAID = [
    (SanctionStayed(sanction=ONE, on=JUNE, appeal="A-1"), "stayed"),
    (StayEnded(sanction=ONE, on=JUNE), "running"),
    (ReleaseWithheld(sanction=ONE, on=JUNE, case="C-2", cited=CITED), "withheld"),
    (SanctionReleased(sanction=ONE, on=JUNE, restores_level=False), "released"),
    (SanctionQuashed(sanction=ONE, on=JUNE, **UNDONE), "quashed"),
]


@pytest.mark.parametrize(("fact", "status"), SAID, ids=[status for _, status in SAID])
def test_what_becomes_of_it_is_its_status(
    tell: Tell, reader: Connection, fact: Fact, status: Any
) -> None:
    tell(office(imposed(ONE), fact))

    row = entry(reader, status=status)
    over = status in ("released", "quashed")
    assert row.released_on == (JUNE if status == "released" else None)
    assert len(register.sanctions(reader, JUNE).rows) == (0 if over else 1)
    assert len(register.sanctions(reader, JUNE, Which(all=True)).rows) == 1


NEW: dict[str, Any] = {
    "sanction": ONE,
    "terms": terms("warning", date(2016, 9, 10), term_until=JUNE),
}


@pytest.mark.parametrize(
    "fact",
    [
        SanctionVaried(on=JUNE, **NEW, **UNDONE),
        SanctionPeriodRecomputed(because_of=OTHER, **NEW),
        RightsRestored(on=JUNE, **NEW),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_new_terms_take_the_place_of_the_old(
    tell: Tell, reader: Connection, fact: Fact
) -> None:
    tell(office(imposed(ONE), fact))

    row = entry(reader)
    assert (row.kind, row.until_on, row.term_until) == (
        "warning",
        date(2016, 9, 10),
        JUNE,
    )


def test_what_is_over_is_found_by_the_day_of_its_end(
    tell: Tell, reader: Connection
) -> None:
    early = imposed(OTHER, terms=terms("warning", date(2016, 6, 1)))
    endless = imposed("P1:party:1", terms=terms("dismissal", for_ever=True))
    tell(office(imposed(ONE), early, endless))

    def found(day: date) -> list[str]:
        return [row.sanction for row in register.to_release(reader, day).rows]

    assert found(date(2016, 5, 31)) == []
    assert found(date(2016, 6, 1)) == [OTHER]
    assert found(date(2018, 3, 10)) == [OTHER, ONE]
    first = register.to_release(reader, date.max, limit=1)
    rest = register.to_release(reader, date.max, limit=1, after=first.next)
    assert [row.sanction for row in (*first.rows, *rest.rows)] == [OTHER, ONE]


def due(reader: Connection, *, of_hr: bool, **which: Any) -> list[tuple[str, str]]:
    page = register.tasks(reader, JUNE, Which(**which), of_hr=of_hr)
    return [(task.task, task.stage) for task in page.rows]


def test_i17_tasks_are_due_until_they_are_done(tell: Tell, reader: Connection) -> None:
    other = reparation(ONE, "restore_reputation")
    done = ReparationCompleted(
        sanction=ONE, task="compensate_pay", on=JUNE, text="paid"
    )
    tell(office(imposed(ONE), reparation(ONE), other, done))

    assert due(reader, of_hr=False) == [("restore_reputation", "open")]
    assert due(reader, of_hr=False, due_before=date(2016, 7, 1)) == []
    assert due(reader, of_hr=False, all=True)[0] == ("compensate_pay", "done")
    assert due(reader, of_hr=True, all=True) == []


def test_a_task_that_is_ordered_again_is_open_again(
    tell: Tell, reader: Connection
) -> None:
    done = ReparationCompleted(
        sanction=ONE, task="compensate_pay", on=JUNE, text="paid"
    )
    tell(office(imposed(ONE), reparation(ONE), done, reparation(ONE)))
    assert due(reader, of_hr=False) == [("compensate_pay", "open")]


CARRIED_OUT = PersonnelChangeCarriedOut(sanction=ONE, on=JUNE, text="lowered")


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ((), "open"),
        ((CARRIED_OUT,), "done"),
        ((SanctionQuashed(sanction=ONE, on=JUNE, **UNDONE),), "dropped"),
        ((SanctionVaried(on=JUNE, **NEW, **UNDONE),), "dropped"),
        ((SanctionVaried(on=JUNE, **NEW, **UNDONE), change(ONE)), "open"),
        ((CARRIED_OUT, SanctionQuashed(sanction=ONE, on=JUNE, **UNDONE)), "done"),
    ],
)
def test_what_hr_carries_out_falls_with_what_it_was_for(
    tell: Tell, reader: Connection, facts: tuple[Fact, ...], stage: str
) -> None:
    tell(office(imposed(ONE), change(ONE), *facts))

    assert due(reader, of_hr=True, all=True) == [("personnel_change", stage)]
    assert len(due(reader, of_hr=True)) == (stage == "open")


def test_s3_16_a_measure_is_listed_as_no_sanction(
    tell: Tell, reader: Connection
) -> None:
    tell(office(measure("P1:government:m1"), measure("P2:party:m1")))

    page = register.measures(reader, JUNE, Which(track="party"))
    (row,) = page.rows
    assert (row.measure, row.until_on) == ("P2:party:m1", date(2016, 9, 10))
    assert row.not_a_sanction
    assert register.sanctions(reader, JUNE, Which(all=True)).rows == ()


def test_everything_is_narrowed_by_person_and_by_unit(
    tell: Tell, reader: Connection
) -> None:
    tell(office(*all_kinds("P1"), *all_kinds("P2")))

    for which, count in (
        (Which(), 2),
        (Which(person="P1"), 1),
        (Which(unit="North"), 1),
    ):
        assert len(register.sanctions(reader, JUNE, which).rows) == count
        assert len(register.measures(reader, JUNE, which).rows) == count
        assert len(register.tasks(reader, JUNE, which, of_hr=True).rows) == count
        assert len(register.tasks(reader, JUNE, which, of_hr=False).rows) == count


def test_a_page_of_tasks_ends_where_the_next_begins(
    tell: Tell, reader: Connection
) -> None:
    tell(office(*all_kinds("P1"), *all_kinds("P2")))

    first = register.tasks(reader, JUNE, of_hr=True, limit=1)
    rest = register.tasks(reader, JUNE, of_hr=True, limit=1, after=first.next)
    assert [task.person for task in (*first.rows, *rest.rows)] == ["P1", "P2"]
    with pytest.raises(Invalid, match="after"):
        register.sanctions(reader, JUNE, after=first.next)
