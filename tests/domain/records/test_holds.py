"""A legal hold: while it lasts nothing of the person's is destroyed."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.records.custody import (
    Custody,
    LegalHoldPlaced,
    LegalHoldReleased,
    records_stream,
)
from domain.records.holds import PlaceHold, ReleaseHold
from tests.domain.records.cast import CONFLICTS, anna, office, stored

LAW = "Supervision Law, Art. 56"


def places(**changes: Any) -> PlaceHold:
    usual: dict[str, Any] = {
        "person": "shen",
        "hold": "H-1",
        "basis": LAW,
        "review_on": date(2017, 6, 1),
        "reason": "the wedding is looked into",
    }
    return PlaceHold(**(usual | changes))


def releases(**changes: Any) -> ReleaseHold:
    usual = {"person": "shen", "hold": "H-1", "reason": "nothing was found"}
    return ReleaseHold(**(usual | changes))


def test_a_hold_has_a_reason_a_basis_and_a_day_on_which_it_is_looked_at() -> None:
    scenario = anna(office()).when(places())
    scenario.then(
        LegalHoldPlaced(
            person="shen", hold="H-1", basis=LAW, review_on=date(2017, 6, 1)
        )
    )
    assert scenario.news[0].subject == "shen"
    assert scenario.news[0].reason == "the wedding is looked into"
    assert "looked into" not in stored(scenario)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"hold": ""}, "hold: name the hold"),
        ({"basis": " "}, "basis: say on what law it rests"),
        ({"reason": None}, "reason: say why"),
        ({"review_on": date(2016, 12, 2)}, "review_on: name a day that is to come"),
    ],
)
def test_a_hold_that_says_too_little_is_refused(
    changes: dict[str, Any], match: str
) -> None:
    anna(office()).when(places(**changes)).then_refused(Invalid, match=match)


def test_the_same_hold_again_records_nothing_and_its_name_is_taken() -> None:
    scenario = anna(office()).given(places())
    scenario.when(places()).then_nothing()
    scenario.when(places(basis="another law")).then_refused(
        WrongStage, match="there is another hold H-1"
    )
    scenario.when(places(hold="H-2", basis="another law"))
    scenario.then_kinds(LegalHoldPlaced)


def test_a_hold_is_released_with_a_reason_and_the_others_stay() -> None:
    scenario = anna(office()).given(places(), places(hold="H-2"))
    scenario.when(releases(reason="")).then_refused(Invalid, match="reason")
    scenario.when(releases()).then(LegalHoldReleased(hold="H-1"))
    held = scenario.state(Custody(), records_stream("shen"))
    assert list(held.holds) == ["H-2"]
    scenario.when(releases()).then_refused(Unknown)


def test_a_hold_that_was_released_may_be_placed_again() -> None:
    scenario = anna(office()).given(places(), releases())
    scenario.when(places(basis="another law")).then_kinds(LegalHoldPlaced)


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_holds_or_releases_what_is_their_own_a_relatives_or_a_superiors(
    who: str, why: str
) -> None:
    scenario = anna(office()).given(places(person="zhang"))
    scenario.by(who, "records_officer")
    scenario.when(places(person="zhang", hold="H-2")).then_refused(
        NotAllowed, match=why
    )
    scenario.when(releases(person="zhang")).then_refused(NotAllowed, match=why)


def test_there_is_no_hold_on_somebody_without_a_file() -> None:
    anna(office()).when(places(person="nobody")).then_refused(Unknown)
