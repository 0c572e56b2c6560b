"""S2-17: other countries' law on the same code: the United States, Canada, India."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.appealing.lodging import LodgeAppeal
from domain.appealing.panel import ConstitutePanel
from domain.case.notice import NoteSilence
from domain.duties import MarkOverdue
from domain.errors import Incomplete, NotAllowed, OutOfTime, WrongStage
from domain.holding.placing import LiftHold, NotifyHold, PlaceHold
from domain.obligation import ObligationRaised, obligation_stream
from domain.promotion.facts import Eligibility
from domain.sanction.facts import MeasureTaken
from domain.sanction.measuring import Measuring, TakeMeasure
from domain.verification.explaining import ReceiveExplanation, RequestExplanation
from domain.verification.finding import MakeFinding
from domain.verification.verification import OpenVerification
from tests.domain.case.proceeding import Proceeding
from tests.domain.cast import (
    CONFLICTS,
    DISCLOSURES,
    VIGILANCE,
    demand,
    joins,
    police,
)
from tests.domain.vectors.world import Office

ADVERSE = "us-adverse-action"
Step = Callable[[Proceeding], Proceeding]


def office(file: str, **post: Any) -> Office:
    """Return an office under one foreign rulebook, in which Ada holds a post."""
    there = Office(police(file).on("2020-01-01").clerk())
    there.scenario.given(*joins("ada", **post))
    return there


def asked(there: Office, file: str, as_of: str, **more: Any) -> Eligibility:
    usual = {"person": "ada", "rulebook": file, "ladder": "grade"}
    return there.asked(as_of, **(usual | more))


# The United States: 5 U.S.C. 7513, the flag of the Army, the fee for late reports.


def noticed() -> tuple[Office, Proceeding]:
    there = office(ADVERSE, employer_type="us-executive")
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
    there.does("ada", "declarant", lodged)
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
    there = office(ADVERSE, employer_type="us-executive")
    flag(there)

    answer = asked(there, ADVERSE, "2021-03-02")
    assert (answer.result, answer.review_on) == ("HELD", date(2021, 6, 1))
    there.scenario.on("2021-03-10")
    there.does("hr", "hr", LiftHold(hold="ada:1", text="The action is over."))
    assert asked(there, ADVERSE, "2021-03-10").result == "ELIGIBLE"


def late() -> Office:
    there = office(DISCLOSURES, employer_type="us-executive")
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
        RequestExplanation(verification="V-1", text="Why did it come so late?"),
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


# Canada: days from the appointment, gifts, and a penalty after views were presented.


@pytest.mark.parametrize(
    ("rule", "anchor", "due"),
    [
        ("confidential_report", "appointment_date", "2021-03-02"),
        ("summary_statement", "appointment_date", "2021-05-01"),
        ("material_change", "change_date", "2021-01-31"),
        ("gifts_over_200", "exceeded_on", "2021-01-31"),
    ],
)
def test_the_times_of_the_conflict_of_interest_act_come_out(
    rule: str, anchor: str, due: str
) -> None:
    there = office(CONFLICTS, employer_type="ca-executive")
    day = date(2021, 1, 1)
    duty = demand(CONFLICTS, rule, str(day), person="ada", anchors={anchor: day})
    raised = there.scenario.when(duty).one(ObligationRaised)

    assert raised.due_on == date.fromisoformat(due)


def test_nobody_is_fined_who_could_not_present_their_views() -> None:
    there = office(CONFLICTS, employer_type="ca-executive")
    case = there.case(
        "2021-03-01",
        person="ada",
        rulebook=CONFLICTS,
        violation="late_or_missing_report",
    )
    case.inquiry().investigation().notice()
    with pytest.raises(WrongStage, match="not answered"):
        case.finding(class_="late", mental="none")

    case.response().finding(class_="late", mental="none").decision("penalty")
    assert case.sanction == "ada:penalties:1"


# India: no return, no clearance; a cover is sealed from the charge sheet on.


def test_without_the_annual_return_there_is_no_clearance() -> None:
    there = office(VIGILANCE)
    duty = demand(
        VIGILANCE, "annual_return", "2021-01-01", person="ada", key="2021", year=2021
    )
    there.scenario.on("2021-01-01").given(duty)
    assert asked(there, VIGILANCE, "2021-01-31").result == "ELIGIBLE"

    overdue = MarkOverdue(
        obligation=obligation_stream("ada", VIGILANCE, "annual_return", "2021"),
        today=date(2021, 2, 1),
    )
    there.scenario.on("2021-02-01")
    there.does("scheduler", "scheduler", overdue)
    answer = asked(there, VIGILANCE, "2021-02-01")
    assert answer.result == "HELD"
    (reason,) = answer.reasons
    assert (reason.code, reason.cited.rule) == ("overdue", "annual_return")


def inquired(case: Proceeding) -> Proceeding:
    return case.inquiry()


def investigated(case: Proceeding) -> Proceeding:
    return case.inquiry().investigation()


def charged(case: Proceeding) -> Proceeding:
    return case.inquiry().investigation().notice()


@pytest.mark.parametrize(
    ("step", "result"),
    [(inquired, "ELIGIBLE"), (investigated, "ELIGIBLE"), (charged, "HELD")],
)
def test_a_complaint_or_an_inquiry_is_not_enough_a_charge_sheet_is(
    step: Step, result: str
) -> None:
    there = office(VIGILANCE)
    step(
        there.case("2021-03-01", person="ada", rulebook=VIGILANCE, violation="conduct")
    )

    assert asked(there, VIGILANCE, "2021-03-02").result == result
