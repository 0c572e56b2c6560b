"""A hold has a basis, a reason, a release condition and a day to look at it again."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.hold import (
    HoldLifted,
    HoldNotified,
    HoldPlaced,
    HoldReviewed,
    Holds,
    holds_stream,
)
from domain.holding.placing import LiftHold, NotifyHold, ReviewHold
from domain.personnel import DeclareRelative
from domain.record import Citation
from tests.domain.hold.offices import BOOK, DEED, TODAY, at_work, held, in_debt

LATEST = date(2024, 6, 1)
LAW_OF_PROMOTION = "Selection Rules, Art. 24"
REVIEW = ReviewHold(hold="shen:1", review_on=date(2024, 8, 1), text="not paid yet")
LIFT = LiftHold(hold="shen:1", text="paid on 2 April")


def test_i8_a_hold_says_what_on_what_ground_until_what_and_when_it_is_reviewed() -> (
    None
):
    at_work().when(held()).then(
        HoldPlaced(
            hold="shen:1",
            person="shen",
            type="document",
            basis="tax_debt",
            blocks=("document",),
            from_on=TODAY,
            review_on=date(2024, 5, 31),
            release="the debt is paid",
            text="income tax of 2023 is not paid",
            cited=Citation(
                rulebook=BOOK,
                version=1,
                rule="holds.document",
                legal_basis=("Tax Rules, Art. 9",),
            ),
            target=DEED,
        )
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " "}, "text"),
        ({"release": ""}, "release"),
        ({"basis": "envy"}, "basis"),
        ({"type": "exit"}, "type"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": date(2024, 6, 2)}, "review_on"),
    ],
)
def test_s5_20_without_ground_reason_release_or_an_early_review_it_is_refused(
    said: dict[str, Any], field: str
) -> None:
    scenario = at_work().when(held(**said)).then_refused(Invalid, match="v1")

    assert getattr(scenario.failure, "field", None) == field


@pytest.mark.parametrize("target", ["the flat of Zhang San", "deed\u2028", "\0", ""])
def test_what_is_held_goes_by_a_code_for_that_is_never_sealed(target: str) -> None:
    at_work().when(held(target=target)).then_refused(Invalid, match="target: give its")


def test_i8_the_last_day_for_its_review_is_as_far_as_the_rulebook_lets_it() -> None:
    at_work().when(held(review_on=LATEST)).then_kinds(HoldPlaced)


def test_the_law_is_that_of_the_day_of_the_hold() -> None:
    placed = at_work().when(held(type="promotion", basis="case_pending"))

    assert placed.one(HoldPlaced).cited.legal_basis == (LAW_OF_PROMOTION,)
    assert placed.one(HoldPlaced).blocks == ("promotion", "reward")
    at_work().when(held(rulebook="none")).then_refused(Unknown)
    at_work().on("2019-12-31").when(held()).then_refused(WrongStage)


def test_i2_nobody_holds_what_is_their_own_or_a_relatives() -> None:
    cousin = DeclareRelative(
        number="wang", relative="R", relation="cousin", related_number="shen"
    )
    at_work().by("shen", "certifier").when(held()).then_refused(NotAllowed)
    at_work().given(cousin).when(held()).then_refused(NotAllowed)
    at_work().when(held(person="nobody")).then_refused(Unknown)


def test_holds_are_numbered_and_the_same_one_again_records_nothing() -> None:
    scenario = in_debt().when(held())
    assert scenario.one(HoldPlaced).hold == "shen:2"

    in_debt().when(held(hold="shen:1")).then_nothing()
    in_debt().when(held(hold="shen:1", text="other")).then_refused(WrongStage)
    in_debt().when(held(hold="li:2")).then_refused(WrongStage, match="no name")


def test_i8_the_person_is_told_once_on_a_day_up_to_today() -> None:
    told = in_debt().when(NotifyHold(hold="shen:1"))
    told.then(HoldNotified(hold="shen:1", on=TODAY))
    told.when(NotifyHold(hold="shen:1")).then_nothing()

    for day in (date(2024, 2, 29), date(2024, 3, 2)):
        in_debt().when(NotifyHold(hold="shen:1", on=day)).then_refused(Invalid)
    in_debt().when(NotifyHold(hold="shen:7")).then_refused(Unknown)


def test_i8_a_review_gives_reasons_and_names_the_next() -> None:
    again = in_debt().on("2024-05-10").when(REVIEW)

    again.then(
        HoldReviewed(
            hold="shen:1",
            on=date(2024, 5, 10),
            review_on=date(2024, 8, 1),
            text="not paid yet",
        )
    )
    for said in ({"text": ""}, {"review_on": date(2024, 8, 11)}):
        asked = ReviewHold(**{**as_said(REVIEW), **said})
        in_debt().on("2024-05-10").when(asked).then_refused(Invalid)


def as_said(command: ReviewHold) -> dict[str, Any]:
    return {name: getattr(command, name) for name in ("hold", "review_on", "text")}


def test_a_hold_is_lifted_once_with_reasons_and_is_not_reviewed_any_more() -> None:
    lifted = in_debt().on("2024-04-02").when(LIFT)
    lifted.then(HoldLifted(hold="shen:1", on=date(2024, 4, 2), text="paid on 2 April"))

    lifted.when(LIFT).then_refused(WrongStage, match="lifted on 2024-04-02")
    lifted.when(REVIEW).then_refused(WrongStage)
    in_debt().when(LiftHold(hold="shen:1", text="")).then_refused(Invalid)
    in_debt().when(LiftHold(hold="shen", text="x")).then_refused(Unknown)


def test_i8_a_hold_stands_beyond_its_review_date_until_somebody_lifts_it() -> None:
    """That nobody looked at it must not clear anybody: it is listed as overdue."""
    scenario = in_debt().on("2030-01-01")

    (hold,) = scenario.state(Holds(), holds_stream("shen")).holding("document", DEED)
    assert (hold.review_on, hold.lifted_on) == (date(2024, 5, 31), None)


def test_before_anything_is_held_the_holds_are_about_nobody() -> None:
    assert Holds().subject is None
    assert replace_nothing(Holds()) == Holds()


def replace_nothing(holds: Holds) -> Holds:
    return holds.evolve(HoldNotified(hold="shen:1", on=TODAY))
