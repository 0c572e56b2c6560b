"""Art. 15, 43: what is decided together is one sanction, as heavy as was told of."""

from datetime import date
from typing import Any

import pytest

from domain.case.deciding import DecideCase
from domain.errors import Invalid, NotAllowed
from domain.sanction.facts import SanctionImposed
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office

PARTY = "cn-party-discipline-v3"
TRACK = "cn-party-discipline"


def two(at_most: str, rulebook: str = GOVERNMENT, **more: Any) -> Proceeding:
    """Return a case with findings on two conducts, which waits for its decision."""
    scenario = office(PARTY if rulebook == TRACK else GOVERNMENT)
    case = Proceeding(scenario, conduct="first", rulebook=rulebook, **more).inquiry()
    case.investigation(case.allegation(), case.allegation(conduct="second"))
    case.notice(at_most=at_most).waiver().finding().finding(conduct="second")
    return case


def decided(case: Proceeding, *sanctions: Any) -> DecideCase:
    return DecideCase(
        case="C-1",
        closing="sanction",
        findings=tuple(found.finding for found in case.state.findings),
        statements=dict.fromkeys(case.process.statements, "It is said."),
        sanctions=sanctions,
    )


def test_t2_art_15_a_decision_imposes_one_sanction_for_all_violations() -> None:
    case = two("dismissal", on="2021-01-01")
    first = case.determined("demerit")[0]
    second = case.determined("major_demerit")[1]
    apart = [case.sanctioning("", determined=(each,)) for each in (first, second)]

    refused = case.scenario.when(decided(case, *apart))
    refused.then_refused(Invalid, match="sanctions")
    both = case.sanctioning("", determined=(first, second))
    terms = case.scenario.when(decided(case, both)).one(SanctionImposed).terms
    assert (terms.kind, terms.until_on) == ("major_demerit", date(2022, 7, 1))


@pytest.mark.parametrize(
    ("told", "taken"), [("serious_warning", False), ("removal", True)]
)
def test_art_43_what_two_violations_come_to_is_no_heavier_than_was_told(
    told: str, *, taken: bool
) -> None:
    case = two(told, TRACK, on="2024-03-01")
    command = decided(case, case.sanctioning("serious_warning"))

    scenario = case.scenario.when(command)

    if taken:
        assert scenario.one(SanctionImposed).terms.kind == "removal"
    else:
        scenario.then_refused(NotAllowed, match="removal: the person was told")


def test_a_sanction_for_nothing_is_still_refused() -> None:
    case = two("dismissal")
    nothing = case.sanctioning("", determined=())

    case.scenario.when(decided(case, nothing))
    assert "nothing is determined" in str(case.scenario.failure)
