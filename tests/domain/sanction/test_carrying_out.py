"""What an office has to do because of a sanction is said once it is done."""

from datetime import date

import pytest

from domain.errors import Invalid, Unknown
from domain.sanction.carrying_out import CarryOutPersonnelChange, CompleteReparation
from domain.sanction.facts import PersonnelChangeCarriedOut, ReparationCompleted
from tests.domain.sanction.cast import appealed, ready, sanction, tracks
from tests.spec import Scenario

LI = "li:government:1"


def quashed() -> Scenario:
    case = ready(tracks()).decision("warning")
    return appealed(case, "2021-06-01", "quashed").by("han", "deciding_authority")


def completes(scenario: Scenario, task: str, text: str = "It is done.") -> Scenario:
    return scenario.when(CompleteReparation(sanction=LI, task=task, text=text))


def test_i17_each_task_of_reparation_is_completed_by_itself() -> None:
    scenario = quashed()
    tasks = {task.task for task in sanction(scenario).tasks}

    done = completes(scenario, "compensate_pay").one(ReparationCompleted)
    assert done.on == date(2021, 6, 1)
    assert {t.task for t in sanction(scenario).tasks} == tasks - {"compensate_pay"}
    completes(scenario, "compensate_pay").then_refused(
        Unknown, match="no open reparation compensate_pay"
    )


def test_it_is_said_how_a_task_was_done() -> None:
    completes(quashed(), "compensate_pay", " ").then_refused(Invalid, match="text: say")


def demoted() -> Scenario:
    return ready(tracks()).decision("demotion").scenario.by("hr", "hr")


def carries_out(scenario: Scenario, text: str = "Lowered.") -> Scenario:
    return scenario.when(CarryOutPersonnelChange(sanction=LI, text=text))


def test_hr_carries_out_a_demotion_once() -> None:
    scenario = carries_out(demoted().on("2021-04-01"))

    scenario.then(
        PersonnelChangeCarriedOut(sanction=LI, on=date(2021, 4, 1), text="Lowered.")
    )
    carries_out(scenario).then_refused(Unknown, match="no personnel change")


def test_hr_may_come_late_and_says_how() -> None:
    carries_out(demoted().on("2022-04-01")).one(PersonnelChangeCarriedOut)
    carries_out(demoted(), "").then_refused(Invalid, match="text: say how")


@pytest.mark.parametrize(
    "command",
    [
        CompleteReparation(sanction="li:government:2", task="x", text="x"),
        CarryOutPersonnelChange(sanction="li:government:2", text="x"),
    ],
    ids=lambda c: type(c).__name__,
)
def test_nothing_is_done_about_what_was_never_imposed(
    command: CompleteReparation | CarryOutPersonnelChange,
) -> None:
    demoted().when(command).then_refused(Unknown, match="no sanction li:government:2")
