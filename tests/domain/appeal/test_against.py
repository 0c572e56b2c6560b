"""What an appeal is against: a decision of one case, and one sanction of it."""

from typing import Any

from domain.appeal import AppealLodged
from domain.appealing.serving import ServeAppealDecision
from domain.case.investigating import RecordInterview
from domain.case.opening import AddAllegation
from domain.errors import Incomplete, NotAllowed, Unknown, WrongStage
from domain.verification.assigning import AssignVerifier
from domain.verification.verification import OpenVerification
from tests.domain.appeal.appeals import FIRST, SECOND, Matter, decide, lodge, panel_of
from tests.domain.case.proceeding import Proceeding

OTHER = {"appeal": SECOND, "case": "C-2"}


def other(matter: Matter, *conducts: str, **more: Any) -> Proceeding:
    """Return another case against Li, which waits for its decision."""
    case = Proceeding(matter.scenario, on="2021-03-11", case="C-2")
    case.inquiry(**more)
    alleged = [case.allegation(conduct=conduct) for conduct in conducts or ("x",)]
    case.investigation(*alleged).notice().waiver()
    for allegation in alleged:
        case.finding(conduct=allegation.conduct)
    return case


def test_a_case_that_is_not_decided_or_not_served_is_not_appealed_in() -> None:
    matter = Matter()
    case = other(matter)
    matter.li().when(lodge(**OTHER)).then_refused(WrongStage, match="not decided")

    case.decision("demerit")
    matter.li().when(lodge(**OTHER)).then_refused(WrongStage, match="not served")
    case.served()
    matter.li().when(lodge(**OTHER)).then_some()


def test_each_case_is_appealed_in_by_itself() -> None:
    matter = Matter().lodged()
    other(matter).decision("demerit").served()

    lodged = matter.li().when(lodge(**OTHER)).one(AppealLodged)

    assert (lodged.sanction, lodged.before) == ("li:government:2", None)
    both = lodge(appeal="A-3", case="C-2", sanction=matter.sanction)
    matter.li().when(both).then_refused(Unknown)


def test_of_several_sanctions_one_is_named_and_each_can_be() -> None:
    """A second one is decided once the case is taken up again for new evidence."""
    matter = Matter()
    case = other(matter).decision("warning").served().closed().reopened()
    more = case.allegation(conduct="y")
    case.investigator(AddAllegation(case="C-2", allegation=more))
    case.notice().waiver().finding(conduct="y").decision("warning").served()

    unnamed = matter.li().when(lodge(**OTHER))
    unnamed.then_refused(Incomplete, match="li:government:2, li:government:3")
    for number in (2, 3):
        named = {"sanction": f"li:government:{number}", "appeal": f"A-{number}"}
        lodged = matter.li().when(lodge(**(OTHER | named))).one(AppealLodged)
        assert lodged.sanction == named["sanction"]


def test_what_is_quashed_is_not_appealed_against_any_more() -> None:
    matter = Matter().lodged().constituted()
    matter.does(decide("quashed", grounds=("procedure",)))
    served = ServeAppealDecision(appeal=FIRST, served_on=matter.day, how="x")
    matter.does(served)

    again = lodge("re_review", appeal=SECOND, sanction=matter.sanction)
    matter.li().when(again).then_refused(WrongStage, match="is quashed")


def test_s2_09_a_decision_made_anew_is_appealed_against_from_the_first_stage() -> None:
    """Who sat on the panel that remitted it sits on no panel of the case again."""
    matter = Matter().lodged().constituted()
    matter.does(decide("remitted", grounds=("procedure",)))
    anew = Proceeding(matter.scenario, on="2021-03-12", conduct="conduct-C-1")
    anew.notice().waiver().finding().decision("warning").served()

    lodged = matter.li().when(lodge(appeal=SECOND)).one(AppealLodged)
    assert (lodged.decision, lodged.before) == (2, None)
    assert lodged.sanction == "li:government:2"
    named = matter.oversight().when(panel_of("mu", appeal=SECOND))
    named.then_refused(NotAllowed, match="mu acted")


def test_s2_09_who_verified_or_interviewed_does_not_sit_on_it() -> None:
    matter = Matter()
    opened = OpenVerification(
        verification="V-1", person="li", basis="random", reason="drawn"
    )
    matter.scenario.by("bao", "verifier").given(opened)
    drawn = AssignVerifier(
        verification="V-1", pool=("wang",), seed="s", seed_from="the gazette"
    )
    matter.scenario.given(drawn)
    case = Proceeding(matter.scenario, on="2021-03-11", case="C-2")
    case.inquiry(source="verification:V-1").investigation()
    interview = RecordInterview(
        case="C-2",
        who="a neighbour",
        interviewers=("jia", "luo"),
        held_on=matter.day,
        text="Nothing.",
    )
    case.investigator(interview).notice().waiver().finding()
    case.decision("warning").served()
    matter.li().given(lodge(**OTHER))

    for who in ("bao", "wang"):
        refused = matter.oversight().when(panel_of("mu", who, appeal=SECOND))
        refused.then_refused(NotAllowed, match=f"{who} acted")
