"""A verification asks declared sources only, about persons who are covered."""

from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.personnel import DeclareRelative, RemoveRelative
from domain.proceedings import ProceedingEntered, Proceedings, proceedings_stream
from domain.verification.facts import (
    RegisterQueried,
    VerificationConcluded,
    VerificationOpened,
)
from domain.verification.source import (
    DeclareSource,
    SourceDeclared,
    SourceWithdrawn,
    WithdrawSource,
)
from domain.verification.verification import (
    ConcludeVerification,
    OpenVerification,
    QueryRegister,
)
from tests.domain.records.cast import CONFLICTS, office, stored
from tests.spec import Scenario

CONCLUDES = ConcludeVerification(verification="V-1", text="all is as declared")
QUERIES = QueryRegister(verification="V-1", source="land")


def declares(**changes: Any) -> DeclareSource:
    usual = {
        "source": "land",
        "name": "Land register",
        "purpose": "real estate of those who report it",
        "legal_basis": "Measures of 2017, Art. 3",
    }
    return DeclareSource(**(usual | changes))


def opens(**changes: Any) -> OpenVerification:
    usual = {
        "verification": "V-1",
        "person": "shen",
        "basis": "random",
        "reason": "drawn with seed 7",
    }
    return OpenVerification(**(usual | changes))


def proceedings(scenario: Scenario) -> Proceedings:
    return scenario.state(Proceedings(), proceedings_stream("shen"))


def verifier() -> Scenario:
    daughter = DeclareRelative(number="shen", relative="R-7", relation="child")
    scenario = office().given(daughter, declares())
    return scenario.by("vera", "verifier")


def test_s2_03_a_source_is_declared_with_its_purpose_and_legal_basis() -> None:
    scenario = office().by("anna", "records_officer").when(declares())
    scenario.then(
        SourceDeclared(
            source="land",
            name="Land register",
            purpose="real estate of those who report it",
            legal_basis="Measures of 2017, Art. 3",
        )
    )
    assert scenario.news[0].subject is None


@pytest.mark.parametrize("field", ["name", "purpose", "legal_basis"])
def test_s2_03_a_source_without_name_purpose_or_law_is_refused(field: str) -> None:
    office().when(declares(**{field: " "})).then_refused(Invalid, match=field)


def test_s2_03_another_purpose_is_another_declaration() -> None:
    scenario = verifier()
    scenario.when(declares()).then_nothing()
    scenario.when(declares(purpose="anything")).then_refused(
        WrongStage, match="land was declared otherwise: withdraw it first"
    )
    scenario.given(WithdrawSource(source="land"))
    scenario.when(declares(purpose="anything")).then_kinds(SourceDeclared)


def test_s2_03_a_declared_source_is_asked_within_an_open_verification() -> None:
    scenario = verifier().given(opens()).when(QUERIES)
    scenario.then(RegisterQueried(source="land"))
    assert scenario.news[0].subject == "shen"
    scenario.when(QUERIES).then_kinds(RegisterQueried)


def test_s2_03_an_undeclared_source_is_never_asked() -> None:
    feed = QueryRegister(verification="V-1", source="social-feed")
    verifier().given(opens()).when(feed).then_refused(
        NotAllowed, match="social-feed is no declared source"
    )


def test_s2_03_nor_is_one_that_was_withdrawn() -> None:
    scenario = verifier().given(opens())
    scenario.when(WithdrawSource(source="land")).then(SourceWithdrawn())
    scenario.when(WithdrawSource(source="land")).then_nothing()
    scenario.when(QUERIES).then_refused(NotAllowed)


def test_s2_03_without_an_open_verification_no_source_is_asked() -> None:
    verifier().when(QUERIES).then_refused(WrongStage, match="V-1 is not open")
    over = verifier().given(opens(), CONCLUDES)
    over.when(QUERIES).then_refused(WrongStage, match="V-1 is not open")


@pytest.mark.parametrize(
    "basis", ["random", "promotion", "risk", "complaint", "campaign", "referral"]
)
def test_a_verification_is_opened_on_a_ground_and_for_a_reason(basis: str) -> None:
    scenario = verifier().when(opens(basis=basis))
    scenario.then(
        VerificationOpened(verification="V-1", person="shen", basis=basis),
        ProceedingEntered(person="shen", kind="verification", key="V-1"),
    )
    assert scenario.news[0].subject == "shen"
    assert proceedings(scenario).of("verification") == ("V-1",)
    assert "drawn with seed 7" not in stored(scenario)


def test_a_verification_without_ground_or_reason_is_refused() -> None:
    verifier().when(opens(basis="hunch")).then_refused(Invalid, match="hunch is not")
    verifier().when(opens(reason=None)).then_refused(Invalid, match="reason: say why")


def test_s2_11_nobody_who_is_not_registered_is_verified() -> None:
    verifier().when(opens(person="citizen")).then_refused(
        NotAllowed, match="citizen is not registered"
    )


def test_s2_11_nor_is_a_relative_whom_nobody_declared() -> None:
    verifier().when(opens(relative="R-8")).then_refused(
        NotAllowed, match="shen has not declared R-8"
    )


def test_s2_11_a_declared_relative_is_verified_under_a_stricter_class() -> None:
    scenario = verifier().given(opens(relative="R-7"))
    assert scenario.when(QUERIES).one(RegisterQueried).relative == "R-7"
    fact = scenario.when(CONCLUDES).one(VerificationConcluded)
    assert (fact.relative_concerned, fact.class_of("text")) == ("R-7", "restricted")


def test_s2_11_only_as_long_as_the_relative_is_declared() -> None:
    scenario = verifier().given(opens(relative="R-7"))
    scenario.clerk().given(RemoveRelative(number="shen", relative="R-7"))
    scenario.by("vera", "verifier").when(QUERIES).then_refused(NotAllowed)


def test_a_verification_ends_with_words_and_once() -> None:
    scenario = verifier().given(opens())
    silent = ConcludeVerification(verification="V-1", text="")
    scenario.when(silent).then_refused(Invalid, match="text: say what it came to")
    scenario.when(CONCLUDES).then(VerificationConcluded(text="all is as declared"))
    assert "all is as declared" not in stored(scenario)
    scenario.when(CONCLUDES).then_refused(WrongStage)
    verifier().when(CONCLUDES).then_refused(Unknown)


def test_the_same_verification_again_records_nothing_and_its_number_is_taken() -> None:
    scenario = verifier().given(opens())
    scenario.when(opens()).then_nothing()
    scenario.when(opens(person="li")).then_refused(WrongStage, match="V-1 is taken")


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_verifies_themselves_a_relative_or_a_superior(
    who: str, why: str
) -> None:
    scenario = verifier().given(opens(person="zhang")).by(who, "verifier")
    other = opens(verification="V-2", person="zhang")
    for command in (other, QUERIES, CONCLUDES):
        scenario.when(command).then_refused(NotAllowed, match=why)
