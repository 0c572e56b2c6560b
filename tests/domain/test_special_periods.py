"""Some rules bind only in special periods, which open and end by a decision."""

from datetime import date
from typing import Any

import pytest

from domain.disclosure import DisclosureFiled
from domain.errors import Invalid, Unknown, WrongStage
from domain.obligation import ObligationFulfilled, ObligationRaised
from domain.rulebook import (
    ActivatePeriod,
    EndPeriod,
    PeriodRuleActivated,
    PeriodRuleEnded,
)
from tests.domain.cast import INSTANT, LEAVING, demand, police
from tests.domain.papers import files, trip

MAY_DAY = date(2020, 5, 1)


def holiday(**changes: Any) -> ActivatePeriod:
    """Open the period from 1 to 5 May 2020."""
    usual: dict[str, Any] = {
        "rulebook": LEAVING,
        "rule": "leave_city",
        "period": "may-day",
        "from_on": MAY_DAY,
        "to_on": date(2020, 5, 6),
    }
    return ActivatePeriod(**(usual | changes))


def test_s3_10_within_the_period_a_trip_must_be_reported() -> None:
    away = files("leave_city", trip(), rulebook=LEAVING)
    scenario = police(LEAVING).given(holiday()).on("2020-05-06").declarant("shen")

    scenario.when(away).then_kinds(
        DisclosureFiled, ObligationRaised, ObligationFulfilled
    )
    assert scenario.one(ObligationRaised).due_on == date(2020, 5, 7)


@pytest.mark.parametrize("day", ["2020-04-30", "2020-05-06"])
def test_s3_10_the_same_trip_outside_the_period_raises_no_duty(day: str) -> None:
    away = files("leave_city", trip(**{"from": day, "to": day}), rulebook=LEAVING)
    scenario = police(LEAVING).given(holiday()).on("2020-05-06").declarant("shen")

    scenario.when(away).then_kinds(DisclosureFiled)


def test_s3_10_a_duty_is_asked_in_vain_outside_the_period() -> None:
    before = demand(LEAVING, "leave_city", "2020-04-30", anchors={"to": MAY_DAY})
    police(LEAVING).given(holiday()).when(before).then_nothing()


def test_opening_a_period_is_recorded_once() -> None:
    scenario = police(LEAVING).when(holiday())

    scenario.then(
        PeriodRuleActivated(
            rule="leave_city",
            period="may-day",
            from_on=MAY_DAY,
            to_on=date(2020, 5, 6),
        )
    )
    scenario.when(holiday()).then_nothing()


def test_a_period_without_an_end_lasts_until_it_is_ended() -> None:
    end = EndPeriod(rulebook=LEAVING, period="may-day", on=date(2020, 6, 1))
    scenario = police(LEAVING).given(holiday(to_on=None))

    later = demand(LEAVING, "leave_city", "2020-06-01", anchors={"to": MAY_DAY})
    scenario.when(end).then(PeriodRuleEnded(period="may-day", on=date(2020, 6, 1)))
    scenario.when(end).then_nothing()
    scenario.when(later).then_nothing()


def test_of_several_periods_only_the_one_named_is_ended() -> None:
    autumn = holiday(period="autumn", from_on=date(2020, 10, 1), to_on=None)
    end = EndPeriod(rulebook=LEAVING, period="may-day", on=date(2020, 5, 2))
    scenario = police(LEAVING).given(holiday(), autumn, end)

    late = {"to": date(2020, 10, 2)}
    scenario.when(
        demand(LEAVING, "leave_city", "2020-05-02", key="a", anchors=late)
    ).then_nothing()
    scenario.when(
        demand(LEAVING, "leave_city", "2020-10-02", key="b", anchors=late)
    ).then_kinds(ObligationRaised)


def test_a_name_stands_for_one_period() -> None:
    other = holiday(from_on=date(2020, 5, 2))
    police(LEAVING).given(holiday()).when(other).then_refused(
        WrongStage, match="there is another may-day"
    )


def test_a_period_ends_after_it_begins() -> None:
    police(LEAVING).when(holiday(to_on=MAY_DAY)).then_refused(
        Invalid, match="to_on: it must come after from_on"
    )


def test_a_period_may_be_called_off_on_its_first_day() -> None:
    off = EndPeriod(rulebook=LEAVING, period="may-day", on=MAY_DAY)
    police(LEAVING).given(holiday()).when(off).then_kinds(PeriodRuleEnded)


def test_a_period_does_not_end_before_it_began() -> None:
    early = EndPeriod(rulebook=LEAVING, period="may-day", on=date(2020, 4, 30))
    police(LEAVING).given(holiday()).when(early).then_refused(
        Invalid, match="on: the period began on 2020-05-01"
    )


def test_a_period_that_never_began_does_not_end() -> None:
    end = EndPeriod(rulebook=LEAVING, period="may-day", on=MAY_DAY)
    police(LEAVING).when(end).then_refused(Unknown, match="no period may-day")


def test_only_a_period_rule_has_periods() -> None:
    police().when(holiday(rulebook=INSTANT, rule="wedding")).then_refused(
        Invalid, match="rule: it is not a period rule"
    )


def test_a_period_needs_a_rulebook_in_force() -> None:
    early = holiday(from_on=date(2018, 1, 1), to_on=None)
    police(LEAVING).when(early).then_refused(
        Unknown, match=f"no rulebook in force {LEAVING} on 2018-01-01"
    )
