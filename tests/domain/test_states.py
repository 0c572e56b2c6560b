"""A state takes in whatever has happened: it copies, and never checks or refuses."""

from datetime import date
from typing import Any

import pytest

from domain.appeal import Appeal, appeal_stream
from domain.approval import Approval, approval_stream
from domain.attestation import Attested, projection_stream
from domain.campaign import Campaign, LaunchCampaign
from domain.case.case import Case, case_stream
from domain.disclosure import Disclosure, disclosure_stream
from domain.errors import Unknown
from domain.facts import FACTS
from domain.figures.reporting import FiguresReport
from domain.hold import Holds, holds_stream
from domain.mandate import Mandates, mandates_stream
from domain.obligation import Obligation, obligation_stream
from domain.person import CoveredPerson, person_stream
from domain.proceedings import Proceedings, proceedings_stream
from domain.promotion.board import Board, Candidacy, board_stream, candidacy_stream
from domain.recommendation import Recommendation, recommendation_stream
from domain.record import State, stream_of
from domain.rulebook import Regime, regime_stream
from domain.sanction.sanctions import Sanctions, sanctions_stream
from domain.unit import Unit, unit_stream
from domain.verification.draw import Draw, draw_stream
from domain.verification.source import Source, source_stream
from domain.verification.state import Verification, verification_stream
from tests.domain.golden import bare, full

STATES: dict[str, Any] = {
    "appeal": Appeal(),
    "approval": Approval(),
    "board": Board(),
    "campaign": Campaign(),
    "candidacy": Candidacy(),
    "case": Case(),
    "disclosure": Disclosure(),
    "draw": Draw(),
    "figures": FiguresReport(),
    "hold": Holds(),
    "mandate": Mandates(),
    "obligation": Obligation(),
    "person": CoveredPerson(),
    "proceedings": Proceedings(),
    "projection": Attested(),
    "recommendation": Recommendation(),
    "rulebook": Regime(),
    "sanction": Sanctions(),
    "source": Source(),
    "unit": Unit(),
    "verification": Verification(),
}


@pytest.mark.parametrize("kind", STATES)
def test_no_state_refuses_a_fact_and_none_takes_in_anothers(kind: str) -> None:
    blank: State = STATES[kind]

    for fact in FACTS:
        for happened in (full(fact), bare(fact)):
            after = blank.evolve(happened)
            assert type(after) is type(blank)
            assert after == blank or fact.TOPIC.startswith(f"{kind}.")


@pytest.mark.parametrize("kind", STATES)
def test_a_state_is_never_changed_in_place(kind: str) -> None:
    blank, before = STATES[kind], repr(STATES[kind])
    for fact in FACTS:
        blank.evolve(full(fact)).evolve(bare(fact))

    assert repr(blank) == before


CARDS = LaunchCampaign(
    campaign="cards", name="Cards", rulebook="b", rule="r", launched_on=date.min
)
ADDRESSES = {
    appeal_stream("A-1"): "14a99b4d-f6a0-5220-bff1-8062f60de17c",
    approval_stream("A-1"): "3a399097-c61d-5cec-a852-14d79c6b1f5d",
    CARDS.stream: "acda5479-dc71-5023-8ab5-926f53cf2a42",
    case_stream("C-1"): "0123cfc7-17f8-50dc-9e1d-1d32a83b3f66",
    disclosure_stream("D-1"): "ac09ad3a-816a-5502-a2dc-4a6322ba4b20",
    draw_stream("W-1"): "81f42d0f-79bd-5e52-96a0-744ab1313914",
    holds_stream("shen"): "c830dcc9-9f03-5afa-b2fa-77de3d60e551",
    mandates_stream("wang"): "e0d3186f-3027-5656-af10-8cbbdee67bdd",
    obligation_stream("shen", "book", "rule", "2016"): (
        "f21e2057-05e0-5cff-ae91-cbd059ab8522"
    ),
    person_stream("shen"): "2f6fe6e6-f61a-563f-b4cf-263d3e9f876d",
    projection_stream("calendar"): "0b33bc47-e5b7-515a-9f35-e102662f4375",
    recommendation_stream("R-1"): "3d2322cf-58a3-5e2e-9fce-fc2f2a0947cc",
    regime_stream("book"): "5b1bb7ad-82e9-543c-8c17-340b75963247",
    sanctions_stream("shen", "party"): "88f001b5-a843-503f-ab61-b4fee62e4d4c",
    source_stream("land"): "2240a691-e8c8-5296-8b8c-b1263eeac052",
    unit_stream("college"): "9d953b6f-be25-5525-88c1-551d2aa08abc",
    board_stream("B-1"): "968c8976-a0f4-505e-a78f-36dfc07b4f55",
    candidacy_stream("B-1:shen"): "ab15d152-692c-5fd8-a6bf-ef2cae3b15c7",
    proceedings_stream("shen"): "17b1fa2d-c2d5-572b-a578-f448d64f8853",
    verification_stream("V-1"): "7be5e503-f64f-5f0f-ba24-c63ff9ed2062",
}


def test_a_stream_keeps_its_address_for_ever() -> None:
    """What was stored under another address would be lost from sight."""
    assert {str(stream): known for stream, known in ADDRESSES.items()} == {
        known: known for known in ADDRESSES.values()
    }


def test_a_slash_in_a_key_does_not_lead_into_another_stream() -> None:
    assert stream_of("unit", "a/b") != stream_of("unit", "a", "b")


def test_before_anything_has_happened_a_stream_is_about_nobody() -> None:
    assert {state.subject for state in STATES.values()} == {None}
    assert list(Disclosure().obligations()) == []


def test_a_duty_that_was_never_raised_cites_nothing() -> None:
    with pytest.raises(Unknown, match="there is no obligation"):
        _ = Obligation().citation
