"""S2-17: the law of the United States on the same code: 5 U.S.C. 7513, flags, fees."""

from datetime import date

import pytest

from domain.appeal import AppealLodged
from domain.appealing.lodging import LodgeAppeal
from domain.appealing.panel import ConstitutePanel
from domain.case.notice import NoteSilence
from domain.errors import Incomplete, NotAllowed, OutOfTime, WrongStage
from domain.holding.placing import LiftHold, NotifyHold, PlaceHold
from domain.sanction.facts import MeasureTaken
from domain.sanction.measuring import Measuring, TakeMeasure
from domain.verification.explaining import ReceiveExplanation, RequestExplanation
from domain.verification.finding import MakeFinding
from domain.verification.verification import OpenVerification
from tests.domain.case.proceeding import Proceeding
from tests.domain.cast import (
    DISCLOSURES,
)
from tests.domain.vectors.world import Office, abroad, asked_abroad

ADVERSE = "us-adverse-action"


# The United States: 5 U.S.C. 7513, the flag of the Army, the fee for late reports.


def noticed() -> tuple[Office, Proceeding]:
    there = abroad(ADVERSE, employer_type="us-executive")
    case = there.case(
        "2021-03-01", person="ada", rulebook=ADVERSE, violation="misconduct"
    )
    return there, case.inquiry().investigation().notice()


def test_an_employee_has_seven_days_at_least_to_answer() -> None:
    there, case = noticed()
    assert case.state.notice
    assert case.state.notice.answer_by == date(2021, 3, 8)

    silence = NoteSilence(case=case.case)
    there.scenario.on("2021-03-08").by("han", "deciding_authority").when(silence)
    there.scenario.then_refused(
        OutOfTime, match="an answer is in time until 2021-03-08"
    )


def test_an_employee_may_have_a_representative() -> None:
    _, case = noticed()
    answered = case.response(representative="Counsel").state.response
    assert answered
    assert answered.representative == "Counsel"


def test_an_action_without_an_answer_or_its_time_is_refused() -> None:
    _, case = noticed()
    with pytest.raises(WrongStage, match="not answered"):
        case.finding()


def decided() -> tuple[Office, Proceeding]:
    there, case = noticed()
    case.waiver().at("2021-04-05").finding()
    return there, case


def test_a_decision_is_written_with_its_reasons() -> None:
    _, case = decided()
    with pytest.raises(Incomplete) as refused:
        case.decision("removal", statements={"appeal_rights": "To the Board."})
    assert refused.value.gaps == ("statements.reasons: say it",)
    assert "5 U.S.C. 7513(b)(4)" in str(refused.value.rule)


def test_s2_09_the_board_to_which_one_appeals_is_independent() -> None:
    there, case = decided()
    case.decision("removal").served()
    assert case.state.served
    assert case.state.served.appeal_by == {"board": date(2021, 5, 5)}
    lodged = LodgeAppeal(
        appeal="A-1", person="ada", case=case.case, stage="board", text="No."
    )
    there.scenario.declarant("ada").when(lodged)
    assert there.scenario.one(AppealLodged).to == "independent"
    same = ConstitutePanel(appeal="A-1", members=("mu",), authority="agency")
    who_decided = ConstitutePanel(appeal="A-1", members=("han",), authority="board")
    for panel in (same, who_decided):
        there.scenario.by("ou", "oversight").when(panel).then_refused(NotAllowed)


def flag(there: Office) -> None:
    there.scenario.on("2021-03-01")
    there.does(
        "hr",
        "hr",
        PlaceHold(
            person="ada",
            rulebook=ADVERSE,
            type="promotion",
            basis="adverse_action",
            text="An adverse action is pending.",
            release="when the action is over",
            review_on=date(2021, 6, 1),
        ),
        NotifyHold(hold="ada:1"),
    )


def test_a_flag_keeps_a_captain_off_the_promotion_list_until_it_is_lifted() -> None:
    there = abroad(ADVERSE, employer_type="us-executive")
    flag(there)

    answer = asked_abroad(there, ADVERSE, "2021-03-02")
    assert (answer.result, answer.review_on) == ("HELD", date(2021, 6, 1))
    there.scenario.on("2021-03-10")
    there.does("hr", "hr", LiftHold(hold="ada:1", text="The action is over."))
    assert asked_abroad(there, ADVERSE, "2021-03-10").result == "ELIGIBLE"


def late() -> Office:
    there = abroad(DISCLOSURES, employer_type="us-executive")
    there.scenario.on("2021-07-01")
    there.does(
        "vera",
        "verifier",
        OpenVerification(
            verification="V-1",
            person="ada",
            basis="referral",
            rulebook=DISCLOSURES,
            reason="the annual report came 46 days late",
        ),
        RequestExplanation(
            verification="V-1",
            conducts=("late report of 2021",),
            text="Why did it come so late?",
        ),
    )
    there.does(
        "ada", "declarant", ReceiveExplanation(verification="V-1", text="I forgot.")
    )
    there.does(
        "dora",
        "deciding_authority",
        MakeFinding(
            verification="V-1",
            conduct="late report of 2021",
            class_="late",
            mental="none",
            standard="preponderance",
            reasons="Received on 30 June, due on 15 May.",
            justification="No circumstances out of the ordinary.",
        ),
    )
    return there


def test_who_reports_more_than_thirty_days_late_pays_a_fee_which_is_no_sanction() -> (
    None
):
    there = late()
    fee = Measuring(
        rulebook=DISCLOSURES,
        kind="late_fee",
        findings=("verification:V-1:1",),
        text="46 days late.",
    )
    command = TakeMeasure(person="ada", asked=fee, verification="V-1")
    there.scenario.by("dora", "deciding_authority").when(command)

    taken = there.scenario.one(MeasureTaken)
    assert (taken.track, taken.blocks, taken.until_on) == ("late-fees", (), None)
    assert "5 CFR 2634.704" in taken.cited.legal_basis[0]
