"""What a source says is held against what was declared, field by field."""

from datetime import date
from typing import Any

import pytest

from domain.amending import AmendDisclosure, WithdrawDisclosure
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.verification.facts import (
    DiscrepancyDetected,
    RegisterAnswered,
    ReportsCompared,
)
from domain.verification.source import WithdrawSource
from domain.verification.state import Verification, verification_stream
from domain.verification.verification import ConcludeVerification, QueryRegister
from tests.domain.records.cast import stored
from tests.domain.verification.cast import (
    FLAT,
    HOMES,
    OPENS,
    SHA,
    STORE,
    extract,
    files,
    office,
    opened,
    vera,
)
from tests.spec import Scenario

SMALLER = FLAT | {"area": "120"}


def found(scenario: Scenario) -> list[tuple[Any, ...]]:
    return [
        (fact.kind, fact.field, fact.declared, fact.found)
        for fact in scenario.all(DiscrepancyDetected)
    ]


def test_s5_14_a_discrepancy_says_which_source_said_what_and_when() -> None:
    scenario = opened().when(extract(SMALLER))

    fact = scenario.one(DiscrepancyDetected)
    assert (fact.kind, fact.field) == ("differs", "area")
    assert (fact.declared, fact.found) == ("90", "120")
    assert (fact.source, fact.sha256) == ("land", SHA)
    assert fact.source_as_of == date(2016, 12, 1)
    assert (fact.disclosure, fact.item) == ("D-1", 0)
    assert fact.cited is not None
    assert (fact.cited.rule, fact.cited.legal_basis) == ("home", ("s 1",))
    assert scenario.news[-1].subject == "shen"
    assert '"120"' not in stored(scenario)


def test_s5_14_of_two_sources_each_says_its_own() -> None:
    scenario = opened(extract(SMALLER))
    other = scenario.state(Verification(), verification_stream("V-1"))
    again = extract(FLAT | {"area": "130"}, sha256="cd" * 32)

    scenario.when(again)

    assert scenario.one(DiscrepancyDetected).discrepancy == 2
    assert scenario.one(DiscrepancyDetected).sha256 == "cd" * 32
    assert len(other.discrepancies) == 1


def test_what_was_not_declared_and_what_the_source_does_not_have_are_both_told() -> (
    None
):
    scenario = opened().when(extract(STORE))

    assert found(scenario) == [
        ("not_declared", "address", None, "address: Lake Road 5, cellar; area: 10"),
        (
            "not_in_source",
            "address",
            "address: Lake Road 5; bought_on: 2016-10-01; area: 90",
            None,
        ),
    ]


def test_that_nothing_differs_is_on_record_as_well() -> None:
    scenario = opened().when(extract({"address": "lake  ROAD 5", "area": "90.0"}))

    scenario.then_kinds(RegisterAnswered, ReportsCompared)
    compared = scenario.one(ReportsCompared)
    assert (compared.detected, compared.key) == (0, ("address",))
    assert [(r.disclosure, r.version) for r in compared.reports] == [("D-1", 1)]


def test_a_source_that_knows_nothing_answers_with_no_rows() -> None:
    scenario = opened().when(extract())

    assert [kind for kind, *_ in found(scenario)] == ["not_in_source"]


def test_where_nothing_was_declared_every_row_is_a_discrepancy() -> None:
    scenario = opened().when(extract(FLAT, STORE, disclosures=()))

    assert [kind for kind, *_ in found(scenario)] == ["not_declared"] * 2
    assert scenario.one(ReportsCompared).reports == ()


def test_several_reports_are_compared_together() -> None:
    scenario = office().declarant("shen")
    scenario.given(files(STORE | {"bought_on": "2016-11-01"}, disclosure="D-2"))
    asked = opened_by_vera(scenario)

    asked.when(extract(FLAT, STORE, disclosures=("D-1", "D-2")))

    assert found(asked) == []
    assert len(asked.one(ReportsCompared).reports) == 2


def opened_by_vera(scenario: Scenario) -> Scenario:
    query = QueryRegister(verification="V-1", source="land")
    return vera(scenario).given(OPENS, query)


def test_the_same_extract_again_records_nothing() -> None:
    opened(extract(SMALLER)).when(extract(SMALLER)).then_nothing()


def test_held_against_an_amended_report_it_adds_only_what_is_new() -> None:
    scenario = opened(extract(SMALLER, STORE)).declarant("shen")
    amended = FLAT | {"area": "100"}
    scenario.given(AmendDisclosure(disclosure="D-1", items=(amended,)))

    vera(scenario).when(extract(SMALLER, STORE))

    scenario.then_kinds(ReportsCompared, DiscrepancyDetected)
    assert found(scenario) == [("differs", "area", "100", "120")]
    assert scenario.one(DiscrepancyDetected).discrepancy == 3


def test_a_form_that_takes_all_in_one_text_is_asked_whether_it_mentions_each_row() -> (
    None
):
    text = "Lake Road 5; and Lake Road 5, cellar"
    report = files(FLAT | {"address": text}, disclosure="D-2")
    scenario = opened_by_vera(office().declarant("shen").given(report))
    rows = [{"address": name} for name in ("Lake Road 5, cellar", "Hill Street 1")]

    scenario.when(extract(*rows, disclosures=("D-2",), key=(), mentions=True))

    assert found(scenario) == [
        ("not_declared", "address", None, "address: Hill Street 1")
    ]


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        ({"source": "feed"}, NotAllowed, "feed is no declared source"),
        ({"as_of": date(2016, 12, 3)}, Invalid, "as_of: 2016-12-03 lies in the"),
        ({"as_of": date(2014, 1, 1)}, WrongStage, "no published version binds"),
        ({"sha256": "nonsense"}, Invalid, "sha256: it is no SHA-256"),
        ({"key": ("colour",)}, Invalid, "key: the form has no colour"),
        ({"rule": "boat"}, Invalid, "rule: boat is not one of car, home"),
        ({"rows": ({"colour": "red"},)}, Invalid, "rows[0].colour"),
        ({"rows": (FLAT, {"area": "big"})}, Invalid, "rows[1].area"),
        ({"rows": ({"nil": True},)}, Invalid, "rows[0].nil"),
        ({"disclosures": ("D-9",)}, Unknown, "no disclosure D-9"),
        ({"verification": "V-9"}, WrongStage, "V-9 is not open"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_half_done(
    change: dict[str, Any], error: type[Exception], match: str
) -> None:
    opened().when(extract(SMALLER, **change)).then_refused(error, match=match)


def test_s2_03_a_source_that_was_not_asked_has_not_answered() -> None:
    scenario = vera(office()).given(OPENS)
    scenario.when(extract(FLAT)).then_refused(WrongStage, match="land was not asked")


def test_s2_02_without_an_open_verification_no_answer_is_taken() -> None:
    over = ConcludeVerification(verification="V-1", text="all is as declared")
    opened(over).when(extract(FLAT)).then_refused(WrongStage, match="V-1 is not open")


def test_s2_03_nor_from_a_source_that_was_withdrawn() -> None:
    opened(WithdrawSource(source="land")).when(extract(FLAT)).then_refused(NotAllowed)


def test_others_reports_do_not_exist_for_it() -> None:
    theirs = files(disclosure="D-2", person="li")
    scenario = opened_by_vera(office().declarant("li").given(theirs))
    scenario.when(extract(FLAT, disclosures=("D-2",))).then_refused(Unknown)


def test_a_report_on_a_relative_belongs_in_a_verification_of_the_relative() -> None:
    hers = files(disclosure="D-2", subject="spouse", relative="R-7")
    scenario = opened_by_vera(office().declarant("shen").given(hers))
    scenario.when(extract(FLAT, disclosures=("D-2",))).then_refused(
        Invalid, match="D-2 is about R-7"
    )


def test_a_report_under_another_rule_is_not_compared() -> None:
    car = files({"bought_on": "2016-11-01"}, disclosure="D-2", rule="car")
    scenario = opened_by_vera(office().declarant("shen").given(car))
    scenario.when(extract(FLAT, disclosures=("D-2",))).then_refused(
        Invalid, match="D-2 was filed under homes v1, rule car"
    )


def test_a_report_that_was_withdrawn_is_not_compared() -> None:
    scenario = opened().declarant("shen")
    scenario.given(WithdrawDisclosure(disclosure="D-1", reason="a mistake"))
    vera(scenario).when(extract(FLAT)).then_refused(WrongStage, match="nothing that")


def test_what_opens_for_nobody_any_more_is_not_compared() -> None:
    scenario = opened()
    vault: Any = scenario.app.vault
    vault.destroy("shen")
    scenario.when(extract(FLAT)).then_refused(WrongStage, match="opens for nobody")


def test_the_law_of_the_day_of_the_extract_names_the_fields() -> None:
    scenario = opened().when(extract(FLAT))
    cited = scenario.one(ReportsCompared).cited
    assert (cited.rulebook, cited.version, cited.rule) == (HOMES, 1, "home")
