"""Leave is asked before acting, of the unit above; one matter, one approval."""

from datetime import date
from typing import Any

import pytest

from domain.approval import (
    ActivityCompleted,
    Approval,
    ApprovalDenied,
    ApprovalEndorsed,
    ApprovalGranted,
    ApprovalRequested,
    ApprovalRevoked,
    DecideApproval,
    DeviationReported,
    EndorseApproval,
    RequestApproval,
    RevokeApproval,
    approval_stream,
)
from domain.disclosure import DisclosureFiled
from domain.duties import MarkOverdue
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.obligation import (
    ObligationBecameOverdue,
    ObligationFulfilled,
    ObligationRaised,
    obligation_stream,
)
from domain.record import Command
from domain.rulebook import ActivatePeriod
from tests.domain.cast import LEAVING, SHIPPED, V1, V2, duty_of, joins, law, police
from tests.domain.papers import files, trip
from tests.spec import Scenario

EPIDEMIC = ActivatePeriod(
    rulebook=LEAVING, rule="leave_city", period="epidemic", from_on=date(2020, 2, 1)
)
GRANT = DecideApproval(approval="A-1", granted=True, conditions="be reachable")


def asks(**changes: Any) -> RequestApproval:
    usual = {"approval": "A-1", "person": "shen", "rulebook": LEAVING}
    return RequestApproval(
        **(usual | {"rule": "leave_city", "contents": trip()} | changes)
    )


def epidemic() -> Scenario:
    scenario = police(LEAVING, V1, V2).given(EPIDEMIC).on("2020-04-20")
    return scenario.declarant("shen")


def asked() -> Scenario:
    return epidemic().given(asks())


def granted() -> Scenario:
    return asked().reviewer("zhang").given(GRANT).declarant("shen").on("2020-05-05")


def report(*, disclosure: str = "D-1", **changes: Any) -> Any:
    return files(
        "leave_city",
        trip(**changes),
        rulebook=LEAVING,
        approval="A-1",
        disclosure=disclosure,
    )


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


def test_s3_03_a_trip_with_leave_but_without_its_report_stays_open() -> None:
    stream = obligation_stream("shen", LEAVING, "leave_city", "A-1")
    scenario = granted()

    assert duty_of(scenario, LEAVING, "leave_city", "A-1").stage == "open"
    scenario.when(MarkOverdue(obligation=stream, today=date(2020, 5, 8))).then(
        ObligationBecameOverdue(due_on=date(2020, 5, 7))
    )


def test_s3_03_the_report_afterwards_closes_it() -> None:
    granted().when(report()).then_kinds(
        DisclosureFiled, ActivityCompleted, ObligationFulfilled
    )


def test_what_was_done_otherwise_than_approved_is_named() -> None:
    deviation = granted().when(report(destination="Macau", to="2020-05-05"))

    assert deviation.one(DeviationReported).fields == ("destination", "to")


def test_s3_24_an_approval_is_not_used_for_a_second_trip() -> None:
    scenario = granted().given(report())

    scenario.when(report(disclosure="D-2")).then_refused(
        WrongStage, match="approval A-1 was used by disclosure D-1"
    )
    approval = scenario.state(Approval(), approval_stream("A-1"))
    assert (approval.stage, approval.used_by) == ("completed", "D-1")


def test_s3_24_an_approval_is_for_the_person_who_asked() -> None:
    scenario = granted().declarant("zhang")
    other = files(
        "leave_city", trip(), rulebook=LEAVING, approval="A-1", person="zhang"
    )
    scenario.when(other).then_refused(NotAllowed, match="is another person's")


def test_s3_24_an_approval_is_for_the_rule_under_which_it_was_asked() -> None:
    text = SHIPPED[f"{LEAVING}.toml"].replace(LEAVING, "leaving-home")
    elsewhere = {"approval": "A-1", "rulebook": "leaving-home"}
    scenario = law(granted(), text).on("2020-05-05").declarant("shen")

    scenario.when(files("leave_city", trip(), **elsewhere)).then_refused(
        Invalid, match="approval: it is for something else"
    )


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

    scenario.when(RevokeApproval(approval="A-1")).then_refused(Invalid)
    scenario.when(RevokeApproval(approval="A-1", reason="an outbreak"))
    scenario.then(ApprovalRevoked())
    scenario.declarant("shen").when(report()).then_refused(WrongStage)


def test_an_endorsement_supports_and_decides_nothing() -> None:
    scenario = asked().reviewer("wang").when(EndorseApproval(approval="A-1"))

    scenario.then(ApprovalEndorsed())
    scenario.reviewer("zhang").when(GRANT).then_kinds(ApprovalGranted, ObligationRaised)


@pytest.mark.parametrize("field", ["reason", "destination", "from", "to", "contact"])
def test_s3_07_a_request_names_reason_destination_dates_and_contact(field: str) -> None:
    (
        epidemic()
        .when(asks(contents=trip(**{field: ""})))
        .then_refused(Incomplete, match=f"{field}: ")
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
    scenario.when(asks()).then_refused(Unknown, match="no rulebook in force")


def test_leave_is_asked_in_ones_own_name() -> None:
    epidemic().declarant("li").when(asks()).then_refused(
        NotAllowed, match="li may not write for shen"
    )


def test_an_unregistered_person_asks_no_leave() -> None:
    epidemic().declarant("ghost").when(asks(person="ghost")).then_refused(Unknown)


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
