"""What was detected is put to the person, and settled by people."""

from datetime import date
from typing import Any

import pytest

from domain.amending import AmendDisclosure
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.verification.explaining import (
    ReceiveExplanation,
    RequestExplanation,
    ResolveDiscrepancy,
)
from domain.verification.facts import (
    DiscrepancyResolved,
    ExplanationReceived,
    ExplanationRequested,
    VerificationConcluded,
)
from domain.verification.verification import ConcludeVerification
from tests.domain.records.cast import stored
from tests.domain.verification.cast import (
    FLAT,
    HOMES,
    OPENS,
    STORE,
    dora,
    extract,
    office,
    opened,
    vera,
)
from tests.spec import Scenario

ASKS = RequestExplanation(
    verification="V-1", discrepancies=(1,), text="whose cellar is it?"
)
ANSWERS = ReceiveExplanation(verification="V-1", text="I forgot the cellar")


def resolves(**more: Any) -> ResolveDiscrepancy:
    usual: dict[str, Any] = {
        "verification": "V-1",
        "discrepancy": 1,
        "how": "explained",
        "text": "he showed the deed",
    }
    return ResolveDiscrepancy(**(usual | more))


def detected() -> Scenario:
    """Return the register in which Shen has declared a flat, and not the cellar."""
    return opened(extract(FLAT, STORE))


def asked() -> Scenario:
    return detected().given(ASKS)


def test_an_explanation_is_asked_until_the_day_that_the_rulebook_says() -> None:
    fact = detected().when(ASKS).one(ExplanationRequested)

    assert fact.answer_by == date(2016, 12, 17)  # fifteen days
    assert fact.cited.legal_basis == ("Measures of 2017",)
    assert fact.discrepancies == (1,)


def test_what_is_asked_and_answered_is_sealed() -> None:
    scenario = asked().declarant("shen").given(ANSWERS)
    assert "cellar" not in stored(scenario).replace("Lake Road 5, cellar", "")


def test_the_law_may_be_named_where_none_was_when_it_was_opened() -> None:
    bare = OPENS.__class__(
        verification="V-2", person="shen", basis="random", reason="x"
    )
    scenario = detected().given(bare)
    plain = RequestExplanation(verification="V-2", text="explain yourself")
    scenario.when(plain).then_refused(Invalid, match="rulebook: say under which")
    named = RequestExplanation(verification="V-2", text="explain", rulebook=HOMES)
    assert scenario.when(named).one(ExplanationRequested).cited.rulebook == HOMES


def test_only_what_was_detected_and_is_not_settled_is_asked_about() -> None:
    nine = RequestExplanation(verification="V-1", discrepancies=(9,), text="x")
    scenario = asked().when(nine).then_refused(Unknown, match="discrepancy 9")
    scenario.given(resolves(how="source_wrong"))
    scenario.when(ASKS).then_refused(WrongStage, match="discrepancy 1 is settled")


def test_a_question_says_something() -> None:
    silent = RequestExplanation(verification="V-1", discrepancies=(1,), text=" ")
    detected().when(silent).then_refused(Invalid, match="text")


@pytest.mark.parametrize("role", ["declarant", "clerk"])
def test_the_person_explains_or_a_clerk_for_them(role: str) -> None:
    scenario = asked().on("2016-12-05")
    scenario.by("shen" if role == "declarant" else "anna", role, on_behalf_of="shen")
    assert scenario.when(ANSWERS).one(ExplanationReceived).received_on == date(
        2016, 12, 5
    )


def test_what_came_on_paper_came_on_its_day() -> None:
    came = ReceiveExplanation(
        verification="V-1", text="a letter", received_on=date(2016, 12, 3)
    )
    scenario = asked().on("2016-12-05").when(came)
    assert scenario.one(ExplanationReceived).received_on == date(2016, 12, 3)
    scenario.declarant("shen").when(came).then_refused(Invalid, match="received_on")
    late = ReceiveExplanation(
        verification="V-1", text="x", received_on=date(2016, 12, 6)
    )
    vera(scenario).when(late).then_refused(Invalid, match="lies in the future")


@pytest.mark.parametrize("role", ["declarant", "clerk"])
def test_others_do_not_explain_in_their_name(role: str) -> None:
    asked().by("li", role).when(ANSWERS).then_refused(NotAllowed)


def test_i2_who_is_in_conflict_takes_no_answer() -> None:
    asked().by("shen", "verifier").when(ANSWERS).then_refused(NotAllowed)


def test_to_the_person_it_begins_when_something_is_asked_of_them() -> None:
    detected().declarant("shen").when(ANSWERS).then_refused(Unknown)
    office().declarant("shen").when(ANSWERS).then_refused(Unknown)


def test_an_answer_says_something_and_comes_while_it_is_open() -> None:
    silent = ReceiveExplanation(verification="V-1", text="")
    scenario = asked().declarant("shen")
    scenario.when(silent).then_refused(Invalid, match="text")
    vera(scenario).given(resolves(how="source_wrong"))
    scenario.given(ConcludeVerification(verification="V-1", text="done"))
    scenario.declarant("shen").when(ANSWERS).then_refused(WrongStage)


def test_a_discrepancy_is_explained_only_if_somebody_explained_it() -> None:
    scenario = (
        asked()
        .when(resolves())
        .then_refused(WrongStage, match="nobody has explained discrepancy 1")
    )
    scenario.declarant("shen").given(ANSWERS)
    fact = vera(scenario).when(resolves()).one(DiscrepancyResolved)
    assert (fact.discrepancy, fact.how) == (1, "explained")
    scenario.when(resolves()).then_refused(WrongStage, match="1 is settled")


def test_it_is_amended_only_if_the_report_was() -> None:
    scenario = opened(extract(FLAT | {"area": "120"}))
    amended = resolves(how="amended")
    scenario.when(amended).then_refused(WrongStage, match="D-1 was not amended")
    scenario.declarant("shen").given(
        AmendDisclosure(disclosure="D-1", items=(FLAT | {"area": "120"},))
    )
    vera(scenario).when(amended).then_kinds(DiscrepancyResolved)
    detected().when(amended).then_refused(WrongStage, match="None was not amended")


@pytest.mark.parametrize(
    ("change", "match"), [({"how": "forgotten"}, "how"), ({"text": ""}, "text")]
)
def test_how_it_was_settled_is_said_in_one_of_the_ways(
    change: dict[str, Any], match: str
) -> None:
    detected().when(resolves(**change)).then_refused(Invalid, match=match)


def test_it_ends_when_all_that_was_detected_is_settled() -> None:
    ends = ConcludeVerification(verification="V-1", text="all is explained")
    scenario = detected().when(ends)
    scenario.then_refused(Incomplete, match="discrepancy 1")
    scenario.given(resolves(how="source_wrong")).when(ends)
    scenario.then_kinds(VerificationConcluded)


def test_i2_who_judges_may_not_be_near() -> None:
    for command in (ASKS, resolves(how="source_wrong")):
        asked().by("shen", "verifier").when(command).then_refused(NotAllowed)
    assert dora(asked()).who.id == "dora"
