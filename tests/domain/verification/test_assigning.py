"""Who verifies is drawn at random, and never from those who may not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.mandating import GiveMandate
from domain.personnel import DeclareRelative
from domain.verification.assigning import AssignVerifier
from domain.verification.drawing import METHOD, one_of
from domain.verification.facts import VerifierAssigned
from domain.verification.verification import (
    ConcludeVerification,
    OpenVerification,
    QueryRegister,
)
from tests.domain.cast import joins
from tests.domain.verification.cast import OPENS, office
from tests.spec import Scenario

POOL = ("chief", "li", "shen", "wang", "zhang")


def assigns(**more: Any) -> AssignVerifier:
    usual: dict[str, Any] = {
        "verification": "V-1",
        "pool": POOL,
        "seed": "lotto",
        "seed_from": "lottery of 1 December 2016",
    }
    return AssignVerifier(**(usual | more))


def opened(person: str = "zhang") -> Scenario:
    uncle = DeclareRelative(
        number="wang", relative="R", relation="uncle", related_number="zhang"
    )
    usual: dict[str, Any] = {"verification": "V-1", "person": person, "basis": "risk"}
    scenario = office().given(uncle).by("dora", "certifier")
    return scenario.given(OpenVerification(**usual, reason="x"))


def test_i2_in_conflict_are_the_person_their_relatives_and_those_below_them() -> None:
    fact = opened().when(assigns()).one(VerifierAssigned)

    assert fact.excluded == ("li", "shen", "wang", "zhang")
    assert (fact.pool, fact.verifier) == (("chief",), "chief")


def test_s3_26_the_draw_of_a_verifier_is_repeated_from_what_is_recorded() -> None:
    fact = opened("li").when(assigns()).one(VerifierAssigned)

    assert fact.verifier == one_of(fact.method, fact.seed, "V-1", fact.pool)
    assert fact.method == METHOD
    assert fact.seed_from == "lottery of 1 December 2016"


def test_s2_14_integrity_staff_is_not_verified_by_their_own_unit() -> None:
    scenario = office().given(*joins("mei", unit="department"))
    mandate = GiveMandate(
        mandate="M-1",
        actor="wang",
        role="certifier",
        basis="order 3",
        until=datetime(2099, 1, 1, tzinfo=UTC),
    )
    scenario.by("registry", "admin").given(mandate).by("dora", "certifier")
    opens = OpenVerification(
        verification="V-1", person="wang", basis="risk", reason="x"
    )

    fact = (
        scenario.given(opens).when(assigns(pool=("mei", "shen"))).one(VerifierAssigned)
    )

    assert (fact.pool, fact.excluded) == (("shen",), ("mei",))


def test_who_was_drawn_verifies_and_nobody_else() -> None:
    asks = QueryRegister(verification="V-1", source="land")
    scenario = opened().given(assigns())
    scenario.by("vera", "verifier").when(asks).then_refused(
        NotAllowed, match="vera was not drawn to verify"
    )
    scenario.by("chief", "verifier").when(asks)
    assert scenario.failure is None


def test_drawing_again_is_for_reasons() -> None:
    scenario = opened("li").given(assigns())
    scenario.when(assigns(seed="other")).then_refused(Invalid, match="reason")
    again = assigns(seed="other", reason="she left")
    assert scenario.when(again).one(VerifierAssigned).seed == "other"


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        ({"pool": ("zhang", "li")}, Invalid, "pool: nobody of the pool may"),
        ({"pool": ()}, Invalid, "pool: nobody of the pool may"),
        ({"pool": ("citizen",)}, Unknown, "no person citizen"),
        ({"seed": ""}, Invalid, "seed"),
        ({"seed_from": ""}, Invalid, "seed_from"),
    ],
)
def test_a_draw_that_nobody_can_repeat_is_refused(
    change: dict[str, Any], error: type[Exception], match: str
) -> None:
    opened().when(assigns(**change)).then_refused(error, match=match)


def test_i2_who_is_in_conflict_does_not_draw_either() -> None:
    scenario = opened().by("li", "certifier")
    scenario.when(assigns()).then_refused(NotAllowed)


def test_only_of_what_is_open() -> None:
    office().when(assigns()).then_refused(WrongStage)
    over = ConcludeVerification(verification="V-1", text="done")
    closed = office().by("vera", "verifier").given(OPENS, over)
    closed.when(assigns()).then_refused(WrongStage)
