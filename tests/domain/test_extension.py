"""A due date may be put off: asked with a reason, granted within the rulebook's cap."""

from datetime import date

import pytest

from domain.duties import (
    DecideExtension,
    FulfilObligation,
    MarkOverdue,
    RequestExtension,
)
from domain.errors import Invalid, NotAllowed, Refused, Unknown, WrongStage
from domain.obligation import (
    ExtensionDenied,
    ExtensionGranted,
    ExtensionRequested,
    ObligationBecameOverdue,
    ObligationFulfilled,
    ObligationFulfilledLate,
    obligation_stream,
)
from tests.domain.cast import (
    DISCLOSURES,
    INSTANT,
    demand,
    duty,
    joins,
    police,
    register,
)
from tests.spec import Scenario

STREAM = obligation_stream("abel", DISCLOSURES, "annual", "2016")
DUE = date(2016, 5, 15)


def owing() -> Scenario:
    """Return a register in which Abel's annual report is due on 15 May 2016."""
    raised = demand(DISCLOSURES, "annual", "2016-01-15", person="abel", year=2016)
    scenario = register(DISCLOSURES).given(
        *joins("abel", employer_type="us-executive"), raised
    )
    return scenario.on("2016-05-01").declarant("abel")


def ask(until: str, **more: object) -> RequestExtension:
    usual = {"obligation": STREAM, "reason": "broker's statement is late"}
    return RequestExtension(until=date.fromisoformat(until), **(usual | more))  # type: ignore[arg-type]


def grant(until: str | None = None) -> DecideExtension:
    day = date.fromisoformat(until) if until else None
    return DecideExtension(obligation=STREAM, granted=True, until=day)


DENY = DecideExtension(obligation=STREAM, granted=False, reason="no good cause")


def test_an_extension_is_asked_and_granted_and_moves_the_due_date() -> None:
    scenario = owing().when(ask("2016-06-15"))
    scenario.then(ExtensionRequested(until=date(2016, 6, 15)))

    granted = scenario.reviewer().when(grant()).one(ExtensionGranted)
    assert granted.until == date(2016, 6, 15)
    assert granted.cited.rule == "annual"
    assert duty(scenario, STREAM).due_on == date(2016, 6, 15)


def test_i10_lateness_counts_from_the_extended_due_date() -> None:
    scenario = owing().given(ask("2016-06-15")).reviewer().given(grant())

    def received(day: int) -> FulfilObligation:
        on = date(2016, 6, day)
        return FulfilObligation(obligation=STREAM, disclosure="D-1", received_on=on)

    late = scenario.when(received(17)).one(ObligationFulfilledLate)
    assert late.days_late == 2
    again = owing().given(ask("2016-06-15")).reviewer().given(grant())
    assert again.when(received(15)).all(ObligationFulfilled)


def test_an_extended_duty_is_overdue_no_more_and_may_be_again() -> None:
    scenario = owing().given(MarkOverdue(obligation=STREAM, today=date(2016, 5, 16)))
    scenario.given(ask("2016-06-15")).reviewer().given(grant())

    assert duty(scenario, STREAM).overdue is False
    again = scenario.when(MarkOverdue(obligation=STREAM, today=date(2016, 6, 16)))
    again.then(ObligationBecameOverdue(due_on=date(2016, 6, 15)))


def test_a_shorter_time_may_be_granted_than_was_asked() -> None:
    scenario = owing().given(ask("2016-06-15")).reviewer()

    assert scenario.when(grant("2016-05-31")).one(ExtensionGranted).until == date(
        2016, 5, 31
    )


def test_a_longer_time_than_was_asked_is_not_granted() -> None:
    (
        owing()
        .given(ask("2016-06-15"))
        .reviewer()
        .when(grant("2016-06-16"))
        .then_refused(Invalid, match="until: no more than 2016-06-15 was asked")
    )


def test_up_to_45_days_an_extension_may_be_asked_by_word_of_mouth() -> None:
    owing().when(ask("2016-06-29")).then_kinds(ExtensionRequested)


def test_above_45_days_an_extension_is_asked_in_writing() -> None:
    scenario = owing()

    scenario.when(ask("2016-06-30")).then_refused(Refused, match="asked in writing")
    scenario.when(ask("2016-06-30", in_writing=True)).then_kinds(ExtensionRequested)
    scenario.reviewer().when(grant()).then_kinds(ExtensionGranted)


def test_extensions_end_90_days_after_the_first_due_date_in_all() -> None:
    scenario = owing().given(ask("2016-08-13", in_writing=True)).reviewer()

    scenario.given(grant()).declarant("abel")
    scenario.when(ask("2016-08-14", in_writing=True)).then_refused(
        Refused, match="on 2016-08-13"
    )


def test_a_second_extension_goes_beyond_the_first() -> None:
    scenario = owing().given(ask("2016-06-15")).reviewer().given(grant())

    scenario.declarant("abel").when(ask("2016-06-15")).then_refused(
        Invalid, match="until: it is extended to 2016-06-15 already"
    )


def test_an_extension_goes_beyond_the_due_date() -> None:
    owing().when(ask("2016-05-15")).then_refused(Refused, match="beyond 2016-05-15")


def test_asking_again_for_the_same_records_nothing() -> None:
    owing().given(ask("2016-06-15")).when(ask("2016-06-15")).then_nothing()


def test_an_extension_is_not_asked_without_a_reason() -> None:
    owing().when(ask("2016-06-15", reason=None)).then_refused(Invalid, match="reason")


def test_an_extension_is_denied_with_a_reason_and_may_be_asked_again() -> None:
    scenario = owing().given(ask("2016-06-15")).reviewer()

    scenario.when(DecideExtension(obligation=STREAM, granted=False)).then_refused(
        Invalid
    )
    scenario.when(DENY).then(ExtensionDenied())
    assert duty(scenario, STREAM).due_on == DUE
    scenario.declarant("abel").when(ask("2016-06-15")).then_kinds(ExtensionRequested)


def test_what_was_asked_is_decided_once() -> None:
    scenario = owing().given(ask("2016-06-15")).reviewer().given(grant())
    scenario.when(DENY).then_refused(WrongStage, match="no extension is asked")


@pytest.mark.parametrize("decision", [grant(), DENY])
def test_nothing_is_decided_that_was_not_asked(decision: DecideExtension) -> None:
    owing().reviewer().when(decision).then_refused(
        WrongStage, match="no extension is asked"
    )


def test_only_the_declarant_asks() -> None:
    owing().reviewer().when(ask("2016-06-15")).then_refused(NotAllowed)


def test_i2_nobody_grants_their_own_extension() -> None:
    owing().given(ask("2016-06-15")).when(grant()).then_refused(NotAllowed)


def test_a_settled_duty_is_not_extended() -> None:
    settled = owing().given(
        FulfilObligation(obligation=STREAM, disclosure="D-1", received_on=DUE)
    )
    settled.when(ask("2016-06-15")).then_refused(WrongStage, match="already fulfilled")


def test_a_duty_that_was_never_raised_is_not_extended() -> None:
    nowhere = obligation_stream("abel", DISCLOSURES, "annual", "2017")
    grant = DecideExtension(obligation=nowhere, granted=True)
    for command in (ask("2016-06-15", obligation=nowhere), grant):
        owing().when(command).then_refused(Unknown, match=f"no obligation {nowhere}")


def test_a_rule_without_extensions_grants_none() -> None:
    event = {"event_date": date(2016, 12, 20)}
    raised = demand(INSTANT, "wedding", "2016-12-20", anchors=event)
    (
        police()
        .given(raised)
        .declarant("shen")
        .when(ask("2016-12-19", obligation=raised.stream))
        .then_refused(Refused, match="there is no extension under this rule")
    )
