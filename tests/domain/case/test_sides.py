"""Art. 42, 43: who stood on one side of a case judges nothing in it, however named."""

import pytest

from domain.case.facts import InvestigatorAssigned, InvestigatorRelieved
from domain.case.finding import MakeFinding
from domain.case.investigating import (
    AssignInvestigator,
    RecordInterview,
    RelieveInvestigator,
)
from domain.case.notice import ReceiveResponse, ServeNotice, WaiveResponse
from domain.case.opening import AddAllegation, OpenInvestigation
from domain.errors import Incomplete, Invalid, NotAllowed
from tests.domain.case.proceeding import Proceeding, office

FINDING = MakeFinding(
    case="C-1",
    conduct="conduct-C-1",
    mental="none",
    standard="clear",
    reasons="So.",
    justification="None.",
)
WAIVES = WaiveResponse(case="C-1")
ANSWERS = ReceiveResponse(case="C-1", text="It was not I.")


def begun() -> Proceeding:
    return Proceeding(office()).inquiry().investigation()


def told() -> Proceeding:
    return begun().notice()


@pytest.mark.parametrize("said", [WAIVES, ANSWERS])
@pytest.mark.parametrize("name", ["han", "Han"])
def test_who_answered_for_the_person_as_a_clerk_finds_nothing_against_them(
    name: str, said: WaiveResponse | ReceiveResponse
) -> None:
    scenario = told().scenario.by("han", "clerk", on_behalf_of="li").given(said)

    scenario.by(name, "deciding_authority")
    scenario.when(FINDING).then_refused(NotAllowed, match="acted for the person")
    scenario.by("wei", "deciding_authority", on_behalf_of=name)
    scenario.when(FINDING).then_refused(NotAllowed, match="acted for the person")
    scenario.by("gu", "deciding_authority").when(FINDING).then_some()


def test_who_investigated_or_judged_does_not_answer_for_the_person() -> None:
    case = told().waiver().finding().notice()

    for who in ("jia", "Luo", "han"):
        case.scenario.by(who, "clerk", on_behalf_of="li")
        for said in (WAIVES, ANSWERS):
            case.scenario.when(said).then_refused(NotAllowed, match="or judged")


def test_who_alleged_as_an_investigator_has_investigated() -> None:
    case = begun()
    more = AddAllegation(case="C-1", allegation=case.allegation(conduct="more"))
    case.scenario.by("wei", "investigator").given(more)
    case.notice().waiver().scenario.by("wei", "deciding_authority")

    case.scenario.when(FINDING).then_refused(NotAllowed, match="wei has investigated")


def test_who_opened_the_case_with_its_allegations_may_decide_it() -> None:
    assert told().waiver().finding().state.findings


def test_who_opened_it_as_an_investigator_may_not() -> None:
    case = Proceeding(office()).inquiry()
    opening = OpenInvestigation(case="C-1", allegations=(case.allegation(),))
    case.scenario.by("wei", "investigator").given(opening)
    team = [AssignInvestigator(case="C-1", investigator=i) for i in ("jia", "luo")]
    case.decider(*team).notice().waiver().scenario.by("wei", "deciding_authority")

    case.scenario.when(FINDING).then_refused(NotAllowed, match="wei has investigated")


@pytest.mark.parametrize("twin", ["Jia", "\uff4a\uff49\uff41", "ji\u200ba", " jia"])
def test_one_name_written_in_two_ways_is_one_investigator(twin: str) -> None:
    case = Proceeding(office()).inquiry()
    again = AssignInvestigator(case="C-1", investigator=twin)
    case.decider(AssignInvestigator(case="C-1", investigator="jia"))
    case.scenario.when(again).then_nothing()

    alleged = OpenInvestigation(case="C-1", allegations=(case.allegation(),))
    case.decider(alleged).scenario.by("jia", "investigator")
    told = ServeNotice(
        case="C-1", allegations=(case.conduct,), evidence=(), text="You did it."
    )
    case.scenario.when(told).then_refused(Incomplete, match="there are 1")
    said = RecordInterview(
        case="C-1",
        who="the porter",
        interviewers=("jia", twin),
        held_on=case.scenario.now.date(),
        text="He was here.",
    )
    case.scenario.when(said).then_refused(Incomplete, match="there are 1")


def test_who_is_assigned_under_another_spelling_is_relieved_and_does_not_decide() -> (
    None
):
    case = begun()
    relieve = RelieveInvestigator(case="C-1", investigator="JIA", reason="ill")
    case.scenario.when(relieve).then(InvestigatorRelieved(investigator="jia"))
    case.scenario.given(AssignInvestigator(case="C-1", investigator="Jia"))
    assert case.state.investigators == ("luo", "Jia")

    case.notice().waiver().scenario.by("JIA", "deciding_authority")
    case.scenario.when(FINDING).then_refused(NotAllowed, match="JIA has investigated")


def test_one_conduct_written_in_two_ways_is_not_alleged_twice() -> None:
    case = Proceeding(office(), conduct="gift").inquiry()
    twins = (case.allegation(), case.allegation(conduct="Gift"))
    opening = OpenInvestigation(case="C-1", allegations=twins)
    case.scenario.when(opening).then_refused(Invalid, match="the same conduct")

    case.investigation().scenario.by("jia", "investigator")
    for name in ("Gift", "gift\u200b", "\uff47ift"):
        more = AddAllegation(case="C-1", allegation=case.allegation(conduct=name))
        case.scenario.when(more).then_refused(Invalid, match="stands there as gift")


def test_the_first_to_be_assigned_is_recorded_as_they_were_named() -> None:
    case = Proceeding(office()).inquiry()

    case.scenario.when(AssignInvestigator(case="C-1", investigator="Jia")).then(
        InvestigatorAssigned(investigator="Jia")
    )
