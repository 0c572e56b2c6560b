"""A report may be taken back while it is under review; its duty is then open again."""

from datetime import date

from domain.amending import AmendDisclosure, WithdrawDisclosure
from domain.disclosure import DisclosureWithdrawn
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.obligation import (
    FulfilmentWithdrawn,
    ObligationFulfilledLate,
    obligation_stream,
)
from domain.review import Certify
from tests.domain.cast import INSTANT, PERSONAL, duty_of, joins, police, rule
from tests.domain.papers import answers, files, wedding
from tests.spec import Scenario

TAKE_BACK = WithdrawDisclosure(disclosure="D-1", reason="called off")


def filed() -> Scenario:
    return police().declarant("shen").given(files("wedding", wedding(), wedding()))


def test_withdrawing_opens_every_duty_that_the_report_had_fulfilled() -> None:
    scenario = filed().when(TAKE_BACK)

    scenario.then(
        DisclosureWithdrawn(),
        FulfilmentWithdrawn(disclosure="D-1"),
        FulfilmentWithdrawn(disclosure="D-1"),
    )
    assert scenario.news[0].reason == "called off"
    assert duty_of(scenario, INSTANT, "wedding", "D-1:1").stage == "open"


def test_a_reopened_duty_is_fulfilled_by_another_report_by_its_own_day() -> None:
    scenario = filed().given(TAKE_BACK).on("2016-12-14")
    first = obligation_stream("shen", INSTANT, "wedding", "D-1:0")

    again = files("wedding", wedding(), disclosure="D-2", obligation=first)
    assert scenario.when(again).one(ObligationFulfilledLate).days_late == 1


def test_the_yearly_duty_stands_open_again() -> None:
    annual = answers(rule(PERSONAL, "annual"))
    scenario = police(PERSONAL).given(*joins("qian", rank="county")).on("2016-01-20")
    yearly = files("annual", annual, person="qian", rulebook=PERSONAL, period=2016)

    scenario.declarant("qian").given(yearly, TAKE_BACK)
    reopened = duty_of(scenario, PERSONAL, "annual", "2016", person="qian")
    assert (reopened.stage, reopened.fulfilled_by) == ("open", None)
    assert reopened.due_on == date(2016, 1, 31)


def test_a_report_outside_any_duty_can_be_withdrawn_too() -> None:
    (
        police()
        .declarant("li")
        .given(files("wedding", wedding(), person="li"))
        .when(TAKE_BACK)
        .then(DisclosureWithdrawn())
    )


def test_a_report_is_not_withdrawn_without_a_reason() -> None:
    (
        filed()
        .when(WithdrawDisclosure(disclosure="D-1"))
        .then_refused(Invalid, match="reason: say why")
    )


def test_what_was_never_filed_is_not_withdrawn() -> None:
    police().declarant("shen").when(TAKE_BACK).then_refused(
        Unknown, match="there is no disclosure D-1"
    )


def test_only_the_declarant_withdraws() -> None:
    filed().reviewer().when(TAKE_BACK).then_refused(NotAllowed)


def test_a_certified_report_is_not_withdrawn() -> None:
    (
        filed()
        .reviewer()
        .given(Certify(disclosure="D-1"))
        .declarant("shen")
        .when(TAKE_BACK)
        .then_refused(WrongStage, match="already certified")
    )


def test_what_was_withdrawn_is_not_amended() -> None:
    (
        filed()
        .given(TAKE_BACK)
        .when(AmendDisclosure(disclosure="D-1", items=(wedding(), wedding())))
        .then_refused(WrongStage, match="the disclosure is withdrawn")
    )
