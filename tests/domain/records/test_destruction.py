"""Destroying keys: after retention, or by order of two people; never under a hold."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.records.custody import (
    Custody,
    DestructionDeclined,
    DestructionOrdered,
    SubjectKeyDestroyed,
    records_stream,
)
from domain.records.destruction import (
    DeclineDestruction,
)
from domain.vault import KeyName
from tests.domain.records.cast import (
    CONFLICTS,
    anna,
    boris,
    office,
    reported,
    stored,
)
from tests.domain.records.keys import COURT, clears, confirms, orders
from tests.domain.records.test_holds import places, releases
from tests.spec import Scenario


def declines(**changes: Any) -> DeclineDestruction:
    usual: dict[str, Any] = {"person": "shen", "order": 1, "reason": "misread"}
    return DeclineDestruction(**(usual | changes))


def ordered() -> Scenario:
    return anna(reported()).given(orders())


def custody(scenario: Scenario) -> Custody:
    return scenario.state(Custody(), records_stream("shen"))


# By order of two people.


def test_an_order_says_what_by_what_law_and_why_and_destroys_nothing_by_itself() -> (
    None
):
    scenario = anna(reported()).when(orders())
    scenario.then(
        DestructionOrdered(
            person="shen", order=1, basis=COURT, ordered_by="anna", year=2016
        )
    )
    assert scenario.news[0].subject == "shen"
    assert "taken unlawfully" not in stored(scenario)
    assert list(custody(scenario).orders) == [1]
    assert custody(scenario).destroyed == ()


def test_with_the_word_of_a_second_person_the_keys_are_to_be_destroyed() -> None:
    scenario = boris(ordered()).on("2016-12-05").when(confirms())
    scenario.then(
        SubjectKeyDestroyed(
            person="shen", basis="order", on=date(2016, 12, 5), year=2016, order=1
        )
    )
    assert custody(scenario).orders == {}
    scenario.when(confirms()).then_refused(Unknown)


def test_one_person_alone_destroys_nothing() -> None:
    ordered().when(confirms()).then_refused(NotAllowed, match="anna gave the order")
    for_anna = ordered().by("desk", "records_officer", on_behalf_of="anna")
    for_anna.when(confirms()).then_refused(NotAllowed, match="anna gave the order")


def test_an_order_may_be_set_aside_with_a_reason_and_given_anew() -> None:
    scenario = boris(ordered())
    scenario.when(declines(reason=None)).then_refused(Invalid, match="reason")
    scenario.when(declines()).then(DestructionDeclined(order=1))
    scenario.when(confirms()).then_refused(Unknown)
    assert anna(scenario).when(orders()).one(DestructionOrdered).order == 2


def test_the_same_order_while_it_waits_records_nothing() -> None:
    ordered().when(orders()).then_nothing()
    assert ordered().when(orders(year=None)).one(DestructionOrdered).order == 2


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"basis": ""}, "basis: say on what law it rests"),
        ({"reason": " "}, "reason: say why"),
        ({"year": 2017}, "year: 2017 is no year up to now"),
        ({"year": -1}, "year: -1 is no year up to now"),
        ({"year": 99999}, "year: 99999 is no year up to now"),
    ],
)
def test_an_order_that_says_too_little_is_refused(
    changes: dict[str, Any], match: str
) -> None:
    anna(reported()).when(orders(**changes)).then_refused(Invalid, match=match)


def test_a_legal_hold_forbids_the_order_and_if_it_comes_later_its_confirmation() -> (
    None
):
    held = anna(reported()).given(places())
    held.when(orders()).then_refused(WrongStage, match="legal hold H-1 forbids it")
    scenario = boris(ordered()).given(places())
    scenario.when(confirms()).then_refused(WrongStage, match="legal hold H-1")
    scenario.given(releases()).when(confirms()).then_kinds(SubjectKeyDestroyed)


def test_a_year_that_is_over_is_destroyed_once_by_whatever_destroyed_it() -> None:
    for scope in ({}, {"year": None}):
        scenario = anna(reported()).on("2017-03-01").given(orders(**scope))
        boris(scenario).given(confirms())
        anna(scenario).when(orders()).then_refused(
            WrongStage, match="the contents of 2016 were destroyed on 2017-03-01"
        )
        scenario.when(orders(relative="R")).then_refused(WrongStage)


def test_what_may_have_grown_again_may_be_destroyed_again() -> None:
    """In the year itself, and where all there was on a day was meant, more may come."""
    scenario = boris(ordered()).given(confirms())
    anna(scenario).when(orders()).then_kinds(DestructionOrdered)
    scenario = anna(reported()).given(orders(year=None))
    boris(scenario).given(confirms())
    anna(scenario).when(orders(year=None)).then_kinds(DestructionOrdered)


def test_what_was_destroyed_of_a_relative_leaves_the_rest_to_be_destroyed() -> None:
    scenario = anna(reported()).on("2017-03-01").given(orders(relative="R"))
    boris(scenario).given(confirms())
    anna(scenario).when(orders()).then_kinds(DestructionOrdered)
    scenario.when(orders(relative="R")).then_refused(WrongStage)


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_destroys_what_is_their_own_a_relatives_or_a_superiors(
    who: str, why: str
) -> None:
    scenario = anna(office()).given(orders(person="zhang"))
    scenario.by(who, "records_officer")
    for command in (
        orders(person="zhang", year=0),
        confirms(person="zhang"),
        declines(person="zhang"),
        clears(person="zhang"),
    ):
        scenario.when(command).then_refused(NotAllowed, match=why)


# Which keys are meant.


@pytest.mark.parametrize(
    ("relative", "year", "meant"),
    [
        (None, None, {"own 2016", "R 2016", "own 2017", "own standing"}),
        (None, 2016, {"own 2016", "R 2016"}),
        ("", 2016, {"own 2016"}),
        ("R", None, {"R 2016"}),
        ("", 0, {"own standing"}),
        ("R", 2017, set()),
    ],
)
def test_the_keys_that_are_meant_are_those_of_this_person_relative_and_year(
    relative: str | None, year: int | None, meant: set[str]
) -> None:
    keys = {
        "own 2016": KeyName("shen", "", 2016),
        "R 2016": KeyName("shen", "R", 2016),
        "own 2017": KeyName("shen", "", 2017),
        "own standing": KeyName("shen"),
        "another's": KeyName("li", "", 2016),
    }
    fact = SubjectKeyDestroyed(
        person="shen", basis="order", on=date(2018, 1, 1), relative=relative, year=year
    )
    assert {name for name, key in keys.items() if fact.destroys(key)} == meant
