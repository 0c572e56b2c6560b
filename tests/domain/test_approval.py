"""Leave is asked before acting, and granted or denied by the unit above."""

from datetime import date

import pytest

from domain.approval import (
    Approval,
    ApprovalDenied,
    ApprovalEndorsed,
    ApprovalGranted,
    ApprovalRequested,
    ApprovalRevoked,
    DecideApproval,
    EndorseApproval,
    RevokeApproval,
)
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.obligation import (
    ObligationRaised,
)
from domain.record import Command
from tests.domain.cast import LEAVING, SHIPPED, V1, joins, law, police
from tests.domain.leave import EPIDEMIC, GRANT, asked, asks, epidemic, granted, report
from tests.domain.papers import trip


def test_a_request_goes_to_the_unit_and_is_decided_within_the_time_of_the_rule() -> (
    None
):
    fact = epidemic().when(asks()).one(ApprovalRequested)

    assert fact.addressed_to == "college"
    assert fact.decide_by == date(2020, 4, 22)
    assert fact.contents == trip()
    assert str(fact.cited) == f"{LEAVING} v1, rule leave_city"


def test_s3_03_granted_leave_obliges_to_report_afterwards() -> None:
    decided = asked().reviewer("zhang").when(GRANT)

    decided.then_kinds(ApprovalGranted, ObligationRaised)
    assert decided.one(ObligationRaised).due_on == date(2020, 5, 7)
    assert {record.subject for record in decided.news} == {"shen"}


def test_where_leave_alone_is_asked_nothing_has_to_be_reported_afterwards() -> None:
    text = SHIPPED[f"{LEAVING}.toml"].replace("approval_then_filing", "prior_approval")
    scenario = law(police(V1), text).given(EPIDEMIC).on("2020-04-20")

    scenario.declarant("shen").given(asks()).reviewer("zhang").when(GRANT)
    scenario.then(ApprovalGranted(conditions="be reachable"))


def test_s3_24_a_number_stands_for_one_request() -> None:
    asked().when(asks(contents=trip(destination="Macau"))).then_refused(
        WrongStage, match="A-1 was asked before"
    )


def test_s3_09_a_head_does_not_approve_his_own_request() -> None:
    scenario = epidemic().declarant("zhang").given(asks(person="zhang"))

    scenario.reviewer("zhang").when(GRANT).then_refused(
        NotAllowed, match="zhang is the person concerned"
    )


def test_s3_09_the_request_of_a_head_goes_to_the_unit_above() -> None:
    fact = (
        epidemic().declarant("zhang").when(asks(person="zhang")).one(ApprovalRequested)
    )
    assert fact.addressed_to == "department"


def test_s3_09_the_request_of_the_highest_head_stays_with_the_highest_unit() -> None:
    fact = (
        epidemic().declarant("chief").when(asks(person="chief")).one(ApprovalRequested)
    )
    assert fact.addressed_to == "department"


def test_who_holds_no_post_asks_no_unit_in_particular() -> None:
    scenario = epidemic().given(joins("guest")[0]).declarant("guest")

    request = scenario.when(asks(person="guest")).one(ApprovalRequested)
    assert request.addressed_to is None


def test_a_denial_says_why() -> None:
    deny = DecideApproval(approval="A-1", granted=False)
    scenario = asked().reviewer("zhang")

    scenario.when(deny).then_refused(Invalid, match="reason: say why")
    scenario.when(
        DecideApproval(approval="A-1", granted=False, reason="a lockdown")
    ).then(ApprovalDenied())
    assert scenario.news[0].reason == "a lockdown"


def test_what_was_denied_cannot_be_reported_as_approved() -> None:
    deny = DecideApproval(approval="A-1", granted=False, reason="a lockdown")
    scenario = asked().reviewer("zhang").given(deny).declarant("shen")

    scenario.on("2020-05-05").when(report()).then_refused(
        WrongStage, match="the request is denied, not granted"
    )


def test_leave_that_was_granted_can_be_revoked_with_a_reason() -> None:
    scenario = granted().reviewer("zhang")

    scenario.when(RevokeApproval(approval="A-1")).then_refused(
        Invalid, match="reason: say why"
    )
    scenario.when(RevokeApproval(approval="A-1", reason="an outbreak"))
    scenario.then(ApprovalRevoked())
    scenario.declarant("shen").when(report()).then_refused(
        WrongStage, match="the request is revoked, not granted"
    )


def test_an_endorsement_supports_and_decides_nothing() -> None:
    scenario = asked().reviewer("wang").when(EndorseApproval(approval="A-1"))

    scenario.then(ApprovalEndorsed())
    scenario.reviewer("zhang").when(GRANT).then_kinds(ApprovalGranted, ObligationRaised)


@pytest.mark.parametrize("field", ["reason", "destination", "from", "to", "contact"])
def test_s3_07_a_request_names_reason_destination_dates_and_contact(field: str) -> None:
    (
        epidemic()
        .when(asks(contents=trip(**{field: ""})))
        .then_refused(Incomplete, match=f"the request is incomplete: {field}: ")
    )


def test_s3_10_outside_a_special_period_no_leave_is_asked() -> None:
    past = trip(**{"from": "2020-01-30", "to": "2020-01-31"})
    epidemic().when(asks(contents=past)).then_refused(
        WrongStage, match="no special period runs on 2020-01-30"
    )


def test_where_a_rule_only_notifies_no_leave_is_asked() -> None:
    wedding = asks(rulebook="cn-zj-psd-instant-report", rule="wedding")
    epidemic().when(wedding).then_refused(
        Invalid, match="rule: no leave has to be asked"
    )


def test_leave_is_asked_under_a_rulebook_in_force() -> None:
    scenario = epidemic().on("2018-12-31")
    scenario.when(asks()).then_refused(
        Unknown, match=f"no rulebook in force {LEAVING} on 2018-12-31"
    )


def test_leave_is_asked_in_ones_own_name() -> None:
    epidemic().declarant("li").when(asks()).then_refused(
        NotAllowed, match="li may not write for shen"
    )


def test_an_unregistered_person_asks_no_leave() -> None:
    epidemic().declarant("ghost").when(asks(person="ghost")).then_refused(
        Unknown, match="no person ghost"
    )


def test_an_approval_that_was_never_asked_is_not_used() -> None:
    epidemic().on("2020-05-05").when(report()).then_refused(
        Unknown, match="no approval A-1"
    )


DECIDE: list[Command[Approval]] = [
    GRANT,
    EndorseApproval(approval="A-1"),
    RevokeApproval(approval="A-1", reason="oh"),
]


@pytest.mark.parametrize("command", DECIDE, ids=lambda c: type(c).__name__)
def test_nothing_is_decided_that_was_not_asked(command: Command[Approval]) -> None:
    epidemic().reviewer().when(command).then_refused(Unknown, match="no approval A-1")


@pytest.mark.parametrize("command", DECIDE[:2], ids=lambda c: type(c).__name__)
def test_nothing_is_decided_twice(command: Command[Approval]) -> None:
    granted().reviewer("wang").when(command).then_refused(
        WrongStage, match="the request is granted, not requested"
    )
