"""The hearing: always, on request or never, as the rulebook says; before findings."""

from datetime import date

import pytest

from domain.case.facts import HearingHeld
from domain.case.finding import MakeFinding
from domain.case.hearing import HoldHearing
from domain.errors import Invalid, NotAllowed, WrongStage
from tests.domain.case.proceeding import Proceeding, office, under

DAY = "2021-03-10"
ASKED = 'hearing = "on_request"'


def told(hearing: str = "on_request") -> Proceeding:
    scenario = (
        office()
        if hearing == "on_request"
        else under((ASKED, f'hearing = "{hearing}"'))
    )
    return Proceeding(scenario, on=DAY).inquiry().investigation().notice()


def hold(day: str = DAY, text: str = "He said that he was ill.") -> HoldHearing:
    return HoldHearing(case="C-1", held_on=date.fromisoformat(day), text=text)


def find(case: Proceeding) -> MakeFinding:
    return MakeFinding(
        case="C-1",
        conduct=case.conduct,
        mental="none",
        standard="clear",
        reasons="It is shown.",
        justification="None was given.",
    )


def test_art_43_who_wants_to_be_heard_is_heard_before_anything_is_found() -> None:
    case = told().response(hearing_wanted=True).response(text="And this, too.")
    scenario = case.scenario.by("han", "deciding_authority")

    scenario.when(find(case)).then_refused(WrongStage, match="heard first")
    scenario.when(hold()).then(
        HearingHeld(held_on=date(2021, 3, 10), text="He said that he was ill.")
    )
    case.finding()


def test_art_43_a_hearing_that_was_held_before_it_was_asked_for_is_not_that_one() -> (
    None
):
    case = told().decider(hold()).response(hearing_wanted=True)
    scenario = case.scenario.by("han", "deciding_authority")

    scenario.when(find(case)).then_refused(WrongStage, match="heard first")
    case.decider(hold()).response(hearing_wanted=True)
    assert case.finding().state.heard, "it is held once, however often it is asked for"


def test_who_does_not_ask_for_one_need_not_be_heard() -> None:
    assert told().response().finding().state.findings


def test_where_there_is_always_one_there_is_one() -> None:
    case = told("always").waiver()
    scenario = case.scenario.by("han", "deciding_authority")

    scenario.when(find(case)).then_refused(WrongStage, match="heard first")
    case.decider(hold()).finding()


def test_where_there_is_never_one_there_is_none() -> None:
    case = told("never").response(hearing_wanted=True)
    scenario = case.scenario.by("han", "deciding_authority")

    scenario.when(hold()).then_refused(WrongStage, match="no hearings")
    assert case.finding().state.findings


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (hold("2021-03-09"), "held_on"),
        (hold("2021-03-11"), "held_on"),
        (hold(text=""), "text"),
    ],
)
def test_it_was_held_between_the_notice_and_today(
    command: HoldHearing, field: str
) -> None:
    scenario = told().scenario.by("han", "deciding_authority")

    scenario.when(command).then_refused(Invalid, match=field)


def test_it_is_held_by_who_decides_and_counts_for_its_own_notice_alone() -> None:
    case = told()
    scenario = case.scenario.by("jia", "investigator")
    scenario.when(hold()).then_refused(NotAllowed, match="has investigated")

    assert case.decider(hold()).state.heard
    assert case.notice().state.heard is None
