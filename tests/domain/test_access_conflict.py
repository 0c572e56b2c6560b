"""Who is too near: own, relatives' and superiors' matters, and readers kept away."""

from typing import Any, get_args

import pytest

from domain.access import (
    OWN_MATTER,
    RELATIVE,
    RIGHTS,
    ROLES,
    SUPERIOR,
    Conflict,
    Grant,
    Target,
    decide,
)
from domain.access.rights import WHOLE
from tests import wall
from tests.domain.test_access import NOW, SHEN, grant, verdict
from tests.wall import allowed

READS = ("disclosure.read", "obligation.read", "approval.read", "person.read")
JUDGING = [role for role in ROLES if role != "declarant"]


def near(conflict: Conflict, **more: Any) -> Target:
    who = "wang" if conflict == "own" else "shen"
    return Target(
        person=who, units=("college", "department"), conflict=conflict, **more
    )


def of_persons(role: str) -> frozenset[str]:
    """Return what a role may do that can be about somebody in particular."""
    return RIGHTS[role] - RIGHTS["support_officer"] - WHOLE


def judge(role: str) -> Grant:
    return grant(role, person="wang", unit="department")


@pytest.mark.parametrize("role", JUDGING)
def test_i2_ones_own_matter_is_refused_openly_and_read_as_a_declarant(
    role: str,
) -> None:
    for action in of_persons(role):
        for target in (near("own"), Target(person="wang", units=("department",))):
            found = verdict(judge(role), action, target)
            assert (found.allowed, found.hidden) == (False, False)
            assert found.rule == OWN_MATTER
            assert "wang is the person concerned" in found.why
    assert verdict(
        grant("declarant", person="wang"), "disclosure.read", near("own")
    ).allowed


@pytest.mark.parametrize("role", JUDGING)
@pytest.mark.parametrize(
    ("conflict", "rule", "unless"),
    [
        ("relative", RELATIVE, wall.MACHINES),
        ("superior", SUPERIOR, f"{wall.LETS_SUPERIORS} {wall.MACHINES}"),
    ],
)
def test_i2_s1_21_of_the_matter_of_somebody_near_one_does_not_even_learn(
    role: str, conflict: Conflict, rule: str, unless: str
) -> None:
    for action in of_persons(role):
        found = verdict(judge(role), action, near(conflict))
        if role in unless.split():
            assert found.allowed
        else:
            assert (found.allowed, found.hidden, found.rule) == (False, True, rule)
            assert found.why == f"the person concerned is a {conflict} of wang"


def test_i2_without_a_person_it_is_secret_where_the_kind_of_thing_is() -> None:
    for action, hidden in (("disclosure.read", True), ("statistics.read", False)):
        found = verdict(judge("reviewer"), action, Target(conflict="relative"))
        assert (found.allowed, found.hidden) == (False, hidden)


@pytest.mark.parametrize("role", ROLES)
def test_s1_18_who_is_excluded_does_not_learn_that_it_exists(role: str) -> None:
    target = Target(
        person="shen",
        units=("college", "department"),
        excluded=frozenset({"wang", "zhang"}),
        broken_glass=True,
    )

    for action in of_persons(role):
        kept_away = verdict(judge(role), action, target)
        assert (kept_away.allowed, kept_away.hidden) == (False, True)
        other = grant(role, person="li", unit="department")
        assert verdict(other, action, target).allowed == (role != "declarant")


def test_s1_18_the_office_and_its_machines_are_nobody_and_not_excluded() -> None:
    target = Target(person="shen", excluded=frozenset({"zhang"}))

    assert verdict(grant("reviewer"), "disclosure.read", target).allowed


@pytest.mark.parametrize("role", ROLES)
def test_a_broken_glass_opens_reading_beyond_ones_reach_and_nothing_else(
    role: str,
) -> None:
    away = Target(person="li", units=("port",), broken_glass=True)
    breaks = allowed(role, "records.break_glass")

    for action in of_persons(role):
        found = verdict(judge(role), action, away)
        opened = breaks and action in (*READS, "records.break_glass")
        assert found.allowed == opened, action


@pytest.mark.parametrize("conflict", get_args(Conflict))
def test_i2_no_glass_is_broken_over_somebody_near(conflict: Conflict) -> None:
    for action in (*READS, "records.break_glass"):
        found = verdict(judge("reviewer"), action, near(conflict, broken_glass=True))
        assert not found.allowed


def test_an_expired_grant_is_not_mended_by_breaking_glass() -> None:
    ended = grant("investigator", unit="college", expires_at=NOW)

    for action in (*READS, "records.break_glass"):
        assert not decide(
            ended, action, Target(person="shen", broken_glass=True), at=NOW
        ).allowed


@pytest.mark.parametrize("role", wall.ASSIGNED.split())
def test_what_is_given_for_one_task_reaches_nothing_until_it_is_said_what(
    role: str,
) -> None:
    for action in of_persons(role) - {"records.break_glass"}:
        found = verdict(grant(role), action, SHEN)
        assert (found.allowed, found.hidden) == (False, True)
        for scope in ({"unit": "college"}, {"persons": ("shen",)}):
            assert verdict(grant(role, **scope), action, SHEN).allowed


@pytest.mark.parametrize(
    ("scope", "person", "matter", "within"),
    [
        ({"persons": ("shen", "li")}, "shen", "D-1", True),
        ({"persons": ("li",)}, "shen", "D-1", False),
        ({"unit": "college", "persons": ("shen",)}, "shen", "D-1", True),
        ({"unit": "port", "persons": ("shen",)}, "shen", "D-1", False),
        ({"unit": "college", "persons": ("shen",)}, "zhao", "D-1", False),
        ({"matters": ("D-1",)}, "shen", "D-1", True),
        ({"matters": ("D-1",)}, "shen", "D-2", False),
        ({"matters": ("D-1",)}, "shen", None, False),
        ({"persons": ("shen",), "matters": ("D-1",)}, "li", "D-1", False),
    ],
)
def test_each_thing_that_a_mandate_names_narrows_it(
    scope: dict[str, Any], person: str, matter: str | None, *, within: bool
) -> None:
    target = Target(person=person, units=("college", "department"), matter=matter)

    for role in ("investigator", "reviewer"):
        found = verdict(grant(role, **scope), "disclosure.read", target)
        assert (found.allowed, found.hidden) == (within, not within)


@pytest.mark.parametrize("action", sorted(WHOLE))
def test_what_binds_everybody_is_not_done_by_who_was_given_a_part(action: str) -> None:
    for role in (role for role in JUDGING if action in RIGHTS[role]):
        assert verdict(grant(role), action).allowed
        refused = verdict(grant(role, unit="department"), action)
        assert (refused.allowed, refused.hidden) == (False, False)
        assert "it holds for all units" in refused.why
