"""Posts follow one another, each from its first day up to the day it is left."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, Unknown, WrongStage
from domain.person import (
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    Retired,
    ServiceEnded,
)
from domain.personnel import (
    AssumePosition,
    ChangePosition,
    EndEmployment,
    Retire,
    VacatePosition,
)
from tests.domain.careers import SPRING, SUMMER, employed, mei, post
from tests.domain.cast import joins, register


def test_a_post_is_assumed_once() -> None:
    again = post(AssumePosition)
    register().given(joins("mei")[0]).when(again).then_kinds(PositionAssumed).when(
        again
    ).then_nothing()


@pytest.mark.parametrize(
    "change", [{"from_on": SUMMER}, {"rank": "section_head"}, {"unit": "training"}]
)
def test_a_post_that_is_held_is_not_assumed_again_otherwise(
    change: dict[str, Any],
) -> None:
    employed().when(post(AssumePosition, **change)).then_refused(
        WrongStage, match="post post is already held"
    )


def test_a_post_that_was_held_and_left_is_not_recorded_twice() -> None:
    left = VacatePosition(number="mei", post="post", on=SUMMER)
    employed().given(left).when(post(AssumePosition)).then_nothing()


def test_a_post_may_be_left_on_its_first_day() -> None:
    leave = VacatePosition(number="mei", post="post", on=SPRING)
    employed().when(leave).then_kinds(PositionVacated)


def test_a_post_that_was_left_may_be_assumed_again() -> None:
    left = VacatePosition(number="mei", post="post", on=SUMMER)
    scenario = employed().given(left)

    scenario.when(post(AssumePosition, from_on=date(2012, 5, 31))).then_refused(
        WrongStage
    )
    scenario.when(post(AssumePosition, from_on=SUMMER)).then_kinds(PositionAssumed)


def test_a_change_ends_one_stretch_of_the_post_and_begins_another() -> None:
    change = post(ChangePosition, from_on=SUMMER, rank="section_head")
    scenario = employed().when(change).then_kinds(PositionChanged)

    ranks = [(p.rank, p.from_on, p.to_on) for p in mei(scenario).posts]
    assert ranks == [("officer", SPRING, SUMMER), ("section_head", SUMMER, None)]
    scenario.when(change).then_nothing()


def test_a_change_does_not_reach_back_before_the_post() -> None:
    early = post(ChangePosition, from_on=date(2012, 2, 1))
    employed().when(early).then_refused(
        Invalid, match="from_on: the post began on 2012-03-01"
    )


def test_a_post_that_is_not_held_is_not_changed() -> None:
    left = VacatePosition(number="mei", post="post", on=SUMMER)
    employed().given(left).when(post(ChangePosition, from_on=SUMMER)).then_refused(
        Unknown, match="no running post post"
    )


def test_a_post_is_held_up_to_the_day_on_which_it_is_left() -> None:
    leave = VacatePosition(number="mei", post="post", on=SUMMER)
    scenario = employed().when(leave).then(PositionVacated(post="post", on=SUMMER))

    assert mei(scenario).post_on(date(2012, 5, 31)) is not None
    assert mei(scenario).post_on(SUMMER) is None
    scenario.when(leave).then_nothing()


def test_a_post_is_not_left_before_it_began() -> None:
    early = VacatePosition(number="mei", post="post", on=date(2012, 2, 1))
    employed().when(early).then_refused(
        Invalid, match="on: the post began on 2012-03-01"
    )


def test_a_post_that_was_never_held_is_not_left() -> None:
    other = VacatePosition(number="mei", post="other", on=SUMMER)
    employed().when(other).then_refused(Unknown, match="no post other")


def test_of_several_posts_the_last_counts_as_the_post() -> None:
    second = post(AssumePosition, post="coach", unit="training", from_on=SUMMER)
    person = mei(employed().given(second))

    assert person.status_on(date(2012, 2, 29)) == "serving"
    held = [person.post_on(day) for day in (date(2012, 2, 29), SPRING, SUMMER)]
    assert [p.unit if p else None for p in held] == [None, "college", "training"]


ENDINGS: list[tuple[type[Any], type[Any], str]] = [
    (Retire, Retired, "retired"),
    (EndEmployment, ServiceEnded, "left"),
]


@pytest.mark.parametrize(("kind", "fact", "status"), ENDINGS)
def test_whoever_ends_their_service_leaves_every_post(
    kind: type[Any], fact: type[Any], status: str
) -> None:
    done = post(AssumePosition, post="done", from_on=SPRING)
    leave = VacatePosition(number="mei", post="done", on=date(2012, 4, 1))
    scenario = employed().given(done, leave).when(kind(number="mei", on=SUMMER))

    scenario.then(fact(on=SUMMER), PositionVacated(post="post", on=SUMMER))
    assert mei(scenario).status_on(date(2012, 5, 31)) == "serving"
    assert mei(scenario).status_on(SUMMER) == status
    scenario.when(kind(number="mei", on=SUMMER)).then_nothing()


@pytest.mark.parametrize(("kind", "fact", "status"), ENDINGS)
def test_whoever_comes_back_serves_again_and_may_end_it_again(
    kind: type[Any], fact: type[Any], status: str
) -> None:
    first, second = date(2013, 1, 1), date(2014, 1, 1)
    back = post(AssumePosition, post="adviser", from_on=first)
    scenario = employed().given(kind(number="mei", on=SUMMER), back)

    scenario.when(kind(number="mei", on=second)).then_kinds(fact, PositionVacated)
    days = (SPRING, SUMMER, first, second)
    assert [mei(scenario).status_on(day) for day in days] == [
        "serving",
        status,
        "serving",
        status,
    ]


@pytest.mark.parametrize("kind", [Retire, EndEmployment])
def test_nobody_ends_a_service_before_it_began(kind: type[Any]) -> None:
    early = kind(number="mei", on=date(2012, 2, 1))
    employed().when(early).then_refused(Invalid, match="on: a post began on 2012-03-01")


@pytest.mark.parametrize("kind", [AssumePosition, ChangePosition])
def test_a_post_is_in_a_unit_that_exists(kind: type[Any]) -> None:
    employed().when(post(kind, unit="nowhere")).then_refused(
        Unknown, match="there is no unit nowhere"
    )
