"""S2-10: what is held does not go ahead, until it is lifted or two people agree."""

from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.hold import (
    ActionCleared,
    HoldNotified,
    HoldOverridden,
    HoldOverrideProposed,
    Holds,
    holds_stream,
)
from domain.holding.clearing import AgreeOverride, ClearAction, Held, ProposeOverride
from domain.holding.placing import LiftHold
from tests.domain.hold.offices import DEED, TODAY, at_work, held, in_debt
from tests.spec import Scenario

ISSUE = ClearAction(person="shen", type="document", target=DEED)
ASK = ProposeOverride(hold="shen:1", target=DEED, text="a child falls ill abroad")
AGREE = AgreeOverride(hold="shen:1", override="shen:1:1", text="it cannot wait")


def hr(scenario: Scenario) -> Scenario:
    return scenario.by("li", "hr")


def agreed() -> Scenario:
    return in_debt().given(ASK).by("chief", "deciding_authority").given(AGREE)


def test_s2_10_with_a_tax_debt_the_document_is_refused_until_it_is_paid() -> None:
    debtor = hr(in_debt()).when(ISSUE)
    debtor.then_refused(Held, match="income tax of 2023 is not paid")
    for said in ("tax_debt", "the debt is paid", "2024-05-31", "Tax Rules, Art. 9"):
        debtor.then_refused(Held, match=said)

    debtor.by("wang", "certifier").given(LiftHold(hold="shen:1", text="paid"))

    hr(debtor).when(ISSUE).then(
        ActionCleared(person="shen", type="document", target=DEED, on=TODAY)
    )


def test_s2_10_a_hold_on_one_document_leaves_the_others_free() -> None:
    other = ClearAction(person="shen", type="document", target="deed-18")

    hr(in_debt()).when(other).then_kinds(ActionCleared)


def test_a_hold_that_names_no_document_holds_all_and_all_that_its_type_blocks() -> None:
    pending = held(type="promotion", basis="case_pending", target=None)
    scenario = hr(at_work().given(pending))

    for type_ in ("promotion", "reward"):
        asked = ClearAction(person="shen", type=type_, target="X")
        scenario.when(asked).then_refused(Held)
    hr(scenario).when(ISSUE).then_kinds(ActionCleared)


def test_what_nothing_holds_goes_ahead_and_is_on_record() -> None:
    hr(at_work()).when(ISSUE).then_kinds(ActionCleared)
    hr(at_work()).when(
        ClearAction(person="nobody", type="document", target=DEED)
    ).then_refused(Unknown)
    hr(at_work()).when(
        ClearAction(person="shen", type="document", target=" ")
    ).then_refused(Invalid)


def test_s1_21_the_person_knows_of_nothing_about_a_hold_they_were_not_told_of() -> None:
    agreed_ = agreed()
    hr(agreed_).given(ISSUE)
    stream = holds_stream("shen")
    facts = [record.fact for record in agreed_.app.history(stream)]
    state = agreed_.state(Holds(), stream)
    told = state.evolve(HoldNotified(hold="shen:1", on=TODAY))

    assert not any(state.told_of(fact) for fact in facts)
    assert all(told.told_of(fact) for fact in facts)
    plain = ActionCleared(person="shen", type="reward", target="X", on=TODAY)
    assert state.told_of(plain)


def test_an_action_goes_by_its_code_for_that_is_never_sealed() -> None:
    words = ClearAction(person="shen", type="document", target="Zhang San's flat")
    hr(at_work()).when(words).then_refused(Invalid, match="target: give its number")
    asked = ProposeOverride(hold="shen:1", target="Zhang San's flat", text="x")
    in_debt().when(asked).then_refused(Invalid, match="target: give its number")


def test_i2_nobody_clears_their_own_document() -> None:
    at_work().by("shen", "hr").when(ISSUE).then_refused(NotAllowed, match="themselves")


def test_i2_nobody_overrides_a_hold_on_themselves() -> None:
    own = in_debt().by("shen", "certifier").when(ASK)
    own.then_refused(NotAllowed, match="the person concerned")
    agreeing = in_debt().given(ASK).by("shen", "certifier").when(AGREE)
    agreeing.then_refused(NotAllowed, match="the person concerned")


def test_one_proposes_and_another_agrees_and_the_action_goes_ahead_once() -> None:
    proposed = in_debt().when(ASK)
    proposed.then(
        HoldOverrideProposed(
            hold="shen:1",
            override="shen:1:1",
            target=DEED,
            text="a child falls ill abroad",
            proposed_by="wang",
        )
    )
    proposed.by("chief", "deciding_authority").when(AGREE).then(
        HoldOverridden(
            hold="shen:1",
            override="shen:1:1",
            target=DEED,
            proposed_by="wang",
            text="it cannot wait",
        )
    )

    cleared = hr(proposed).when(ISSUE)
    assert cleared.one(ActionCleared).override == "shen:1:1"
    cleared.when(ISSUE).then_refused(Held, match="income tax")


def test_whoever_proposed_an_override_does_not_agree_to_it() -> None:
    alone = in_debt().given(ASK)

    alone.when(AGREE).then_refused(NotAllowed, match="wang proposed it")
    alone.by("x", "certifier", on_behalf_of="wang")
    alone.when(AGREE).then_refused(NotAllowed)


def test_an_override_is_agreed_to_once_and_there_is_no_other() -> None:
    agreed().when(AGREE).then_refused(Unknown, match="waits for a second person")
    unknown = AgreeOverride(hold="shen:1", override="shen:1:9", text="x")
    in_debt().given(ASK).when(unknown).then_refused(Unknown)


@pytest.mark.parametrize("said", [{"target": " "}, {"text": ""}])
def test_an_override_names_the_action_and_the_reason(said: dict[str, Any]) -> None:
    asked = {"hold": "shen:1", "target": DEED, "text": "x"} | said

    in_debt().when(ProposeOverride(**asked)).then_refused(Invalid)


def test_an_override_takes_reasons_and_is_of_what_is_held() -> None:
    silent = AgreeOverride(hold="shen:1", override="shen:1:1", text="")
    elsewhere = ProposeOverride(hold="shen:1", target="deed-18", text="x")

    in_debt().given(ASK).by("chief", "x").when(silent).then_refused(Invalid)
    in_debt().when(elsewhere).then_refused(WrongStage, match="alone")


def test_an_override_past_one_hold_is_none_past_another() -> None:
    twice = agreed().by("wang", "certifier").given(held(target=None))
    hr(twice).when(ISSUE).then_refused(Held, match="shen:2")

    other = ProposeOverride(hold="shen:2", target=DEED, text="x")
    twice.by("wang", "certifier").given(other)
    both = AgreeOverride(hold="shen:2", override="shen:2:2", text="x")
    twice.by("chief", "x").given(both)

    assert hr(twice).when(ISSUE).one(ActionCleared).override == "shen:2:2"
    assert twice.state(Holds(), holds_stream("shen")).overridden == ()


def test_what_goes_ahead_uses_up_no_override_of_something_else() -> None:
    other = ClearAction(person="shen", type="document", target="deed-18")
    scenario = hr(agreed()).given(other)

    assert len(scenario.state(Holds(), holds_stream("shen")).overridden) == 1
