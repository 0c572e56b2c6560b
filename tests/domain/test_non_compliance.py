"""A failure is held against nobody without a class, reasons and their own word."""

from datetime import date

import pytest

from domain.duties import (
    CancelObligation,
    FulfilObligation,
    IssueDelinquencyNotice,
    MarkOverdue,
    RecordJustification,
    WaiveObligation,
)
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.obligation import (
    DelinquencyNoticeIssued,
    JustificationRecorded,
    NonCompliance,
    obligation_stream,
)
from domain.person import CoveredPerson, person_stream
from domain.personnel import NotifyRules
from tests.domain.cast import INSTANT, demand, police
from tests.spec import Scenario

STREAM = obligation_stream("shen", INSTANT, "wedding", "E-1")
EXCUSE = RecordJustification(obligation=STREAM, text="I was in hospital")


def owing() -> Scenario:
    event = {"event_date": date(2016, 12, 20)}
    raised = demand(INSTANT, "wedding", "2016-12-20", key="E-1", anchors=event)
    return police().given(raised).on("2016-12-20").reviewer()


def overdue() -> Scenario:
    return owing().given(MarkOverdue(obligation=STREAM, today=date(2016, 12, 14)))


def received(day: int) -> FulfilObligation:
    on = date(2016, 12, day)
    return FulfilObligation(obligation=STREAM, disclosure="D-1", received_on=on)


def notice(kind: NonCompliance = "late", **more: object) -> IssueDelinquencyNotice:
    usual = {"obligation": STREAM, "reason": "a week late"}
    return IssueDelinquencyNotice(noncompliance=kind, **(usual | more))  # type: ignore[arg-type]


def test_s3_14_a_finding_has_one_class_and_the_justification_it_considered() -> None:
    scenario = overdue().declarant("shen").given(EXCUSE).reviewer()

    scenario.when(notice(justification_accepted=True)).then(
        DelinquencyNoticeIssued(
            noncompliance="late",
            reasons="a week late",
            justification="I was in hospital",
            justification_accepted=True,
        )
    )


@pytest.mark.parametrize("kind", ["incomplete", "untruthful", "concealed"])
def test_s3_14_what_came_in_time_may_still_fail_otherwise(kind: NonCompliance) -> None:
    fact = owing().given(received(10)).when(notice(kind)).one(DelinquencyNoticeIssued)

    assert fact.noncompliance == kind
    assert (fact.justification, fact.justification_accepted) == (None, False)


def test_s3_14_what_was_received_late_is_late() -> None:
    owing().given(received(14)).when(notice()).then_kinds(DelinquencyNoticeIssued)


def test_s3_14_what_was_received_in_time_is_not_late() -> None:
    (
        owing()
        .given(received(13))
        .when(notice())
        .then_refused(WrongStage, match="nothing is late")
    )


def test_i10_what_was_marked_overdue_before_its_paper_was_keyed_is_not_late() -> None:
    overdue().given(received(13)).when(notice()).then_refused(WrongStage)


def test_s3_14_a_finding_gives_its_reasons() -> None:
    overdue().when(notice(reason=None)).then_refused(Invalid, match="reason: say why")


@pytest.mark.parametrize(
    ("kind", "stage"), [(WaiveObligation, "waived"), (CancelObligation, "cancelled")]
)
def test_a_duty_that_was_lifted_is_held_against_nobody(
    kind: type[WaiveObligation | CancelObligation], stage: str
) -> None:
    (
        overdue()
        .given(kind(obligation=STREAM, reason="an earthquake"))
        .when(notice("incomplete"))
        .then_refused(WrongStage, match=f"the obligation is {stage}")
    )


def test_a_duty_that_was_never_raised_is_held_against_nobody() -> None:
    police().reviewer().when(notice()).then_refused(Unknown, match=str(STREAM))


@pytest.mark.parametrize("who", ["shen", "li"])
def test_i2_a_finding_is_made_neither_by_oneself_nor_by_a_subordinate(who: str) -> None:
    scenario = overdue()
    if who == "li":
        scenario = zhang_overdue()

    scenario.reviewer(who).when(notice(obligation=DUTY[who])).then_refused(NotAllowed)


def test_a_justification_is_the_declarants_own_word() -> None:
    scenario = overdue()

    scenario.when(EXCUSE).then_refused(NotAllowed)
    scenario.declarant("shen").when(EXCUSE)
    scenario.then(JustificationRecorded(text="I was in hospital"))
    scenario.when(EXCUSE).then_nothing()


def test_a_justification_is_for_a_duty() -> None:
    police().declarant("shen").when(EXCUSE).then_refused(Unknown, match=str(STREAM))


def test_s3_08_who_was_never_told_of_the_rules_can_say_so_and_the_record_shows_it() -> (
    None
):
    ignorance = RecordJustification(obligation=STREAM, text="nobody told me")
    scenario = overdue().given(NotifyRules(number="li", rulebook=INSTANT, version=1))

    shen = scenario.state(CoveredPerson(), person_stream("shen"))
    assert (INSTANT, 1) not in shen.notified
    scenario.declarant("shen").given(ignorance).reviewer()
    finding = scenario.when(notice(justification_accepted=True))
    assert finding.one(DelinquencyNoticeIssued).justification == "nobody told me"


def zhang_overdue() -> Scenario:
    event = {"event_date": date(2016, 12, 20)}
    raised = demand(
        INSTANT, "wedding", "2016-12-20", person="zhang", key="E-1", anchors=event
    )
    late = MarkOverdue(obligation=raised.stream, today=date(2016, 12, 14))
    return police().given(raised, late)


DUTY = {
    "shen": STREAM,
    "li": obligation_stream("zhang", INSTANT, "wedding", "E-1"),
}
