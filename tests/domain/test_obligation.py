"""A duty is raised once, and stands open until it is settled one way or another."""

from datetime import date

import pytest

from domain.duties import (
    CancelObligation,
    FulfilObligation,
    MarkOverdue,
    ReopenObligation,
    SendReminder,
    WaiveObligation,
)
from domain.errors import Invalid, Unknown, WrongStage
from domain.obligation import (
    Obligation,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
    ReminderSent,
    obligation_stream,
)
from domain.record import Command
from domain.regime.deadline import MissingAnchor
from tests.domain.cast import INSTANT, V1, demand, duty, police, rule
from tests.domain.papers import answers, files
from tests.spec import Scenario

STREAM = obligation_stream("shen", INSTANT, "wedding", "E-1")
EVENT = {"event_date": date(2016, 12, 20)}
RAISE = demand(INSTANT, "wedding", "2016-12-20", key="E-1", anchors=EVENT)


def raised() -> Scenario:
    """Return a register in which Shen must report a wedding by 13 December 2016."""
    return police().given(RAISE)


def fulfil(received: str, disclosure: str = "D-1") -> FulfilObligation:
    day = date.fromisoformat(received)
    return FulfilObligation(obligation=STREAM, disclosure=disclosure, received_on=day)


def on_day(day: str) -> MarkOverdue:
    return MarkOverdue(obligation=STREAM, today=date.fromisoformat(day))


def test_a_duty_says_what_raised_it_and_under_which_rule() -> None:
    fact = police().when(RAISE).one(ObligationRaised)

    assert (fact.person, fact.category, fact.key) == ("shen", "wedding", "E-1")
    assert fact.due_on == date(2016, 12, 13)
    assert fact.anchors == EVENT
    assert (fact.trigger, fact.triggered_on) == ("event_planned", EVENT["event_date"])
    assert str(fact.cited) == f"{INSTANT} v1, rule wedding"


def test_a_duty_keeps_what_was_said_when_it_was_raised() -> None:
    state = duty(raised(), STREAM)

    assert (state.category, state.key, state.anchors) == ("wedding", "E-1", EVENT)
    assert state.first_due_on == state.due_on == date(2016, 12, 13)


def test_raising_a_duty_again_records_nothing() -> None:
    raised().when(RAISE).then_nothing()


def test_raising_a_settled_duty_again_records_nothing() -> None:
    raised().given(fulfil("2016-12-01")).when(RAISE).then_nothing()


def test_no_duty_is_raised_under_a_rule_that_does_not_exist() -> None:
    police().when(demand(INSTANT, "yacht", "2016-12-20")).then_nothing()


def test_no_duty_is_raised_for_somebody_who_is_not_registered() -> None:
    ghost = demand(INSTANT, "wedding", "2016-12-20", person="ghost", anchors=EVENT)
    police().when(ghost).then_refused(Unknown, match="no person ghost")


def test_a_duty_whose_date_cannot_be_told_is_refused() -> None:
    (
        police()
        .when(demand(INSTANT, "wedding", "2016-12-20"))
        .then_refused(MissingAnchor, match="event_date: needed to count from")
    )


def test_i10_a_report_received_on_the_due_date_is_in_time() -> None:
    raised().when(fulfil("2016-12-13")).then(
        ObligationFulfilled(disclosure="D-1", received_on=date(2016, 12, 13))
    )


def test_i10_a_report_received_the_day_after_is_one_day_late() -> None:
    raised().when(fulfil("2016-12-14")).then(
        ObligationFulfilledLate(
            disclosure="D-1", received_on=date(2016, 12, 14), days_late=1
        )
    )


def test_fulfilling_twice_with_the_same_report_records_nothing() -> None:
    raised().given(fulfil("2016-12-01")).when(fulfil("2016-12-02")).then_nothing()


def test_a_second_report_does_not_fulfil_what_the_first_did() -> None:
    (
        raised()
        .given(fulfil("2016-12-01"))
        .when(fulfil("2016-12-02", "D-2"))
        .then_refused(WrongStage, match="D-1 already fulfilled this: amend that one")
    )


def test_where_nothing_was_demanded_there_is_nothing_to_fulfil() -> None:
    police().when(fulfil("2016-12-01")).then_nothing()


def test_only_the_report_that_fulfilled_a_duty_can_open_it_again() -> None:
    other = ReopenObligation(obligation=STREAM, disclosure="D-2")
    raised().given(fulfil("2016-12-01")).when(other).then_nothing()


def test_a_duty_becomes_overdue_the_day_after_it_was_due_and_only_once() -> None:
    scenario = raised()

    scenario.when(on_day("2016-12-13")).then_nothing()
    scenario.when(on_day("2016-12-14")).then(
        ObligationBecameOverdue(due_on=date(2016, 12, 13))
    )
    scenario.when(on_day("2016-12-15")).then_nothing()


def test_what_is_fulfilled_does_not_become_overdue() -> None:
    raised().given(fulfil("2016-12-20")).when(on_day("2016-12-30")).then_nothing()


def test_a_reminder_is_sent_once_for_each_planned_day() -> None:
    tenth = SendReminder(obligation=STREAM, planned_on=date(2016, 12, 10))
    twelfth = SendReminder(obligation=STREAM, planned_on=date(2016, 12, 12))

    scenario = raised().when(tenth).then(ReminderSent(planned_on=date(2016, 12, 10)))
    scenario.when(tenth).then_nothing()
    scenario.when(twelfth).then(ReminderSent(planned_on=date(2016, 12, 12)))


def test_a_reminder_may_fall_on_the_last_day() -> None:
    last = SendReminder(obligation=STREAM, planned_on=date(2016, 12, 13))
    raised().when(last).then_kinds(ReminderSent)


def test_nobody_is_reminded_of_what_is_settled_or_past() -> None:
    tenth = SendReminder(obligation=STREAM, planned_on=date(2016, 12, 10))
    past = SendReminder(obligation=STREAM, planned_on=date(2016, 12, 14))

    raised().when(past).then_nothing()
    raised().given(fulfil("2016-12-01")).when(tenth).then_nothing()


def test_a_waived_duty_is_settled_and_says_why() -> None:
    scenario = raised().reviewer()
    waive = WaiveObligation(obligation=STREAM, reason="in hospital")

    scenario.when(waive).then(ObligationWaived())
    assert scenario.news[0].reason == "in hospital"
    scenario.when(on_day("2016-12-30")).then_nothing()


def test_a_cancelled_duty_never_arose() -> None:
    cancel = CancelObligation(obligation=STREAM, reason="the wedding is off")
    scenario = raised().reviewer().when(cancel).then(ObligationCancelled())

    assert duty(scenario, STREAM).stage == "cancelled"
    scenario.when(fulfil("2016-12-30")).then_nothing()


SETTLE: list[type[WaiveObligation | CancelObligation]] = [
    WaiveObligation,
    CancelObligation,
]


@pytest.mark.parametrize("kind", SETTLE)
def test_nothing_is_waived_or_cancelled_without_a_reason(
    kind: type[WaiveObligation | CancelObligation],
) -> None:
    raised().reviewer().when(kind(obligation=STREAM)).then_refused(Invalid)


@pytest.mark.parametrize("kind", SETTLE)
def test_nothing_is_waived_or_cancelled_that_is_settled(
    kind: type[WaiveObligation | CancelObligation],
) -> None:
    settled = raised().reviewer().given(fulfil("2016-12-01"))

    settled.when(kind(obligation=STREAM, reason="why not")).then_refused(
        WrongStage, match="the obligation is already fulfilled"
    )


@pytest.mark.parametrize("kind", SETTLE)
def test_nothing_is_waived_or_cancelled_that_was_never_raised(
    kind: type[WaiveObligation | CancelObligation],
) -> None:
    command: Command[Obligation] = kind(obligation=STREAM, reason="why not")
    police().reviewer().when(command).then_refused(Unknown, match=str(STREAM))


@pytest.mark.parametrize("before", [True, False])
def test_s1_14_a_bidding_without_its_second_instalment_becomes_overdue(
    before: bool,  # noqa: FBT001
) -> None:
    first = files("bidding_before", answers(rule(V1, "bidding_before")))
    after = obligation_stream("shen", INSTANT, "bidding_after", "D-1:0")
    second = files(
        "bidding_after",
        answers(rule(V1, "bidding_after")),
        disclosure="D-2",
        obligation=after,
    )
    scenario = police().on("2016-12-10").declarant("shen").given(first)
    if before:
        scenario.on("2016-12-22").given(second)

    overdue = scenario.when(MarkOverdue(obligation=after, today=date(2016, 12, 28)))
    assert overdue.facts == (
        [] if before else [ObligationBecameOverdue(due_on=date(2016, 12, 27))]
    )
