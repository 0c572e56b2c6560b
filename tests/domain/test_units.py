"""Units stand in one hierarchy: each below one other, and never below itself."""

import pytest

from domain.errors import Unknown, WrongStage
from domain.record import Command
from domain.unit import (
    EstablishUnit,
    MoveUnit,
    NameHead,
    Unit,
    UnitEstablished,
    UnitHeadNamed,
    UnitMoved,
    unit_stream,
)
from tests.domain.cast import register
from tests.domain.door import ask, opened
from tests.domain.logs import Busy
from tests.memory import in_memory

LIBRARY = EstablishUnit(code="library", name="Library", parent="college")


def test_a_unit_is_established_below_another() -> None:
    register().when(LIBRARY).then(
        UnitEstablished(code="library", name="Library", parent="college")
    )


def test_establishing_it_again_as_it_stands_records_nothing() -> None:
    register().given(LIBRARY).when(LIBRARY).then_nothing()


@pytest.mark.parametrize(
    ("name", "parent"), [("Archive", "college"), ("Library", "department")]
)
def test_a_code_stands_for_one_unit(name: str, parent: str) -> None:
    other = EstablishUnit(code="library", name=name, parent=parent)
    register().given(LIBRARY).when(other).then_refused(
        WrongStage, match="the code library is taken"
    )


def test_a_unit_is_moved_once() -> None:
    move = MoveUnit(code="training", parent="department")
    register().when(move).then(UnitMoved(parent="department")).when(move).then_nothing()


def test_a_unit_may_come_to_stand_at_the_top() -> None:
    register().when(MoveUnit(code="college", parent=None)).then(UnitMoved(parent=None))


@pytest.mark.parametrize("below", ["department", "college", "training"])
def test_a_unit_is_not_moved_below_itself(below: str) -> None:
    register().when(MoveUnit(code="department", parent=below)).then_refused(
        WrongStage, match=f"{below} stands below department"
    )


def test_a_head_is_named_once_and_may_be_taken_away() -> None:
    scenario = register()

    scenario.when(NameHead(code="college", head="zhang"))
    scenario.then(UnitHeadNamed(head="zhang"))
    scenario.when(NameHead(code="college", head="zhang")).then_nothing()
    scenario.when(NameHead(code="college", head=None)).then(UnitHeadNamed(head=None))


def test_a_unit_keeps_what_it_is_through_all_changes() -> None:
    changes = (
        NameHead(code="training", head="li"),
        MoveUnit(code="training", parent="department"),
    )
    unit = register().given(*changes).state(Unit(), unit_stream("training"))

    assert unit == Unit(
        code="training", name="Training Section", parent="department", head="li"
    )
    assert unit.subject is None


def test_two_moves_at_once_may_make_a_ring_and_nobody_is_lost_in_it() -> None:
    log = Busy()
    app, other = opened(log), in_memory(log)
    ask(app, MoveUnit(code="training", parent="department"))
    log.meanwhile = [lambda: ask(other, MoveUnit(code="training", parent="college"))]
    ask(app, MoveUnit(code="college", parent="training"))

    with pytest.raises(WrongStage, match="training stands below college"):
        ask(app, MoveUnit(code="college", parent="training"))
    ask(app, MoveUnit(code="training", parent="department"))


NOWHERE: list[Command[Unit]] = [
    EstablishUnit(code="library", name="Library", parent="nowhere"),
    MoveUnit(code="college", parent="nowhere"),
    MoveUnit(code="nowhere", parent="college"),
    NameHead(code="nowhere", head="zhang"),
]


@pytest.mark.parametrize("command", NOWHERE)
def test_a_unit_that_does_not_exist_is_unknown(command: Command[Unit]) -> None:
    register().when(command).then_refused(Unknown, match="there is no unit nowhere")
