"""A state takes in whatever has happened: it copies, and never checks or refuses."""

from typing import Any

import pytest

from domain.approval import Approval
from domain.campaign import Campaign
from domain.disclosure import Disclosure
from domain.errors import Unknown
from domain.facts import FACTS
from domain.obligation import Obligation
from domain.person import CoveredPerson
from domain.record import State
from domain.rulebook import Regime
from domain.unit import Unit
from tests.domain.golden import bare, full

STATES: dict[str, Any] = {
    "approval": Approval(),
    "campaign": Campaign(),
    "disclosure": Disclosure(),
    "obligation": Obligation(),
    "person": CoveredPerson(),
    "rulebook": Regime(),
    "unit": Unit(),
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


def test_before_anything_has_happened_a_stream_is_about_nobody() -> None:
    assert {state.subject for state in STATES.values()} == {None}
    assert list(Disclosure().obligations()) == []


def test_a_duty_that_was_never_raised_cites_nothing() -> None:
    with pytest.raises(Unknown, match="there is no obligation"):
        _ = Obligation().citation
