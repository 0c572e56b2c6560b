"""A verification ends in a finding that another person makes, with reasons."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.verification.assigning import AssignVerifier
from domain.verification.explaining import RequestExplanation
from domain.verification.facts import DiscrepancyResolved, VerificationFinding
from domain.verification.state import Verification, verification_stream
from domain.verification.verification import ConcludeVerification
from tests.domain.cast import law
from tests.domain.records.cast import stored
from tests.domain.verification.cast import LAW, dora, files, finds, office, vera
from tests.domain.verification.test_explaining import (
    ANSWERS,
    ASKS,
    asked,
    detected,
    resolves,
)
from tests.spec import Scenario

INTENT: dict[str, Any] = {
    "class_": "concealment",
    "mental": "intent",
    "on_intent": "the space was paid by a contractor, and left out to hide that",
}


def answered() -> Scenario:
    return dora(asked().declarant("shen").given(ANSWERS))


def test_t18_s3_14_a_store_left_out_by_an_honest_mistake_is_an_omission() -> None:
    scenario = answered().when(finds())

    fact = scenario.one(VerificationFinding)
    assert (fact.finding, fact.class_, fact.mental) == (
        "verification:V-1:1",
        "omission",
        "negligence",
    )
    assert fact.cited.rule == "verification.omission"
    assert fact.cited.legal_basis == ("Measures of 2017, Art. 5",)
    assert fact.justification == "none was given that would excuse it"
    settled = scenario.one(DiscrepancyResolved)
    assert (settled.discrepancy, settled.how) == (1, "finding")
    assert "honest" not in stored(scenario)
    assert "part of the flat" not in stored(scenario)


def test_t19_left_out_to_hide_its_financing_it_is_concealment_for_reasons() -> None:
    scenario = answered()
    silent = finds(**INTENT | {"on_intent": None})
    scenario.when(silent).then_refused(Invalid, match="on_intent: say what speaks for")

    fact = scenario.when(finds(**INTENT)).one(VerificationFinding)

    assert (fact.class_, fact.presumed) == ("concealment", "parking")
    assert fact.cited.legal_basis == ("Measures of 2017, Art. 6",)


def test_by_what_standard_it_is_found_is_sealed_for_words_may_name_somebody() -> None:
    scenario = answered().when(finds(standard="as his sister Hua swore"))

    assert scenario.one(VerificationFinding).standard == "as his sister Hua swore"
    assert "sister Hua" not in stored(scenario)


def test_i5_concealment_is_never_found_without_reasons_on_intent() -> None:
    for change in ({"on_intent": " "}, {"mental": "negligence"}, {"mental": "none"}):
        answered().when(finds(**INTENT | change)).then_refused(Invalid)


def test_a_presumption_is_rebutted_in_either_direction_with_reasons() -> None:
    scenario = answered()
    mistaken = finds(presumed="home")
    scenario.when(mistaken).then_refused(Invalid, match="generally deemed concealment")
    told = finds(presumed="home", on_intent="he had reported it two years before")
    scenario.when(told)
    assert scenario.one(VerificationFinding).class_ == "omission"


def test_the_verifier_makes_no_finding_alone() -> None:
    scenario = answered().by("vera", "certifier")
    scenario.when(finds()).then_refused(NotAllowed, match="vera has verified it")


def test_nor_does_who_was_drawn_to_verify() -> None:
    assigns = AssignVerifier(
        verification="V-1", pool=("wang",), seed="x", seed_from="x", reason="x"
    )
    scenario = answered().given(assigns).by("wang", "certifier")
    scenario.when(finds()).then_refused(NotAllowed, match="wang has verified it")


def test_who_has_made_one_finding_may_make_another() -> None:
    scenario = answered().given(finds())
    again = finds(conduct="other", discrepancies=(1,))
    scenario.when(again).then_kinds(VerificationFinding)
    assert scenario.one(VerificationFinding).finding == "verification:V-1:2"
    state = scenario.state(Verification(), verification_stream("V-1"))
    assert len(state.findings) == 2


@pytest.mark.parametrize("role", ["scheduler", "import"])
def test_no_machine_finds_anything(role: str) -> None:
    answered().by("machine", role).when(finds()).then_refused(NotAllowed)


def test_i2_nor_does_whoever_is_near() -> None:
    answered().by("shen", "certifier").when(finds()).then_refused(NotAllowed)


def test_what_was_not_put_to_the_person_is_not_found_on() -> None:
    scenario = dora(detected())
    scenario.when(finds()).then_refused(WrongStage, match="not put to the person")
    scenario.when(finds(discrepancies=())).then_refused(WrongStage)


@pytest.mark.parametrize("change", [{}, {"conducts": ("garage",)}])
def test_what_was_put_to_them_covers_no_conduct_that_was_not(
    change: dict[str, Any],
) -> None:
    scenario = vera(answered())
    more = RequestExplanation(verification="V-1", text="anything else?", **change)
    scenario.given(more).declarant("shen").given(ANSWERS)
    secret = finds(**INTENT, conduct="secret-company", discrepancies=())
    dora(scenario).when(secret).then_refused(WrongStage, match="not put to the person")


def test_conduct_that_no_discrepancy_shows_is_put_to_them_by_its_name() -> None:
    named = RequestExplanation(
        verification="V-1", conducts=("store",), text="what of the cellar?"
    )
    scenario = dora(detected().given(named))
    finding = finds(discrepancies=())
    scenario.on("2016-12-17").when(finding).then_refused(WrongStage)
    scenario.on("2016-12-18").when(finding).then_kinds(VerificationFinding)


def test_silence_until_the_day_is_over_is_an_answer_too() -> None:
    scenario = dora(asked())
    scenario.on("2016-12-17").when(finds()).then_refused(WrongStage)
    scenario.on("2016-12-18").when(finds())
    assert scenario.one(VerificationFinding).discrepancies == (1,)


def test_what_was_asked_after_an_answer_is_open_again() -> None:
    first = RequestExplanation(
        verification="V-1", conducts=("store",), text="anything to say?"
    )
    scenario = detected().given(first).declarant("shen").given(ANSWERS)
    vera(scenario).given(ASKS)
    dora(scenario).when(finds()).then_refused(WrongStage)
    scenario.when(finds(discrepancies=()))
    assert scenario.one(VerificationFinding).discrepancies == ()


def test_s1_13_what_was_explained_is_no_ground_for_a_finding() -> None:
    scenario = answered()
    vera(scenario).given(resolves())
    dora(scenario).when(finds()).then_refused(WrongStage, match="1 is settled")


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        ({"reasons": " "}, Invalid, "reasons"),
        ({"standard": ""}, Invalid, "standard"),
        ({"conduct": ""}, Invalid, "conduct"),
        ({"justification": None}, Invalid, "justification: say which excuse"),
        ({"class_": None}, Invalid, "violation"),
        ({"mental": "intent"}, Invalid, "mental: an omission is not intended"),
        ({"mental": "none"}, Invalid, "mental: omission takes negligence, not none"),
        ({"presumed": "yacht"}, Invalid, "presumed: yacht is not one of"),
        ({"discrepancies": (9,)}, Unknown, "discrepancy 9"),
        ({"disclosures": ("D-9",)}, Unknown, "disclosure D-9"),
        ({"conduct_to": date(2016, 1, 1)}, Invalid, "conduct_to"),
    ],
)
def test_s3_14_a_finding_says_all_that_it_must(
    change: dict[str, Any], error: type[Exception], match: str
) -> None:
    answered().when(finds(**change)).then_refused(error, match=match)


def test_it_rests_on_no_report_of_anybody_else() -> None:
    scenario = answered().declarant("li").given(files(disclosure="D-2", person="li"))
    dora(scenario).when(finds(disclosures=("D-2",))).then_refused(Unknown)


def test_i14_the_law_of_the_first_day_of_the_conduct_decides_its_class() -> None:
    later = LAW.replace(
        "version = 1\neffective_from = 2015-01-01",
        "version = 2\neffective_from = 2016-12-01",
    )
    later = later.replace("Measures of 2017, Art. 5", "Measures of 2018, Art. 8")
    scenario = answered()
    law(scenario, later)
    dora(scenario).given(finds(conduct_from=date(2016, 1, 1)))
    old = scenario.state(Verification(), verification_stream("V-1")).findings[0]
    fact = scenario.when(finds(conduct_from=date(2016, 12, 1), conduct="b")).one(
        VerificationFinding
    )
    before = scenario.when(finds(conduct_from=date(2014, 1, 1), conduct="c"))

    assert (old.cited.version, fact.cited.version) == (1, 2)
    assert fact.cited.legal_basis == ("Measures of 2018, Art. 8",)
    assert before.one(VerificationFinding).cited.version == 1


def test_a_violation_in_no_class_cites_the_section() -> None:
    other = finds(class_=None, violation="tampering", presumed=None, justification=None)
    fact = answered().when(other).one(VerificationFinding)
    assert (fact.class_, fact.cited.rule) == (None, "verification")


def test_after_the_end_there_is_no_finding() -> None:
    scenario = answered().given(finds())
    vera(scenario).given(ConcludeVerification(verification="V-1", text="done"))
    dora(scenario).when(finds()).then_refused(WrongStage)
    dora(office()).when(finds()).then_refused(WrongStage)
