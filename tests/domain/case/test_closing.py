"""Art. 44, 49: the ways in which a case ends, and how it is taken up again."""

from datetime import date
from typing import Any

import pytest

from domain.case.closing import CloseCase, FindNoCase, ReferCase, ReopenCase
from domain.case.facts import (
    CaseClosed,
    CaseReferredExternally,
    CaseReopened,
    InvestigationOpened,
    NoCaseFound,
)
from domain.case.opening import ExtendTimeToDecide
from domain.errors import Incomplete, Invalid, NotAllowed, WrongStage
from tests.domain.case.proceeding import Proceeding, office, piece, under
from tests.domain.records.cast import stored

DAY = "2021-03-10"
NOTHING = FindNoCase(case="C-1", text="It was another.")
CLOSE = CloseCase(case="C-1")
TODAY = date(2021, 3, 10)


def refer(**more: str) -> ReferCase:
    usual: dict[str, Any] = {"to": "the court", "reference": "2021-17"}
    usual |= {"text": "It may be a crime."}
    return ReferCase(case="C-1", **(usual | more))


def reopen(
    text: str = "A letter was found.",
    appeal: str | None = None,
    evidence: tuple[str, ...] = (),
) -> ReopenCase:
    return ReopenCase(case="C-1", text=text, appeal=appeal, evidence=evidence)


@pytest.mark.parametrize("step", ["inquiry", "investigation", "notice", "response"])
def test_a_case_is_withdrawn_where_there_is_nothing_to_it(step: str) -> None:
    case = Proceeding(office(), on=DAY).upto(step)
    case.scenario.by("han", "deciding_authority")

    case.scenario.when(NOTHING).then(
        NoCaseFound(text="It was another."),
        CaseClosed(closing="withdrawn", closed_on=TODAY),
    )
    assert case.stage == "closed"


def test_it_is_withdrawn_by_who_decides_and_says_why() -> None:
    case = Proceeding(office(), on=DAY).upto("investigation")

    silent = FindNoCase(case="C-1", text=" ")
    case.scenario.when(silent).then_refused(Invalid, match="text")
    case.scenario.by("luo", "investigator").when(NOTHING).then_refused(NotAllowed)
    case.scenario.by("scheduler", "scheduler").when(NOTHING).then_refused(NotAllowed)


def test_s3_12_a_referral_closes_the_disciplinary_part_with_a_pointer() -> None:
    case = Proceeding(office(), on=DAY).upto("notice")
    case.scenario.by("han", "deciding_authority")

    case.scenario.when(refer()).then(
        CaseReferredExternally(
            to="the court", reference="2021-17", text="It may be a crime."
        ),
        CaseClosed(closing="referred", closed_on=TODAY),
    )


def test_where_it_is_referred_and_what_it_is_called_there_is_sealed() -> None:
    case = Proceeding(office(), on=DAY).upto("notice")
    words = refer(to="Judge Bao", reference="Bao against Zhao")
    case.scenario.by("han", "deciding_authority").given(words)

    log = stored(case.scenario)
    assert '"closing":"referred"' in log
    assert "Judge Bao" not in log
    assert "Bao against" not in log


def test_s3_12_what_is_decided_may_be_referred_as_well() -> None:
    case = Proceeding(office(), on=DAY).upto("finding").decision("dismissal")

    case.scenario.when(refer()).then_kinds(CaseReferredExternally)
    assert case.served().closed().state.referred
    assert case.stage == "closed"


@pytest.mark.parametrize("field", ["to", "reference", "text"])
def test_a_referral_says_to_whom_under_what_name_and_why(field: str) -> None:
    case = Proceeding(office(), on=DAY).upto("inquiry")

    case.scenario.when(refer(**{field: " "})).then_refused(Invalid, match=field)


def test_art_44_a_rulebook_may_know_no_referral() -> None:
    closings = 'closings = ["sanction", "withdrawn", "no_sanction", "referred"]'
    scenario = under((closings, 'closings = ["sanction", "withdrawn"]'))
    case = Proceeding(scenario, on=DAY).inquiry()

    case.scenario.when(refer()).then_refused(Invalid, match="closing")


def test_a_decided_case_is_closed_once_its_decision_is_served() -> None:
    case = Proceeding(office(), on=DAY).upto("finding")
    case.scenario.when(CLOSE).then_refused(WrongStage, match="stage notice")
    case.decision("warning")

    case.scenario.when(CLOSE).then_refused(WrongStage, match="not served")
    case.served().scenario.when(CLOSE).then(
        CaseClosed(closing="sanction", closed_on=TODAY)
    )
    case.scenario.when(CLOSE).then_refused(WrongStage, match="stage closed")


def test_new_evidence_reopens_a_closed_case_before_its_notice() -> None:
    case = Proceeding(office(), on=DAY).upto("finding").decision().served()
    case.scenario.when(reopen()).then_refused(WrongStage, match="not closed")
    case.closed()

    case.investigator(piece(1)).scenario.by("han", "deciding_authority")
    case.scenario.when(reopen(" ")).then_refused(Invalid, match="text")
    reopened = case.scenario.when(reopen(evidence=("C-1:1",))).one(CaseReopened)
    assert (reopened.opened_on, reopened.evidence) == (TODAY, ("C-1:1",))
    assert (case.stage, case.state.findings, case.state.told) == (
        "investigation",
        (),
        True,
    )


def test_a_remitted_appeal_reopens_what_was_decided_and_all_is_done_anew() -> None:
    case = Proceeding(office(), on=DAY).upto("finding").decision().served()
    case.scenario.by("gao", "appeal_panel")

    again = case.scenario.when(reopen(appeal="A-1"))
    again.then_kinds(CaseReopened, InvestigationOpened)
    case.notice().response().finding().decision("warning")

    assert case.state.decisions == 2
    assert [found.finding for found in case.state.findings] == ["case:C-1:2"]


def test_an_inquiry_that_came_to_nothing_goes_on_as_an_inquiry() -> None:
    case = Proceeding(office(), on=DAY).inquiry().decider(NOTHING).reopened()

    assert (case.stage, case.state.no_case) == ("inquiry", False)
    assert case.investigation().stage == "investigation"


def test_it_is_not_reopened_without_evidence_that_was_added_since() -> None:
    case = Proceeding(office(), on=DAY).upto("investigation").investigator(piece(1))
    case.decider(NOTHING)

    case.scenario.when(reopen()).then_refused(Incomplete, match="evidence")
    for old in ("C-1:1", "C-1:2"):
        again = reopen(evidence=(old,))
        case.scenario.when(again).then_refused(Invalid, match="evidence")
    case.reopened().decider(NOTHING)
    again = reopen(evidence=("C-1:2",))
    case.scenario.when(again).then_refused(Invalid, match="evidence")


def test_the_time_to_decide_begins_anew_when_a_case_is_reopened() -> None:
    case = Proceeding(office(), on=DAY).upto("investigation").decider(NOTHING)
    before = case.state.decide_by

    case.at("2022-03-10").reopened()

    assert (before, case.state.decide_by) == (date(2021, 9, 10), date(2022, 9, 10))
    more = ExtendTimeToDecide(
        case="C-1", decide_by=date(2023, 3, 10), text="Far witnesses."
    )
    assert case.decider(more).state.decide_by == date(2023, 3, 10)
