"""What the shipped rulebooks demand, shown on the register as it will run."""

import re
from datetime import date
from pathlib import Path

import pytest

from domain.amending import AmendDisclosure
from domain.disclosure import (
    CertificationWithdrawn,
    DeficiencyNoted,
    DisclosureAmended,
    DisclosureCertified,
)
from domain.duties import RaiseObligation
from domain.obligation import ObligationFulfilledLate, ObligationRaised
from domain.regime.types import ANCHORS
from domain.review import Certify
from domain.rulebook import ActivatePeriod, RulebookDrafted
from domain.unit import EstablishUnit
from tests.domain.cast import (
    CARDS,
    CONFLICTS,
    DISCLOSURES,
    FILES,
    LEAVING,
    PERSONAL,
    TRANSACTIONS,
    V1,
    V2,
    VIGILANCE,
    book,
    joins,
    law,
    police,
    register,
    rule,
)
from tests.domain.papers import answers, files
from tests.spec import Scenario

POLICE = {"rank": "agency_head"}
FEDERAL = {"employer_type": "us-executive"}
WHOM = {
    V1: POLICE,
    V2: POLICE,
    PERSONAL: {"rank": "provincial"},
    LEAVING: {},
    CARDS: {"category": "integrity_staff"},
    TRANSACTIONS: FEDERAL,
    DISCLOSURES: FEDERAL,
    VIGILANCE: {},
    CONFLICTS: {"employer_type": "ca-executive"},
}
DAY = date(2020, 5, 1)
DOMAIN = Path(__file__).parents[2] / "domain"


def demand_everything(file: str) -> list[RaiseObligation]:
    """Return every duty of the rulebook, as if all of it happened on one day."""
    forms = [field for rule in book(file).rules for field in rule.form or ()]
    dates = {field.name for field in forms if field.kind == "date"}
    supplied = {name for names in ANCHORS.values() for name in names}
    return [
        RaiseObligation(
            person="everybody",
            rulebook=book(file).id,
            rule=rule.id,
            key="K",
            triggered_on=DAY,
            anchors=dict.fromkeys(dates | supplied, DAY),
            year=DAY.year,
        )
        for rule in book(file).rules
    ]


def bound_by(file: str) -> Scenario:
    """Return a register with one person whom all rules of the book bind on `DAY`."""
    scenario = register(file).given(*joins("everybody", **WHOM[file]))
    if file == LEAVING:
        scenario.given(SPRING)
    return scenario


@pytest.mark.parametrize("file", FILES)
def test_s3_04_every_duty_shows_its_version_and_its_legal_basis(file: str) -> None:
    scenario = bound_by(file)
    for duty in demand_everything(file):
        cited = scenario.when(duty).one(ObligationRaised).cited
        assert (cited.version, cited.rule) == (book(file).version, duty.rule)
        assert cited.legal_basis


@pytest.mark.parametrize("file", FILES)
def test_s1_25_an_exported_rulebook_raises_the_same_duties_elsewhere(file: str) -> None:
    here, there = bound_by(file), Scenario()
    (exported,) = [r.fact for r in here.log() if isinstance(r.fact, RulebookDrafted)]
    law(there, exported.text).given(
        EstablishUnit(code="college", name="Another college"),
        *joins("everybody", **WHOM[file]),
        *([SPRING] if file == LEAVING else []),
    )

    for duty in demand_everything(file):
        assert here.when(duty).facts == there.when(duty).facts != []


def test_s1_17_new_filings_say_where_the_money_came_from_and_whether_it_was_lent() -> (
    None
):
    flat = answers(
        rule(V2, "real_estate"), "2017-07-01", source_of_funds=None, loan=None
    )

    filed = police().on("2017-07-03").declarant("shen").when(files("real_estate", flat))
    assert filed.one(DeficiencyNoted).fields == ("source_of_funds", "loan")


def test_s1_17_what_was_filed_under_the_first_version_stays_valid() -> None:
    flat = {"contract_date": "2017-06-28", "transaction": "sale", "description": "flat"}
    scenario = (
        police().on("2017-06-30").declarant("shen").given(files("real_estate", flat))
    )

    scenario.on("2017-08-01").reviewer().when(Certify(disclosure="D-1")).then(
        DisclosureCertified()
    )
    amended = AmendDisclosure(
        disclosure="D-1", items=(flat | {"description": "a flat"},)
    )
    scenario.declarant("shen").when(amended).then_kinds(
        CertificationWithdrawn, DisclosureAmended
    )


@pytest.mark.parametrize(
    ("bought", "notified", "due"),
    [
        ("2014-07-01", "2014-07-01", "2014-07-31"),
        ("2014-07-31", "2014-08-10", "2014-09-09"),
        ("2014-07-01", "2014-08-10", "2014-08-15"),
    ],
)
def test_s2_17_the_official_examples_of_the_278t_come_out_on_the_same_code(
    bought: str, notified: str, due: str
) -> None:
    form = answers(rule(TRANSACTIONS, "transaction"), notified)
    report = files(
        "transaction",
        form | {"transaction_date": bought},
        person="everybody",
        rulebook=TRANSACTIONS,
    )

    filed = bound_by(TRANSACTIONS).on("2014-08-15").declarant("everybody").when(report)
    assert filed.one(ObligationRaised).due_on == date.fromisoformat(due)
    late = date(2014, 8, 15) > date.fromisoformat(due)
    assert len(filed.all(ObligationFulfilledLate)) == late


def test_s2_17_nothing_in_the_domain_is_of_one_country() -> None:
    words = r"\b(china|chinese|zhejiang|oge|senate|yuan|dollar|usd)\b"
    sources = [p for p in DOMAIN.rglob("*.py") if "rulebooks" not in p.parts]

    found = {p.name: re.findall(words, p.read_text(), re.IGNORECASE) for p in sources}
    assert {name: words for name, words in found.items() if words} == {}


SPRING = ActivatePeriod(
    rulebook=LEAVING, rule="leave_city", period="spring", from_on=date(2020, 4, 1)
)
