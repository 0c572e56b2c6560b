"""Reports on personal matters: every January, on entry, and where family is abroad."""

from datetime import date
from typing import Any

import pytest

from domain.amending import AmendDisclosure
from domain.disclosure import DisclosureFiled
from domain.duties import MarkOverdue, RaiseObligation
from domain.errors import Invalid, WrongStage
from domain.filing import FileDisclosure
from domain.obligation import (
    ObligationBecameOverdue,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    obligation_stream,
)
from domain.personnel import Retire
from tests.domain.cast import (
    DISCLOSURES,
    PERSONAL,
    SHIPPED,
    demand,
    joins,
    law,
    register,
    rule,
)
from tests.domain.papers import answers, files
from tests.spec import Scenario

FORM = answers(rule(PERSONAL, "annual"))
ANNUAL = obligation_stream("qian", PERSONAL, "annual", "2016")


def serving(**post: Any) -> Scenario:
    """Return a register in which Qian, of provincial rank, serves; it is January."""
    person = joins("qian", **({"rank": "provincial"} | post))
    return register(PERSONAL).given(*person).on("2016-01-20").declarant("qian")


def yearly(
    *, year: int | None = 2016, disclosure: str = "D-1", **changes: Any
) -> FileDisclosure:
    return files(
        "annual",
        FORM | changes,
        person="qian",
        rulebook=PERSONAL,
        period=year,
        disclosure=disclosure,
    )


def called(year: int, on: str) -> RaiseObligation:
    key = str(year)
    return demand(PERSONAL, "annual", on, person="qian", key=key, year=year)


@pytest.mark.parametrize("year", [2012, 2016, 2017])
def test_s5_11_the_annual_report_is_due_on_31_january_of_each_year(year: int) -> None:
    fact = serving().when(called(year, f"{year}-01-01")).one(ObligationRaised)
    assert fact.due_on == date(year, 1, 31)


def test_s5_11_it_is_late_from_1_february() -> None:
    scenario = serving().given(called(2016, "2016-01-01"))

    last = MarkOverdue(obligation=ANNUAL, today=date(2016, 1, 31))
    scenario.when(last).then_nothing()
    first = MarkOverdue(obligation=ANNUAL, today=date(2016, 2, 1))
    scenario.when(first).then(ObligationBecameOverdue(due_on=date(2016, 1, 31)))
    late = scenario.on("2016-02-01").when(yearly()).one(ObligationFulfilledLate)
    assert late.days_late == 1


def test_s5_11_a_report_on_31_january_fulfils_what_the_calendar_demanded() -> None:
    (
        serving()
        .given(called(2016, "2016-01-01"))
        .on("2016-01-31")
        .when(yearly())
        .then_kinds(DisclosureFiled, ObligationFulfilled)
    )


def test_a_report_may_come_before_the_calendar_demanded_it() -> None:
    scenario = serving().when(yearly())

    scenario.then_kinds(DisclosureFiled, ObligationRaised, ObligationFulfilled)
    scenario.when(called(2016, "2016-01-01")).then_nothing()


def test_the_report_for_a_year_can_be_filed_from_the_day_it_stands_open() -> None:
    serving().on("2016-01-01").when(yearly()).then_kinds(
        DisclosureFiled, ObligationRaised, ObligationFulfilled
    )


def test_nobody_reports_for_a_year_that_does_not_stand_open_yet() -> None:
    (
        serving()
        .on("2015-12-31")
        .when(yearly())
        .then_refused(WrongStage, match="for 2016 can be filed from 2016-01-01 on")
    )


def test_a_report_for_a_year_is_filed_once() -> None:
    (
        serving()
        .given(yearly())
        .when(yearly(disclosure="D-2"))
        .then_refused(WrongStage, match="D-1 already fulfilled this: amend that one")
    )


def test_a_yearly_report_says_for_which_year() -> None:
    serving().when(yearly(year=None)).then_refused(
        Invalid, match="period: say for which year"
    )


def test_a_year_that_no_calendar_has_is_refused() -> None:
    serving().when(yearly(year=10_000)).then_refused(
        Invalid, match="the calendar ends", cites=False
    )


def test_whoever_came_under_the_rule_after_the_due_date_is_late_for_nothing() -> None:
    scenario = serving(from_on=date(2016, 3, 1)).on("2016-04-01")
    scenario.when(yearly()).then_kinds(DisclosureFiled)


def test_nothing_to_declare_is_a_nil_return() -> None:
    nil = files("annual", {"nil": True}, person="qian", rulebook=PERSONAL, period=2016)
    filed = serving().when(nil)

    assert filed.one(DisclosureFiled).nil_return
    assert len(filed.all(ObligationFulfilled)) == 1


def test_s5_12_a_retired_senior_files_in_time_like_everybody() -> None:
    scenario = serving().given(Retire(number="qian", on=date(2015, 6, 1)))
    scenario.when(yearly()).then_kinds(
        DisclosureFiled, ObligationRaised, ObligationFulfilled
    )


def appointed() -> Scenario:
    """Return a register in which Qian took up a covered post on 15 December 2015."""
    return serving(from_on=date(2015, 12, 15))


BASELINE = demand(
    PERSONAL,
    "baseline",
    "2015-12-15",
    person="qian",
    key="post",
    anchors={"appointment_date": date(2015, 12, 15)},
)


def test_s5_07_a_new_covered_person_owes_a_baseline_within_30_days() -> None:
    fact = appointed().when(BASELINE).one(ObligationRaised)
    assert fact.due_on == date(2016, 1, 14)


def test_s5_07_the_baseline_is_filed_by_naming_the_duty() -> None:
    report = files(
        "baseline",
        answers(rule(PERSONAL, "baseline")),
        person="qian",
        rulebook=PERSONAL,
        obligation=BASELINE.stream,
    )
    late = appointed().given(BASELINE).when(report).one(ObligationFulfilledLate)
    assert late.days_late == 6


@pytest.mark.parametrize("relative", ["spouse", "child"])
def test_s5_13_a_relative_abroad_opens_a_supplement_with_a_flag(relative: str) -> None:
    answer: dict[str, Any] = {f"{relative}_abroad": True}
    filed = serving().when(yearly(**answer))

    opened = [f for f in filed.all(ObligationRaised) if f.category == "family_abroad"]
    assert [(f.cited.rule, f.flag) for f in opened] == [
        (f"{relative}_abroad", "heightened_review")
    ]
    assert opened[0].due_on == date(2016, 2, 19)


def test_s5_13_the_flag_bars_nothing_and_the_supplement_is_filed_for_itself() -> None:
    scenario = serving().given(yearly(spouse_abroad=True))
    supplement = files(
        "spouse_abroad",
        answers(rule(PERSONAL, "spouse_abroad")),
        person="qian",
        rulebook=PERSONAL,
        disclosure="D-2",
        subject="spouse",
        obligation=obligation_stream("qian", PERSONAL, "spouse_abroad", "D-1"),
    )

    filed = scenario.when(supplement).then_kinds(DisclosureFiled, ObligationFulfilled)
    assert filed.one(DisclosureFiled).confidentiality == "restricted"


def test_s5_13_without_a_relative_abroad_no_supplement_is_asked() -> None:
    assert len(serving().when(yearly()).all(ObligationRaised)) == 1


def test_s5_13_the_same_answer_under_another_rule_opens_nothing() -> None:
    day = '{ name = "change_date", kind = "date", label = "Day of the change" },'
    asks = day + '{ name = "child_abroad", kind = "boolean" },'
    text = SHIPPED[f"{PERSONAL}.toml"].replace(day, asks)
    form = answers(rule(PERSONAL, "change"), "2016-01-10", child_abroad=True)
    scenario = law(register(), text).given(*joins("qian", rank="provincial"))

    change = files("change", form, person="qian", rulebook=PERSONAL)
    scenario.on("2016-01-20").declarant("qian").when(change)
    assert [f.cited.rule for f in scenario.all(ObligationRaised)] == ["change"]


def test_s5_13_an_answer_that_is_amended_opens_the_supplement_from_that_day() -> None:
    scenario = serving().given(yearly()).on("2016-06-01")
    amended = AmendDisclosure(disclosure="D-1", items=(FORM | {"child_abroad": True},))

    opened = scenario.when(amended).one(ObligationRaised)
    assert opened.due_on == date(2016, 7, 1)
    again = AmendDisclosure(
        disclosure="D-1", items=(FORM | {"child_abroad": True, "pay": "more"},)
    )
    assert scenario.when(again).all(ObligationRaised) == []


def test_s2_17_the_annual_report_of_another_country_is_due_on_15_may() -> None:
    raised = demand(DISCLOSURES, "annual", "2016-01-15", person="abel", year=2016)
    scenario = register(DISCLOSURES).given(*joins("abel", employer_type="us-executive"))
    assert scenario.when(raised).one(ObligationRaised).due_on == date(2016, 5, 15)
