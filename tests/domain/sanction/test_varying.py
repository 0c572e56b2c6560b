"""What an appeal changes it changes from the beginning, and never for the worse."""

from datetime import date

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.sanction.carrying_out import CarryOutPersonnelChange
from domain.sanction.facts import (
    PersonnelChangeOrdered,
    ReparationOrdered,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionVaried,
)
from domain.sanction.varying import QuashSanction, VarySanction
from tests.domain.appeal.appeals import decide
from tests.domain.case.proceeding import Proceeding
from tests.domain.sanction.cast import (
    PARTY,
    appealed,
    day,
    ready,
    record,
    sanction,
    sanctioned,
    tracks,
)
from tests.spec import Scenario

LI, SECOND = "li:government:1", "li:government:2"


def given(kind: str, on: str = "2021-03-10", **more: str) -> Proceeding:
    return ready(tracks(), on).decision(kind, **more)


def test_t10_a_sanction_is_quashed_as_if_it_had_never_been() -> None:
    scenario = appealed(given("warning"), "2021-06-01", "quashed")

    quashed = scenario.one(SanctionQuashed)
    assert (quashed.on, quashed.appeal) == (day("2021-06-01"), "A-C-1")
    assert sanction(scenario).status == "quashed"
    assert record(scenario).conducts() == frozenset()


def test_i17_what_a_quashed_sanction_did_is_made_good_within_its_time() -> None:
    scenario = appealed(given("warning"), "2021-06-01", "quashed")

    tasks = scenario.all(ReparationOrdered)
    assert {task.task for task in tasks} >= {"restore_reputation", "compensate_pay"}
    assert {task.due_on for task in tasks} == {day("2021-07-01")}
    assert "Art. 60" in tasks[0].cited.legal_basis
    assert len(sanction(scenario).tasks) == len(tasks)


def test_i17_varying_has_tasks_of_its_own() -> None:
    scenario = appealed(given("demerit"), "2021-06-01", "varied", kind="warning")

    tasks = {task.task for task in scenario.all(ReparationOrdered)}
    assert "adjust_level_and_pay" in tasks
    assert "restore_reputation" not in tasks


def test_t11_a_demerit_varied_to_a_warning_ended_six_months_after_its_decision() -> (
    None
):
    case = given("demerit", "2022-01-01")
    varied = appealed(case, "2022-03-01", "varied", kind="warning").one(SanctionVaried)

    assert varied.terms.from_on == day("2022-01-01")
    assert varied.terms.until_on == day("2022-07-01")
    assert "promotion" in varied.terms.blocks
    assert "pay_step" not in varied.terms.blocks
    assert sanction(case.scenario).terms == varied.terms
    assert varied.terms.ladders == ("post", "rank", "title", "grade", "pay_step")


@pytest.mark.parametrize(
    ("kind", "match"),
    [
        ("major_demerit", "major_demerit is heavier than demerit"),
        ("dismissal", "dismissal is heavier than demerit"),
        ("demerit", "it is demerit until 2022-03-10 already"),
    ],
)
def test_i3_no_appeal_makes_a_sanction_heavier(kind: str, match: str) -> None:
    scenario = appealed(given("demerit"), "2021-04-01", "varied", kind=kind)
    scenario.then_refused(NotAllowed, match=match)
    assert sanction(scenario).terms.kind == "demerit"


def merged(period: str = "18M") -> Proceeding:
    """Return a case in which two demerits were decided together, for a period."""
    case = Proceeding(tracks())
    other = case.allegation(conduct="other")
    case.inquiry().investigation(case.allegation(), other).notice().waiver()
    case.finding().finding(conduct="other")
    asked = case.sanctioning("demerit", period=period)
    return case.decision("demerit", sanctions=(asked,))


def test_i3_a_period_chosen_anew_is_shorter_and_within_the_range() -> None:
    case = merged()
    scenario = appealed(case, "2021-04-01", "varied", period="19M")
    scenario.then_refused(NotAllowed, match="is longer than until 2022-09-10")

    second = decide_again(scenario, period="11M")
    second.then_refused(Invalid, match="11M is not from 12M to 24M")
    shorter = decide_again(scenario, period="14M").one(SanctionVaried)
    assert shorter.terms.until_on == day("2022-05-10")
    assert (shorter.terms.basis, shorter.chosen.period) == ("same_kind_range", "14M")


def decide_again(scenario: Scenario, **more: str) -> Scenario:

    return scenario.when(decide("varied", appeal="A-C-1", grounds=("law",), **more))


def test_several_violations_varied_to_a_lighter_kind_run_its_shortest_period() -> None:
    scenario = appealed(merged(), "2021-04-01", "varied", kind="warning")
    assert scenario.one(SanctionVaried).terms.until_on == day("2021-09-10")


def test_i3_what_has_an_end_never_becomes_endless() -> None:
    case = given("dismissal")
    varied = appealed(case, "2021-04-01", "varied", kind="removal").one(SanctionVaried)
    assert varied.terms.until_on == day("2023-03-10")


def sequence(*kinds: str) -> list[Proceeding]:
    """Sanction Li with these, each within the period of the one before."""
    scenario, cases = tracks(), []
    for month, kind in enumerate(kinds, 1):
        case = ready(scenario, f"2022-{month:02}-01", case=f"C-{month}")
        cases.append(case.decision(kind))
    return cases


def test_t5_later_periods_lose_the_remainder_of_one_that_is_quashed() -> None:
    first, *_ = sequence("demerit", "warning", "demerit")
    before = [known.terms.until_on for known in record(first.scenario).sanctions]
    assert before == [day("2023-01-01"), day("2023-07-01"), day("2024-07-01")]

    scenario = appealed(first, "2022-03-10", "quashed")
    recomputed = scenario.all(SanctionPeriodRecomputed)
    assert [fact.terms.until_on for fact in recomputed] == [
        day("2022-08-01"),
        day("2023-08-01"),
    ]
    assert [fact.terms.remainder_of for fact in recomputed] == [None, SECOND]
    assert {fact.because_of for fact in recomputed} == {LI}


def test_t5_later_periods_lose_as_much_as_one_before_is_varied_by() -> None:
    first, _ = sequence("demerit", "warning")
    scenario = appealed(first, "2022-03-10", "varied", kind="warning")

    (fact,) = scenario.all(SanctionPeriodRecomputed)
    assert (fact.sanction, fact.terms.until_on) == (SECOND, day("2023-01-01"))
    assert fact.terms.basis == "single+remainder"


def test_what_was_decided_before_or_stands_apart_is_left_as_it_is() -> None:
    first, second = sequence("demerit", "warning")
    scenario = appealed(second, "2022-03-10", "quashed")

    assert scenario.all(SanctionPeriodRecomputed) == []
    assert sanction(scenario).terms.until_on == day("2023-01-01")
    third = ready(scenario, "2023-02-01", case="C-9").decision("warning")
    alone = appealed(first, "2023-02-02", "upheld")
    assert alone.all(SanctionPeriodRecomputed) == []
    assert sanction(scenario, third.sanction).terms.remainder_of is None


def test_a_quashed_one_later_is_not_computed_again() -> None:
    first, second = sequence("demerit", "warning")
    appealed(second, "2022-03-10", "quashed")
    scenario = appealed(first, "2022-03-11", "quashed")

    assert scenario.all(SanctionPeriodRecomputed) == []


def test_once_it_is_quashed_nothing_more_is_changed() -> None:
    case = given("warning")
    scenario = appealed(case, "2021-06-01", "quashed")
    command = QuashSanction(
        sanction=LI, appeal="A-C-1", grounds=("procedure",), text="again"
    )

    scenario.when(command).then_refused(WrongStage, match="was quashed")


def test_what_was_quashed_frees_its_conduct_for_a_better_decision() -> None:
    case = given("warning", "2021-03-10")
    scenario = appealed(case, "2021-06-01", "quashed")
    again = ready(scenario, "2021-08-01", case="C-2", conduct="conduct-C-1")

    assert again.decision("warning").sanction == SECOND


def test_nothing_is_changed_but_by_an_appeal_that_came_out_so() -> None:
    case = given("demerit")
    vary = {"sanction": LI, "grounds": ("law",), "text": "so", "kind": "warning"}
    scenario = case.scenario.by("mu", "appeal_panel")

    scenario.when(VarySanction(appeal="A-9", **vary))  # type: ignore[arg-type]  # by name
    scenario.then_refused(Unknown, match="no appeal A-9")
    appealed(case, "2021-04-01", "upheld")
    scenario.when(VarySanction(appeal="A-C-1", **vary))  # type: ignore[arg-type]  # by name
    scenario.then_refused(WrongStage, match="A-C-1 was not varied")


def test_a_change_by_hr_is_taken_back_with_what_it_was_for() -> None:
    case = given("demotion")
    scenario = appealed(case, "2021-03-20", "varied", kind="warning")

    assert scenario.all(PersonnelChangeOrdered) == []
    assert sanction(scenario).change is None


def test_a_change_by_hr_stays_due_where_the_lighter_sanction_takes_one_too() -> None:
    case = given("removal")
    scenario = appealed(case, "2021-03-20", "varied", kind="demotion")

    assert scenario.one(PersonnelChangeOrdered).due_on == date(2021, 4, 10)
    assert sanction(scenario).change


def test_a_change_that_was_carried_out_is_not_ordered_again() -> None:
    case = given("removal")
    done = CarryOutPersonnelChange(sanction=LI, text="Removed.")
    case.scenario.by("hr", "hr").given(done)

    scenario = appealed(case, "2021-03-20", "varied", kind="demotion")
    assert scenario.all(PersonnelChangeOrdered) == []


def test_a_sanction_on_the_other_track_stands_as_it_is() -> None:
    case = given("warning")
    other = sanctioned(
        case.scenario, "warning", "2021-05-01", case="C-2", rulebook=PARTY
    )
    scenario = appealed(case, "2021-06-01", "quashed")

    assert sanction(scenario, other).status == "running"
