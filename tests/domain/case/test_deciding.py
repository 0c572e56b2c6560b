"""Art. 43-45: the decision, with all that it states, once, and never too heavy."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from domain.case.deciding import DecideCase
from domain.case.facts import DecisionMade
from domain.case.opening import AddAllegation
from domain.case.recusal import RequestRecusal
from domain.errors import Incomplete, Invalid, NotAllowed, Refused, WrongStage
from domain.sanction.facts import MeasureTaken, SanctionImposed
from domain.sanction.measuring import Measuring
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office, under

DAY = "2021-03-10"


def found(at_most: str | None = "dismissal") -> Proceeding:
    case = Proceeding(office(), on=DAY).inquiry().investigation()
    return case.notice(at_most=at_most).response().finding()


def decide(case: Proceeding, kind: str | None = "warning", **more: Any) -> DecideCase:
    usual: dict[str, Any] = {
        "closing": "sanction" if kind else "no_sanction",
        "findings": tuple(each.finding for each in case.state.findings),
        "statements": dict.fromkeys(case.process.statements, "It is said."),
        "sanctions": (case.sanctioning(kind),) if kind else (),
    }
    return DecideCase(case="C-1", **(usual | more))


def test_a_decision_imposes_what_it_decides_at_once() -> None:
    case = found()

    scenario = case.scenario.when(decide(case))

    fact = scenario.one(DecisionMade)
    assert scenario.one(SanctionImposed).decided_on == fact.decided_on
    assert (fact.closing, str(fact.decided_on)) == ("sanction", DAY)
    assert case.stage == "decided"


def test_art_12_no_sanction_may_be_decided_with_a_measure() -> None:
    case = found()
    talk = Measuring(
        rulebook=GOVERNMENT,
        kind="reminder_talk",
        findings=("case:C-1:1",),
        text="It was minor.",
    )

    scenario = case.scenario.when(decide(case, None, measures=(talk,)))

    assert scenario.one(DecisionMade).closing == "no_sanction"
    assert scenario.one(MeasureTaken).kind == "reminder_talk"
    assert scenario.all(SanctionImposed) == []


@pytest.mark.parametrize(
    ("steps", "match"),
    [
        (lambda case: case, "stage investigation"),
        (lambda case: case.notice(), "was not answered"),
        (lambda case: case.notice().waiver(), "rests on nothing"),
    ],
)
def test_i1_no_sanction_without_notice_answer_and_finding(
    steps: Callable[[Proceeding], Proceeding], match: str
) -> None:
    case = steps(Proceeding(office(), on=DAY).inquiry().investigation())
    case.scenario.by("han", "deciding_authority")

    scenario = case.scenario.when(decide(case))

    assert isinstance(scenario.failure, Refused)
    scenario.then_refused(type(scenario.failure), match=match)


def test_i1_what_is_alleged_after_the_notice_stops_the_decision() -> None:
    case = found()
    more = AddAllegation(case="C-1", allegation=case.allegation(conduct="more"))
    case.investigator(more).scenario.by("han", "deciding_authority")

    case.scenario.when(decide(case)).then_refused(WrongStage, match="a new one")


def test_art_43_who_asks_late_to_be_heard_is_heard_before_the_decision() -> None:
    case = found().response(hearing_wanted=True)
    case.scenario.by("han", "deciding_authority")

    case.scenario.when(decide(case)).then_refused(WrongStage, match="heard first")


def test_art_45_a_decision_states_all_that_the_rulebook_wants_and_no_more() -> None:
    case = found()
    said = dict.fromkeys(case.process.statements, "It is said.")

    silent = decide(case, statements=said | {"seal": " "})
    case.scenario.when(silent).then_refused(Incomplete, match="statements.seal")
    del said["review_routes"]
    case.scenario.when(decide(case, statements=said)).then_refused(Incomplete)
    case.scenario.when(decide(case, statements={"gossip": "x"})).then_refused(Invalid)


def test_who_investigated_does_not_decide() -> None:
    case = found()

    case.scenario.by("luo", "deciding_authority")
    case.scenario.when(decide(case)).then_refused(NotAllowed, match="has investigated")


def test_nor_who_may_have_to_be_recused() -> None:
    case = found()
    case.declarant(
        RequestRecusal(case="C-1", who="han", ground="interest", text="She hates me.")
    )

    case.scenario.by("han", "deciding_authority")
    case.scenario.when(decide(case)).then_refused(NotAllowed, match="not decided yet")


def test_nor_a_machine() -> None:
    case = found()
    case.scenario.by("scheduler", "scheduler")

    case.scenario.when(decide(case)).then_refused(NotAllowed, match="no person")


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("warning", {"closing": "no_sanction"}, "sanctions"),
        (None, {"closing": "sanction"}, "sanctions"),
        (None, {"closing": "withdrawn"}, "closing"),
        ("warning", {"findings": ("case:C-1:9",)}, "findings"),
    ],
)
def test_art_44_a_closing_goes_with_what_is_imposed(
    kind: str | None, more: dict[str, Any], field: str
) -> None:
    case = found()

    case.scenario.when(decide(case, kind, **more)).then_refused(Invalid, match=field)


def test_art_44_a_rulebook_may_leave_a_closing_out() -> None:
    closings = 'closings = ["sanction", "withdrawn", "no_sanction", "referred"]'
    scenario = under((closings, 'closings = ["sanction", "withdrawn"]'))
    case = Proceeding(scenario, on=DAY).upto("finding")

    case.scenario.when(decide(case, None)).then_refused(Invalid, match="closing")


def test_a_case_decides_on_its_own_track_and_on_its_own_findings() -> None:
    case = found()
    own = case.sanctioning("warning")
    other = replace(own, rulebook="cn-party-discipline")
    elsewhere = replace(
        own, determined=(replace(own.determined[0], finding="case:C-2:1"),)
    )

    for asked in (other, elsewhere):
        command = decide(case, sanctions=(asked,))
        case.scenario.when(command).then_refused(Invalid, match="sanctions")


@pytest.mark.parametrize(("at_most", "taken"), [("demerit", True), ("warning", False)])
def test_art_43_the_answer_never_makes_it_heavier_than_the_notice_said(
    at_most: str, *, taken: bool
) -> None:
    case = found(at_most)

    scenario = case.scenario.when(decide(case, "demerit"))

    if taken:
        assert scenario.one(SanctionImposed).terms.kind == "demerit"
    else:
        scenario.then_refused(NotAllowed, match="told of warning at most")


def test_art_43_who_was_told_of_no_sanction_is_given_none() -> None:
    case = found(None)

    case.scenario.when(decide(case)).then_refused(NotAllowed, match="None at most")


def test_i4_t15_one_conduct_is_sanctioned_once_on_one_track() -> None:
    scenario = office()
    Proceeding(scenario, on=DAY, conduct="trip").upto("finding").decision("warning")
    second = Proceeding(scenario, on=DAY, case="C-2", conduct="trip").upto("finding")

    again = replace(decide(second), case="C-2")

    scenario.when(again)
    assert isinstance(scenario.failure, Refused)
    scenario.then_refused(type(scenario.failure), match="trip")


def test_what_is_refused_of_a_sanction_leaves_no_decision_either() -> None:
    case = found()
    silent = replace(case.sanctioning("warning"), text="")

    case.scenario.when(decide(case, sanctions=(silent,))).then_refused(Invalid)

    assert case.stage == "notice"
