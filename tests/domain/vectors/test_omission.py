"""T18 and T19: what was left out by neglect, and what was left out to hide."""

from typing import Any

import pytest

from domain.errors import Incomplete, Invalid, NotAllowed
from domain.sanction.facts import MeasureTaken
from domain.sanction.measuring import Measuring
from tests.domain.case.proceeding import Proceeding
from tests.domain.cast import PERSONAL
from tests.domain.vectors.world import Office

STORAGE: dict[str, Any] = {
    "class_": "omission",
    "mental": "negligence",
    "rulebook": PERSONAL,
    "presumed": "parking_or_storage",
    "reasons": "A storage room of 10 square metres is not in the report.",
    "justification": "They took it for a part of the flat: an honest mistake.",
}
HIDDEN = STORAGE | {
    "class_": "concealment",
    "mental": "intent",
    "reasons": "The parking space is not in the report.",
    "on_intent": "It was paid by a contractor, and the papers were hidden.",
}


def heard(office: Office, **more: Any) -> Proceeding:
    case = office.case("2021-03-01", violation="concealed_personal_matter", **more)
    return case.inquiry().investigation().notice().waiver().at("2021-03-10")


@pytest.mark.parametrize("kind", ["warning", "demerit", "dismissal"])
def test_t18_i6_an_honest_mistake_is_never_sanctioned(kind: str) -> None:
    case = heard(Office()).finding(**STORAGE)

    with pytest.raises((NotAllowed, Invalid)) as refused:
        case.decision(kind)
    assert isinstance(refused.value, NotAllowed) or "violation" in str(refused.value)


def test_t18_i6_under_no_violation_is_an_omission_sanctioned() -> None:
    office = Office()
    case = office.case("2021-03-01", violation="other_violation")
    case.inquiry().investigation().notice().waiver().at("2021-03-10")

    with pytest.raises(NotAllowed, match="omission takes a measure, no sanction"):
        case.finding(**STORAGE).decision("warning")


def test_t18_s3_16_it_leads_to_a_measure_which_is_no_sanction() -> None:
    office = Office()
    case = heard(office).finding(**STORAGE)
    talk = Measuring(
        rulebook=case.rulebook,
        kind="criticism_education",
        findings=(case.state.findings[0].finding,),
        text="Report it completely.",
    )
    case.decision(None, measures=(talk,))

    taken = [r.fact for r in office.scenario.log() if isinstance(r.fact, MeasureTaken)]
    assert [(fact.kind, fact.blocks) for fact in taken] == [("criticism_education", ())]
    assert office.bars("2021-03-11") == []


def test_t18_the_list_deems_a_storage_room_an_omission() -> None:
    case = heard(Office()).finding(**STORAGE)

    found = case.state.findings[0]
    assert (found.class_, found.presumed) == ("omission", "parking_or_storage")
    assert found.cited.rulebook == PERSONAL


def test_t19_a_finding_of_intent_rebuts_what_the_list_says() -> None:
    office = Office()
    case = heard(office).finding(**HIDDEN)
    case.decision("warning")

    found = case.state.findings[0]
    assert (found.class_, found.mental) == ("concealment", "intent")
    assert case.sanction == "li:government:1"
    barred = office.bars("2021-04-01")
    assert {"live_sanction:warning", "finding:concealment"} <= set(barred)


@pytest.mark.parametrize("said", [None, "", "  "])
def test_t19_i5_concealment_without_reasons_on_intent_is_refused(
    said: str | None,
) -> None:
    with pytest.raises((Invalid, Incomplete)) as refused:
        heard(Office()).finding(**HIDDEN | {"on_intent": said})
    assert "on_intent" in str(refused.value) + str(getattr(refused.value, "gaps", ""))


def test_t19_i5_concealment_by_neglect_is_refused() -> None:
    with pytest.raises(Invalid, match="concealment is intended"):
        heard(Office()).finding(**HIDDEN | {"mental": "negligence"})
