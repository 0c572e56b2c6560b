"""The cast of the domain's tests: a police department, and the law that binds it.

The department has a college, and the college a training section. Chief leads the
department, Zhang the college; Shen is senior, Li a rank-and-file officer, Wang reviews.
"""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from domain.duties import RaiseObligation
from domain.obligation import Obligation, obligation_stream
from domain.personnel import AssumePosition, RegisterPerson
from domain.record import Command
from domain.regime.parse import parse
from domain.regime.types import Rule, Rulebook
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.rulebooks import shipped
from domain.unit import EstablishUnit, NameHead
from tests.memory import MemoryLog, in_memory
from tests.spec import Scenario

INSTANT = "cn-zj-psd-instant-report"
PERSONAL = "cn-personal-matters-annual"
LEAVING = "cn-leaving-city"
CARDS = "cn-membership-card-campaign"
TRANSACTIONS = "us-oge-278t"
DISCLOSURES = "us-oge-278e"
VIGILANCE = "in-vigilance"
CONFLICTS = "ca-conflict-of-interest"

V1, V2 = f"{INSTANT}-v1", f"{INSTANT}-v2"
AMERICAN = (TRANSACTIONS, DISCLOSURES)
FILES = (V1, V2, PERSONAL, LEAVING, CARDS, *AMERICAN, VIGILANCE, CONFLICTS)
SHIPPED = shipped()
UNITS = (
    EstablishUnit(code="department", name="Public Security Department"),
    EstablishUnit(code="college", name="Police College", parent="department"),
    EstablishUnit(code="training", name="Training Section", parent="college"),
)


@cache
def book(file: str) -> Rulebook:
    """Return the shipped rulebook from the *file*, named without its ending."""
    return parse(SHIPPED[f"{file}.toml"])


def rule(file: str, rule_id: str) -> Rule:
    return next(rule for rule in book(file).rules if rule.id == rule_id)


def joins(number: str, *, unit: str = "college", **post: Any) -> list[Command[Any]]:
    """Register somebody, who takes up a post as *post* describes it."""
    usual: dict[str, Any] = {
        "post": "post",
        "title": "Officer",
        "from_on": date(2010, 1, 1),
    }
    return [
        RegisterPerson(number=number, name=number.title()),
        AssumePosition(number=number, unit=unit, **(usual | post)),
    ]


def law(scenario: Scenario, *texts: str) -> Scenario:
    """Draft and publish each text, by two people; it is the clerk's turn after that."""
    for text in texts:
        draft = parse(text)
        (
            scenario.by("author", "steward")
            .given(DraftRulebook(rulebook=draft.id, text=text))
            .by("publisher", "steward")
            .given(PublishRulebook(rulebook=draft.id, version=draft.version))
        )
    return scenario.clerk()


def register(*files: str) -> Scenario:
    """Return a register with the three units, nobody in them, and these rulebooks."""
    return Scenario(in_memory(prepared(files, cast=False).copy()))


def police(*files: str) -> Scenario:
    """Return a register with the whole cast; of no rulebook is said, both versions."""
    return Scenario(in_memory(prepared(files or (V1, V2), cast=True).copy()))


@cache
def prepared(files: tuple[str, ...], *, cast: bool) -> MemoryLog:
    log = MemoryLog()
    texts = [SHIPPED[f"{file}.toml"] for file in files]
    law(Scenario(in_memory(log)), *texts).given(*UNITS, *(everybody() if cast else ()))
    return log


def everybody() -> list[Command[Any]]:
    return [
        *joins("chief", unit="department", rank="agency_head"),
        *joins("zhang", rank="department_director"),
        *joins("shen", rank="deputy_department_director"),
        *joins("wang", unit="department", rank="section_head"),
        *joins("li", unit="training", rank="officer"),
        NameHead(code="department", head="chief"),
        NameHead(code="college", head="zhang"),
    ]


def demand(
    rulebook: str, rule_id: str, on: str, *, person: str = "shen", **more: Any
) -> RaiseObligation:
    """Ask the duty of a person for what happened, or began, on a day."""
    usual: dict[str, Any] = {"key": "2016", "triggered_on": date.fromisoformat(on)}
    return RaiseObligation(
        person=person, rulebook=rulebook, rule=rule_id, **(usual | more)
    )


def duty(scenario: Scenario, stream: UUID) -> Obligation:
    return scenario.state(Obligation(), stream)


def duty_of(
    scenario: Scenario, rulebook: str, rule_id: str, key: str, *, person: str = "shen"
) -> Obligation:
    return duty(scenario, obligation_stream(person, rulebook, rule_id, key))
