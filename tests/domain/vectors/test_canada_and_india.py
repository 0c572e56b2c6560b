"""S2-17: the law of Canada and of India on the same code."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.duties import MarkOverdue
from domain.errors import WrongStage
from domain.obligation import ObligationRaised, obligation_stream
from tests.domain.case.proceeding import Proceeding
from tests.domain.cast import (
    CONFLICTS,
    VIGILANCE,
    demand,
)
from tests.domain.vectors.world import abroad, asked_abroad

Step = Callable[[Proceeding], Proceeding]


# Canada: days from the appointment, gifts, and a penalty after views were presented.


@pytest.mark.parametrize(
    ("rule", "anchor", "due"),
    [
        ("confidential_report", "appointment_date", "2021-03-02"),
        ("summary_statement", "appointment_date", "2021-05-01"),
        ("material_change", "change_date", "2021-01-31"),
        ("gifts_over_200", "exceeded_on", "2021-01-31"),
    ],
)
def test_the_times_of_the_conflict_of_interest_act_come_out(
    rule: str, anchor: str, due: str
) -> None:
    there = abroad(CONFLICTS, employer_type="ca-executive")
    day = date(2021, 1, 1)
    duty = demand(CONFLICTS, rule, str(day), person="ada", anchors={anchor: day})
    raised = there.scenario.when(duty).one(ObligationRaised)

    assert raised.due_on == date.fromisoformat(due)


def test_nobody_is_fined_who_could_not_present_their_views() -> None:
    there = abroad(CONFLICTS, employer_type="ca-executive")
    case = there.case(
        "2021-03-01",
        person="ada",
        rulebook=CONFLICTS,
        violation="late_or_missing_report",
    )
    case.inquiry().investigation().notice()
    with pytest.raises(WrongStage, match="not answered"):
        case.finding(class_="late", mental="none")

    case.response().finding(class_="late", mental="none").decision("penalty")
    assert case.sanction == "ada:penalties:1"


# India: no return, no clearance; a cover is sealed from the charge sheet on.


def test_without_the_annual_return_there_is_no_clearance() -> None:
    there = abroad(VIGILANCE)
    duty = demand(
        VIGILANCE, "annual_return", "2021-01-01", person="ada", key="2021", year=2021
    )
    there.scenario.on("2021-01-01").given(duty)
    assert asked_abroad(there, VIGILANCE, "2021-01-31").result == "ELIGIBLE"

    overdue = MarkOverdue(
        obligation=obligation_stream("ada", VIGILANCE, "annual_return", "2021"),
        today=date(2021, 2, 1),
    )
    there.scenario.on("2021-02-01")
    there.does("scheduler", "scheduler", overdue)
    answer = asked_abroad(there, VIGILANCE, "2021-02-01")
    assert answer.result == "HELD"
    (reason,) = answer.reasons
    assert (reason.code, reason.cited.rule) == ("overdue", "annual_return")


def inquired(case: Proceeding) -> Proceeding:
    return case.inquiry()


def investigated(case: Proceeding) -> Proceeding:
    return case.inquiry().investigation()


def charged(case: Proceeding) -> Proceeding:
    return case.inquiry().investigation().notice()


@pytest.mark.parametrize(
    ("step", "result"),
    [(inquired, "ELIGIBLE"), (investigated, "ELIGIBLE"), (charged, "HELD")],
)
def test_a_complaint_or_an_inquiry_is_not_enough_a_charge_sheet_is(
    step: Step, result: str
) -> None:
    there = abroad(VIGILANCE)
    step(
        there.case("2021-03-01", person="ada", rulebook=VIGILANCE, violation="conduct")
    )

    assert asked_abroad(there, VIGILANCE, "2021-03-02").result == result
