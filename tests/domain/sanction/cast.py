"""What tests of sanctions begin with: the books of two tracks, and sanctions made."""

from datetime import date
from typing import Any

from domain.case.deciding import DecideCase
from domain.regime.types import Rulebook
from domain.sanction.facts import Chosen, Terms
from domain.sanction.periods import Running, terms_for
from domain.sanction.sanctions import Sanction, Sanctions, stream_of_sanction
from domain.verification.explaining import ReceiveExplanation, RequestExplanation
from domain.verification.finding import MakeFinding
from domain.verification.verification import OpenVerification
from tests.domain.appeal.appeals import decide, lodge, panel_of
from tests.domain.case.proceeding import (
    DECIDER,
    GOVERNMENT,
    Proceeding,
    sanctioned,
)
from tests.domain.cast import PERSONAL, book, police
from tests.spec import Scenario

PARTY = "cn-party-discipline"
GOV_BOOK = book(GOVERNMENT)
PARTY_BOOKS = {number: book(f"{PARTY}-v{number}") for number in (1, 2, 3)}
PARTY_BOOK = PARTY_BOOKS[3]


def day(text: str) -> date:
    return date.fromisoformat(text)


def tracks() -> Scenario:
    """Return the police department under the law of both tracks."""
    return police(GOVERNMENT, *(f"{PARTY}-v{number}" for number in PARTY_BOOKS))


def decided(
    book_: Rulebook,
    *kinds: str,
    on: str,
    running: tuple[Running, ...] = (),
    **said: Any,
) -> Terms:
    """Return what violations that deserve these kinds come to, decided on a day."""
    return terms_for(book_, kinds, Chosen(**said), running, day(on))


def still(until: date | None, name: str = "li:government:1") -> tuple[Running, ...]:
    """Return that a sanction runs, until a day."""
    assert until
    return (Running(sanction=name, until_on=until),)


def record(scenario: Scenario, name: str = "li:government:1") -> Sanctions:
    return scenario.state(Sanctions(), stream_of_sanction(name))


def sanction(scenario: Scenario, name: str = "li:government:1") -> Sanction:
    return record(scenario, name).known(name)


def ready(scenario: Scenario, on: str = "2021-03-10", **more: Any) -> Proceeding:
    """Return a case that waits for its decision, by whoever decides."""
    case = Proceeding(scenario, on=on, **more)
    return case.inquiry().investigation().notice().waiver().finding()


def decides(case: Proceeding, kind: str, **asked: Any) -> Scenario:
    """Have the case decided with a sanction; *asked* is what differs in it."""
    command = DecideCase(
        case=case.case,
        closing="sanction",
        findings=tuple(found.finding for found in case.state.findings),
        statements=dict.fromkeys(case.process.statements, "It is said."),
        sanctions=(case.sanctioning(kind, **asked),),
    )
    return case.scenario.by(DECIDER, "deciding_authority").when(command)


def appealed(case: Proceeding, on: str, outcome: str, **more: Any) -> Scenario:
    """Have a case's decision served and appealed on a day, and decided so at once."""
    case.at(on).served()
    scenario, appeal = case.scenario, more.pop("appeal", f"A-{case.case}")
    lodged = lodge(appeal=appeal, case=case.case, person=case.person)
    scenario.declarant(case.person).given(lodged)
    scenario.by("ou", "oversight").given(panel_of("mu", appeal=appeal))
    grounds = {"varied": ("law",), "upheld": ()}.get(outcome, ("procedure",))
    decision = decide(outcome, appeal=appeal, **({"grounds": grounds} | more))
    return scenario.by("mu", "appeal_panel").when(decision)


def mistaken(scenario: Scenario) -> Scenario:
    """Have a verification of Li find that a room was left out by an honest mistake."""
    opening = OpenVerification(
        verification="V-1", person="li", basis="random", reason="drawn"
    )
    asking = RequestExplanation(
        verification="V-1",
        conducts=("storage room",),
        text="What of the room?",
        rulebook=PERSONAL,
    )
    scenario.by("vera", "verifier").given(opening, asking)
    answer = ReceiveExplanation(verification="V-1", text="I thought it did not count.")
    scenario.declarant("li").given(answer)
    finding = MakeFinding(
        verification="V-1",
        conduct="storage room",
        class_="omission",
        mental="negligence",
        standard="preponderance",
        reasons="He took it for a part of the flat.",
        justification="It is an excuse.",
        rulebook=PERSONAL,
    )
    return scenario.by("han", "deciding_authority").given(finding)


__all__ = ["GOVERNMENT", "sanctioned"]
