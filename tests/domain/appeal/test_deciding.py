"""What an appeal comes to, on which grounds, and what follows from it at once."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.appeal import AppealDecided
from domain.appealing.deciding import DecideAppeal
from domain.appealing.hearing import DecideStay
from domain.appealing.panel import RejectOutOfTime
from domain.appealing.weight import bar_until
from domain.case.case import Case, case_stream
from domain.case.facts import CaseReopened, ReputationRestored
from domain.errors import Incomplete, Invalid, NotAllowed
from domain.sanction.facts import (
    MeasureTaken,
    ReparationOrdered,
    SanctionQuashed,
    SanctionVaried,
    StayEnded,
)
from domain.sanction.measuring import Measuring
from tests.domain.appeal.appeals import CASE, FIRST, SERVED, Matter, decide
from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import book

LIGHTER = {"grounds": ("circumstances",), "kind": "warning"}
PROCEDURE = {"grounds": ("procedure",)}


def ready(kind: str | None = "major_demerit", announced: str = "") -> Matter:
    return Matter(kind, announced).lodged().constituted()


def test_upheld_all_stays_as_it_was() -> None:
    matter = ready()

    fact = matter.decides("upheld").one(AppealDecided)
    assert (fact.outcome, fact.decided_on, fact.served_on) == ("upheld", SERVED, None)
    assert fact.cited.rule == "appeals.review"
    assert matter.known().status == "running"


def test_varied_it_is_a_lighter_one_from_the_beginning() -> None:
    varied = ready().decides("varied", **LIGHTER)

    varied.then_some(varied.one(SanctionVaried))
    assert varied.one(SanctionVaried).terms.until_on == date(2021, 9, 10)


def test_i17_quashed_it_is_undone_made_good_and_made_known() -> None:
    quashed = ready(announced="unit").decides("quashed", **PROCEDURE)

    assert quashed.one(SanctionQuashed).appeal == FIRST
    tasks = {fact.task for fact in quashed.all(ReparationOrdered)}
    law = book(GOVERNMENT).track
    assert law
    assert tasks == {task.id for task in law.reparations if "quashed" in task.on}
    assert quashed.one(ReputationRestored).scope == "unit"


def test_i17_what_was_never_announced_needs_no_clearing() -> None:
    assert ready().decides("quashed", **PROCEDURE).all(ReputationRestored) == []


def test_remitted_the_sanction_falls_and_the_case_is_decided_anew() -> None:
    matter = ready()
    remitted = matter.decides("remitted", **PROCEDURE)

    assert remitted.one(CaseReopened).appeal == FIRST
    assert matter.known().status == "quashed"
    assert matter.scenario.state(Case(), case_stream(CASE)).decision is None


@pytest.mark.parametrize(
    ("outcome", "said", "kind"),
    [
        ("upheld", PROCEDURE, Invalid),
        ("quashed", {"grounds": ()}, Incomplete),
        ("quashed", {"grounds": ("mercy",)}, Invalid),
        ("varied", PROCEDURE | {"kind": "warning"}, Invalid),
        ("varied", {"grounds": ("circumstances",)}, Invalid),
        ("quashed", PROCEDURE | {"kind": "warning"}, Invalid),
        ("varied", LIGHTER | {"kind": "scolding"}, Invalid),
        ("pardoned", PROCEDURE, Invalid),
        ("quashed", PROCEDURE | {"text": " "}, Invalid),
    ],
)
def test_a_decision_rests_on_grounds_that_the_rulebook_has_for_its_outcome(
    outcome: str, said: dict[str, Any], kind: type[Exception]
) -> None:
    ready().decides(outcome, **said).then_refused(kind, match="Art.")


def test_a_stage_without_an_outcome_has_none_and_one_without_grounds_takes_any() -> (
    None
):
    direct = Matter().lodged("direct").constituted()
    direct.decides("remitted", **PROCEDURE).then_refused(Invalid, match="outcome")

    free = Matter().lodged("suspensive").constituted()
    assert free.decides("quashed", grounds=("anything",)).failure is None


@pytest.mark.parametrize("kind", ["demotion", "removal", "dismissal"])
def test_i3_no_appeal_makes_it_a_heavier_kind(kind: str) -> None:
    varied = ready().decides("varied", **(LIGHTER | {"kind": kind}))

    varied.then_refused(NotAllowed, match="heavier")


def test_i3_nor_does_it_make_the_same_kind_longer() -> None:
    varied = ready("demerit").decides("varied", **(LIGHTER | {"kind": "demotion"}))

    varied.then_refused(NotAllowed, match="heavier")


def test_a_stay_ends_with_the_decision_and_with_the_rejection() -> None:
    stay = DecideStay(appeal=FIRST, stayed=True, text="It cannot be undone.")
    decided = ready().does(stay).decides("upheld")
    decided.then_kinds(AppealDecided, StayEnded)

    late = Matter().on("2021-05-20")
    late.lodged(obstacle_until=date(2021, 5, 19), excuse="ill").constituted().does(stay)
    rejected = late.panel().when(RejectOutOfTime(appeal=FIRST, text="not ill"))
    assert rejected.one(StayEnded).sanction == late.sanction


def test_pronounced_to_the_person_it_is_served_and_the_next_stage_runs() -> None:
    matter = ready().on("2021-03-31")

    fact = matter.decides("upheld", pronounced=True).one(AppealDecided)
    assert fact.served_on == date(2021, 3, 31)
    assert fact.appeal_by == {"re_review": date(2021, 4, 30)}
    assert matter.state().served_on == fact.served_on


def with_measure() -> Matter:
    """Return a warning of Li's, and another case that took a measure, no sanction."""
    matter = Matter("warning")
    case = Proceeding(matter.scenario, on="2021-03-11", case="C-2")
    case.inquiry().investigation().notice().waiver().finding()
    measure = Measuring(
        rulebook=GOVERNMENT,
        kind=case.track.measures[0].id,
        findings=(case.state.findings[0].finding,),
        text="A talk is enough.",
    )
    case.decision(None, measures=(measure,)).served()
    return matter


def without_sanction() -> Matter:
    """Return an appeal against a decision that took a measure, and no sanction."""
    return with_measure().lodged(case="C-2").constituted()


def test_what_was_decided_in_another_case_stays() -> None:
    fact = with_measure().lodged().constituted().decides("quashed", **PROCEDURE)

    assert fact.one(AppealDecided).undone == ()


def test_without_a_sanction_the_findings_and_measures_fall() -> None:
    matter = without_sanction()
    taken = [r.fact for r in matter.scenario.log() if type(r.fact) is MeasureTaken]

    fact = matter.decides("quashed", **PROCEDURE).one(AppealDecided)

    assert fact.undone == (*taken[0].findings, taken[0].measure)
    assert matter.known().status == "running"


def test_there_is_nothing_to_vary_without_a_sanction() -> None:
    varied = without_sanction().decides("varied", **LIGHTER)

    varied.then_refused(Invalid, match="no sanction to vary")


def test_upheld_nothing_of_it_is_undone() -> None:
    assert without_sanction().decides("upheld").one(AppealDecided).undone == ()


def test_what_has_no_period_or_is_for_ever_ends_never() -> None:
    terms, law = ready().known().terms, book(GOVERNMENT)

    assert bar_until(law, replace(terms, period=None)) == date.max
    assert bar_until(law, replace(terms, for_ever=True)) == date.max
    assert bar_until(law, terms) == date(2022, 9, 10)
    probation = replace(terms, until_on=None, term_until=date(2022, 3, 10))
    assert bar_until(law, probation) == date(2023, 9, 10)
    assert decide("upheld") == DecideAppeal(
        appeal=FIRST, outcome="upheld", text="The facts bear it."
    )
