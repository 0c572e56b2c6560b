"""A person has one file: who they are, their relatives, and what they were told."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.errors import Unknown, WrongStage
from domain.person import (
    CoveredPerson,
    CoveredPersonRegistered,
    IdentityCorrected,
    RelatedPersonDeclared,
    RelatedPersonRemoved,
    RulesAcknowledged,
    RulesNotified,
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
from tests.domain.careers import SUMMER, mei, post
from tests.domain.cast import INSTANT, police, register

BORN = date(1980, 2, 29)
MEI = RegisterPerson(number="mei", name="Mei", email="mei@example.org", born_on=BORN)


def test_a_person_is_registered_once() -> None:
    scenario = register().when(MEI)

    scenario.then(
        CoveredPersonRegistered(
            number="mei", name="Mei", email="mei@example.org", born_on=str(BORN)
        )
    )
    assert mei(scenario).email == "mei@example.org"
    assert scenario.news[0].subject == "mei"
    scenario.when(MEI).then_nothing()


def test_a_number_is_not_given_to_somebody_else() -> None:
    register().given(MEI).when(RegisterPerson(number="mei", name="Lan")).then_refused(
        WrongStage, match="mei is the file of another"
    )


def test_a_name_is_corrected_once() -> None:
    correct = CorrectIdentity(number="mei", name="Mei Lan", email="lan@example.org")
    scenario = register().given(MEI).when(correct)

    scenario.then(IdentityCorrected(name="Mei Lan", email="lan@example.org"))
    scenario.when(correct).then_nothing()
    assert mei(scenario).email == "lan@example.org"


SPOUSE = DeclareRelative(number="mei", relative="R-1", relation="spouse", name="Lan")


def test_a_relative_is_declared_once() -> None:
    scenario = register().given(MEI).when(SPOUSE)

    scenario.then(RelatedPersonDeclared(relative="R-1", relation="spouse", name="Lan"))
    scenario.when(SPOUSE).then_nothing()


def test_what_is_declared_of_a_relative_may_change() -> None:
    in_service = replace(SPOUSE, related_number="lan")
    scenario = register().given(MEI, SPOUSE)

    scenario.when(in_service).then_kinds(RelatedPersonDeclared)
    assert [(r.name, r.number) for r in mei(scenario).relatives] == [("Lan", "lan")]


def test_a_relative_is_removed_once() -> None:
    remove = RemoveRelative(number="mei", relative="R-1")
    scenario = register().given(MEI, SPOUSE)

    scenario.when(remove).then(RelatedPersonRemoved(relative="R-1"))
    scenario.when(remove).then_nothing()
    assert mei(scenario).relatives == ()


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
    police().when(third).then_refused(
        Unknown, match=f"no published rulebook {INSTANT} v3"
    )


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
