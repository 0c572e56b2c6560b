"""A person has one file: posts, relatives, retirement, and what they were told."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, Unknown, WrongStage
from domain.person import (
    CoveredPerson,
    CoveredPersonRegistered,
    IdentityCorrected,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    RelatedPersonDeclared,
    RelatedPersonRemoved,
    Retired,
    RulesAcknowledged,
    RulesNotified,
    ServiceEnded,
    person_stream,
)
from domain.personnel import (
    AcknowledgeRules,
    AssumePosition,
    ChangePosition,
    CorrectIdentity,
    DeclareRelative,
    EndEmployment,
    NotifyRules,
    RegisterPerson,
    RemoveRelative,
    Retire,
    VacatePosition,
)
from domain.record import Command
from tests.domain.cast import INSTANT, joins, police, register
from tests.spec import Scenario

MEI = RegisterPerson(number="mei", name="Mei", email="mei@example.org")
SPRING, SUMMER = date(2012, 3, 1), date(2012, 6, 1)


def employed() -> Scenario:
    """Return a register in which Mei holds a post in the college since March 2012."""
    return register().given(*joins("mei", from_on=SPRING, rank="officer"))


def post(kind: type[Any], **changes: Any) -> Any:
    usual = {"number": "mei", "post": "post", "unit": "college", "title": "Officer"}
    return kind(**(usual | {"from_on": SPRING, "rank": "officer"} | changes))


def mei(scenario: Scenario) -> CoveredPerson:
    return scenario.state(CoveredPerson(), person_stream("mei"))


def test_a_person_is_registered_once() -> None:
    scenario = register().when(MEI)

    scenario.then(
        CoveredPersonRegistered(number="mei", name="Mei", email="mei@example.org")
    )
    assert scenario.news[0].subject == "mei"
    scenario.when(MEI).then_nothing()


def test_a_number_is_not_given_to_somebody_else() -> None:
    register().given(MEI).when(RegisterPerson(number="mei", name="Lan")).then_refused(
        WrongStage, match="mei is the file of another"
    )


def test_a_name_is_corrected_once() -> None:
    correct = CorrectIdentity(number="mei", name="Mei Lan", email=None)
    register().given(MEI).when(correct).then(IdentityCorrected(name="Mei Lan")).when(
        correct
    ).then_nothing()


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
        Unknown, match="no running post"
    )


def test_a_post_is_held_up_to_the_day_on_which_it_is_left() -> None:
    leave = VacatePosition(number="mei", post="post", on=SUMMER)
    scenario = employed().when(leave).then(PositionVacated(post="post", on=SUMMER))

    assert mei(scenario).post_on(date(2012, 5, 31)) is not None
    assert mei(scenario).post_on(SUMMER) is None
    scenario.when(leave).then_nothing()


def test_a_post_is_not_left_before_it_began() -> None:
    early = VacatePosition(number="mei", post="post", on=date(2012, 2, 1))
    employed().when(early).then_refused(Invalid, match="the post began on 2012-03-01")


def test_a_post_that_was_never_held_is_not_left() -> None:
    other = VacatePosition(number="mei", post="other", on=SUMMER)
    employed().when(other).then_refused(Unknown, match="no post other")


def test_of_several_posts_the_last_counts_as_the_post() -> None:
    second = post(AssumePosition, post="coach", unit="training", from_on=SUMMER)
    person = mei(employed().given(second))

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
    employed().when(early).then_refused(Invalid, match="a post began on 2012-03-01")


def test_a_relative_is_declared_once_changed_and_removed() -> None:
    spouse = DeclareRelative(number="mei", relative="R-1", relation="spouse")
    named = DeclareRelative(
        number="mei", relative="R-1", relation="spouse", related_number="lan"
    )
    remove = RemoveRelative(number="mei", relative="R-1")
    scenario = register().given(MEI)

    scenario.when(spouse)
    scenario.then(RelatedPersonDeclared(relative="R-1", relation="spouse"))
    scenario.when(spouse).then_nothing()
    scenario.when(named).then_kinds(RelatedPersonDeclared)
    assert [r.number for r in mei(scenario).relatives] == ["lan"]
    scenario.when(remove).then(RelatedPersonRemoved(relative="R-1"))
    scenario.when(remove).then_nothing()


def test_s1_05_of_a_relative_no_more_is_kept_than_the_duty_needs() -> None:
    fields = set(RelatedPersonDeclared.__struct_fields__)
    assert fields == {"relative", "relation", "name", "number"}


def test_s3_08_that_somebody_was_told_of_the_rules_is_recorded_once() -> None:
    notify = NotifyRules(number="shen", rulebook=INSTANT, version=1)
    scenario = police().when(notify)

    scenario.then(RulesNotified(rulebook=INSTANT, version=1))
    scenario.when(notify).then_nothing()


def test_s3_08_each_person_acknowledges_each_version_once() -> None:
    first = AcknowledgeRules(number="shen", rulebook=INSTANT, version=1)
    second = AcknowledgeRules(number="shen", rulebook=INSTANT, version=2)
    scenario = police().declarant("shen")

    scenario.when(first).then(RulesAcknowledged(rulebook=INSTANT, version=1))
    scenario.when(first).then_nothing()
    scenario.when(second).then_kinds(RulesAcknowledged)
    shen = scenario.state(CoveredPerson(), person_stream("shen"))
    assert shen.acknowledged == ((INSTANT, 1), (INSTANT, 2))
    assert shen.notified == ()


@pytest.mark.parametrize("kind", [NotifyRules, AcknowledgeRules])
def test_s3_08_nobody_is_told_of_rules_that_are_not_published(
    kind: type[NotifyRules | AcknowledgeRules],
) -> None:
    third = kind(number="shen", rulebook=INSTANT, version=3)
    police().when(third).then_refused(Unknown, match="no published rulebook")


NOBODY: list[Command[CoveredPerson]] = [
    CorrectIdentity(number="mei", name="Mei"),
    post(AssumePosition),
    post(ChangePosition),
    VacatePosition(number="mei", post="post", on=SUMMER),
    Retire(number="mei", on=SUMMER),
    EndEmployment(number="mei", on=SUMMER),
    DeclareRelative(number="mei", relative="R-1", relation="spouse"),
    RemoveRelative(number="mei", relative="R-1"),
    NotifyRules(number="mei", rulebook=INSTANT, version=1),
]


@pytest.mark.parametrize("command", NOBODY, ids=lambda c: type(c).__name__)
def test_somebody_who_is_not_registered_is_unknown(
    command: Command[CoveredPerson],
) -> None:
    register().when(command).then_refused(Unknown, match="there is no person mei")


@pytest.mark.parametrize("kind", [AssumePosition, ChangePosition])
def test_a_post_is_in_a_unit_that_exists(kind: type[Any]) -> None:
    employed().when(post(kind, unit="nowhere")).then_refused(
        Unknown, match="there is no unit nowhere"
    )
