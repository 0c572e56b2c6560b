"""Stories of proceedings, from a draw to a certificate, as others' tests tell them."""

from collections.abc import Callable, Mapping
from datetime import date

from domain.appealing.hearing import DecideStay, EscalateAppeal, ExtendTime
from domain.appealing.serving import ImplementDecision, ServeAppealDecision
from domain.case.interim import ImposeInterimMeasure
from domain.case.opening import ExtendTimeToDecide
from domain.holding.clearing import AgreeOverride, ClearAction, ProposeOverride
from domain.holding.placing import LiftHold, ReviewHold
from domain.promotion.certifying import RecheckEligibility
from domain.promotion.unsealing import UnsealRecommendation
from domain.recommending import IssueRecommendation, NoteUnanswered
from domain.sanction.carrying_out import CompleteReparation
from domain.sanction.measuring import Measuring, TakeMeasure
from domain.sanction.releasing import ReleaseSanction
from domain.sanction.restoring import RestoreRights
from domain.verification.explaining import RequestExplanation
from tests.domain.appeal.appeals import FIRST, SECOND, Matter, decide, panel_of
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office, sanctioned
from tests.domain.hold.offices import DEED, in_debt
from tests.domain.promotion.boards import LI, ready
from tests.domain.promotion.test_sealed_cover import charged, cleared
from tests.domain.sanction.cast import PARTY, tracks
from tests.domain.verification.cast import STORE, extract, opened, vera
from tests.domain.verification.test_assigning import assigns
from tests.domain.verification.test_draw import draws
from tests.spec import Scenario

PRISON = "li:party:1"


def verified() -> Scenario:
    """Draw, assign, compare, and ask for an explanation."""
    asked = RequestExplanation(
        verification="V-1", discrepancies=(1,), text="whose cellar is it?"
    )
    told = vera(opened(extract(STORE))).given(asked, draws())
    return told.by("dora", "certifier").given(assigns())


def reviewed(outcome: str, *grounds: str, **more: str) -> Scenario:
    """Have a review stayed, decided, served and carried out."""
    matter = Matter(announced="unit").lodged().constituted()
    matter.does(DecideStay(appeal=FIRST, stayed=True, text="It would be too late."))
    matter.does(decide(outcome, grounds=grounds, **more))
    matter.does(ServeAppealDecision(appeal=FIRST, served_on=matter.day, how="by_post"))
    for task in matter.known().tasks:
        done = CompleteReparation(
            sanction=matter.sanction, task=task.task, text="It was done."
        )
        matter.scenario.by("hr", "hr").given(done)
    matter.does(ImplementDecision(appeal=FIRST, on=matter.day, text="It was done."))
    return matter.scenario


def delayed() -> Scenario:
    """Have an appeal extended, and not decided in time all the same."""
    matter = Matter().lodged("direct").constituted()
    first = matter.state().decide_by
    assert first
    matter.does(
        ExtendTime(appeal=FIRST, decide_by=date(2021, 6, 1), text="It is long.")
    )
    matter.on("2021-07-01").panel().given(EscalateAppeal(appeal=FIRST))
    return matter.scenario


def appealed_again() -> Scenario:
    """Go on after a review to the next authority."""
    matter = Matter().reviewed().lodged("re_review", appeal=SECOND)
    matter.oversight().given(panel_of("pan", appeal=SECOND, authority="court"))
    matter.panel("pan").given(decide("upheld", appeal=SECOND))
    return matter.scenario


def unpunished() -> Scenario:
    """Quash a decision by which nobody was sanctioned."""
    matter = Matter(None).lodged().constituted()
    return matter.does(decide("quashed", grounds=("procedure",))).scenario


def silent() -> Scenario:
    """Let a case take its time, an interim measure with it, and no answer come."""
    case = Proceeding(office()).inquiry().investigation()
    until = case.state.investigation and case.state.investigation.decide_by
    assert until
    measure = case.process.interim[0].id
    interim = ImposeInterimMeasure(
        case=case.case, measure=measure, text="They might flee."
    )
    late = ExtendTimeToDecide(
        case=case.case, decide_by=date(until.year, until.month + 1, 1), text="x"
    )
    case.decider(late, interim)
    case.notice().silence().finding().decision("warning").served()
    return case.scenario


def sequence() -> Scenario:
    """Sanction twice more within a period, at last so that HR has to act."""
    matter = Matter("demerit")
    sanctioned(matter.scenario, "warning", "2021-09-10", case="C-2")
    sanctioned(matter.scenario, "demotion", "2022-01-10", case="C-3")
    return matter.scenario


def released() -> Scenario:
    """Withhold a release while a case is open, and then release."""
    scenario = tracks()
    sanctioned(scenario, "warning", "2021-03-10")
    case = Proceeding(scenario, on="2021-09-09", case="C-2", from_on=date(2021, 9, 9))
    case.inquiry().investigation()
    release = ReleaseSanction(sanction="li:government:1")
    scenario.on("2021-09-10").by("scheduler", "scheduler").given(release)
    case.notice().waiver().finding().decision(None)
    scenario.on("2021-12-10").by("scheduler", "scheduler").given(release)
    return scenario


def restored() -> Scenario:
    """End a probation, with a warning already behind it, after an interim measure."""
    scenario = tracks()
    case = Proceeding(scenario, on="2024-02-01", rulebook=PARTY)
    interim = ImposeInterimMeasure(
        case=case.case,
        measure="suspension",
        text="They might flee.",
        until_on=date(2024, 7, 1),
    )
    case.inquiry().investigation().decider(interim).notice().waiver().finding()
    asked = case.sanctioning("probation", term="1Y")
    case.decision("probation", sanctions=(asked,))
    sanctioned(scenario, "warning", "2024-08-01", case="C-2", rulebook=PARTY)
    rights = RestoreRights(sanction=PRISON)
    scenario.on("2025-03-01").by("han", "deciding_authority").given(rights)
    return scenario


def measured() -> Scenario:
    """Take a measure that is no sanction, and recommend something to a unit."""
    case = Proceeding(office()).inquiry().investigation().notice().waiver().finding()
    kind = case.track.measures[0].id
    finding = case.state.findings[0].finding
    case.decision(None)
    asked = Measuring(rulebook=GOVERNMENT, kind=kind, findings=(finding,), text="x")
    case.decider(TakeMeasure(person="li", asked=asked, case=case.case))
    issue = IssueRecommendation(
        recommendation="R-1",
        person="li",
        rulebook=GOVERNMENT,
        to="unit",
        unit="training",
        text="Train them.",
        answer_by=date(2022, 1, 1),
    )
    case.decider(issue)
    note = NoteUnanswered(recommendation="R-1")
    case.at("2022-02-01").scenario.by("scheduler", "scheduler").given(note)
    return case.scenario


def held() -> Scenario:
    """Review a hold, override it for one action, and lift it."""
    again = ReviewHold(hold="shen:1", review_on=date(2024, 5, 30), text="x")
    proposed = ProposeOverride(hold="shen:1", target=DEED, text="it is urgent")
    agreed = AgreeOverride(hold="shen:1", override="shen:1:1", text="it is")
    cleared_ = ClearAction(person="shen", type="document", target=DEED)
    lifted = LiftHold(hold="shen:1", text="it is paid")
    told = in_debt().given(again, proposed).by("gao", "certifier").given(agreed)
    return told.by("hr", "hr").given(cleared_).by("wang", "certifier").given(lifted)


def certified() -> Scenario:
    """Certify a candidate, check again, and decide."""
    board = ready().certified()
    board.by_office(RecheckEligibility(candidacy=LI))
    return board.decides()


def sealed_cover() -> Scenario:
    """Seal a recommendation while a case is pending, and open it when it is over."""
    board, case = charged()
    board.seals()
    cleared(case)
    case.decider()
    return board.by_office(UnsealRecommendation(candidacy=LI))


STORIES: Mapping[str, Callable[[], Scenario]] = {
    "verified": verified,
    "quashed": lambda: reviewed("quashed", "procedure"),
    "varied": lambda: reviewed("varied", "law", kind="demerit"),
    "upheld": lambda: reviewed("upheld"),
    "delayed": delayed,
    "appealed again": appealed_again,
    "unpunished": unpunished,
    "silent": silent,
    "sequence": sequence,
    "released": released,
    "restored": restored,
    "measured": measured,
    "held": held,
    "certified": certified,
    "sealed cover": sealed_cover,
}
