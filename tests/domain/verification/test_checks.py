"""The rulebook's checks of a report, and what is recorded of them."""

import pytest

from domain.errors import Invalid, Unknown, WrongStage
from domain.verification.checks import CheckReport
from domain.verification.facts import DiscrepancyDetected, ReportsCompared
from tests.domain.cast import SHIPPED, V1, law
from tests.domain.papers import files as weddings
from tests.domain.papers import wedding
from tests.domain.records.cast import stored
from tests.domain.verification.cast import FLAT, OPENS, files, office, vera
from tests.spec import Scenario

PAID = FLAT | {
    "price": {"amount": "300", "currency": "CNY"},
    "loan": {"amount": "100", "currency": "CNY"},
    "savings": {"amount": "150", "currency": "CNY"},
}
CHECKS = CheckReport(verification="V-1", disclosure="D-2")
AGAINST = CheckReport(verification="V-1", disclosure="D-2", before="D-1")


def paid(**more: object) -> Scenario:
    scenario = office().declarant("shen")
    scenario.on("2016-12-03").given(files(PAID | more, disclosure="D-2"))
    return vera(scenario).given(OPENS)


def test_a_report_that_does_not_add_up_is_a_discrepancy_under_the_check() -> None:
    scenario = paid().when(CHECKS)

    fact = scenario.one(DiscrepancyDetected)
    assert (fact.kind, fact.source, fact.field) == ("check", "parts", "price")
    assert (fact.declared, fact.found) == ("300 CNY", "250 CNY")
    assert fact.cited is not None
    assert (fact.cited.rule, fact.cited.legal_basis) == ("parts", ("s 9",))
    assert (fact.disclosure, fact.item, fact.source_as_of) == ("D-2", 0, None)
    assert "250 CNY" not in stored(scenario)


def test_the_report_before_is_held_against_it() -> None:
    scenario = paid(area="120").when(AGAINST)

    found = {d.source: d.found for d in scenario.all(DiscrepancyDetected)}
    assert found == {"parts": "250 CNY", "unexplained": "D-1: 90"}
    compared = scenario.one(ReportsCompared)
    assert [r.disclosure for r in compared.reports] == ["D-2", "D-1"]
    assert (compared.detected, compared.source) == (2, None)
    scenario.when(AGAINST).then_nothing()


def test_what_was_detected_before_is_not_detected_again() -> None:
    paid().given(CHECKS).when(AGAINST).then_kinds(ReportsCompared)


def test_a_report_is_not_held_against_a_later_one() -> None:
    turned = CheckReport(verification="V-1", disclosure="D-1", before="D-2")
    paid().when(turned).then_refused(Invalid, match="before: it came later")


@pytest.mark.parametrize("before", [None, "D-9"])
def test_reports_that_are_not_there_are_unknown(before: str | None) -> None:
    name = "D-2" if before else "D-9"
    asked = CheckReport(verification="V-1", disclosure=name, before=before)
    paid().when(asked).then_refused(Unknown, match="D-9")


def test_only_within_an_open_verification() -> None:
    vera(office()).when(CHECKS).then_refused(WrongStage)


def test_checks_of_other_rules_are_none_of_a_report() -> None:
    scenario = office().declarant("shen")
    car = {"bought_on": "2016-11-01"}
    scenario.given(files(car, disclosure="D-2", rule="car"))
    scenario = vera(scenario).given(OPENS).when(CHECKS)
    assert scenario.one(ReportsCompared).detected == 0


def test_a_rulebook_without_the_section_checks_nothing() -> None:
    scenario = law(office(), SHIPPED[f"{V1}.toml"]).declarant("shen")
    scenario.given(weddings("wedding", wedding(), disclosure="D-3", person="shen"))
    asked = CheckReport(verification="V-1", disclosure="D-3")
    vera(scenario).given(OPENS).when(asked).then_refused(Invalid, match="rulebook")
