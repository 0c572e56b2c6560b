"""The policy: deny by default; one table of roles and rights; reach by unit, person."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.access import (
    ACTIONS,
    CLASSES,
    CONFIDENTIAL,
    RIGHTS,
    ROLES,
    Grant,
    Reach,
    Target,
    Verdict,
    authority_of,
    decide,
    may_open,
    reach,
)
from tests import wall
from tests.wall import WALL, allowed

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
SHEN = Target(person="shen", units=("college", "department"))


def grant(role: str, *, person: str | None = None, **more: Any) -> Grant:
    return Grant(actor=person or role, role=role, person=person, **more)


def verdict(given: Grant, action: str, target: Target | None = None) -> Verdict:
    return decide(given, action, target, at=NOW)


def test_the_wall_names_every_right_there_is() -> None:
    assert set(WALL) == ACTIONS


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_the_rights_on_the_wall_and_no_others(role: str) -> None:
    assert set(RIGHTS[role]) == {action for action in WALL if allowed(role, action)}


@pytest.mark.parametrize("role", ROLES)
def test_a_right_that_is_not_given_is_denied_and_says_so(role: str) -> None:
    for action in ACTIONS:
        found = verdict(grant(role, person="shen"), action)
        why = "" if found.allowed else f"the role {role} has no right to {action}"

        assert found.allowed == allowed(role, action)
        assert (found.why, found.hidden) == (why, False)


def test_a_role_that_does_not_exist_may_do_nothing_and_open_nothing() -> None:
    king = grant("king")

    assert not any(verdict(king, action).allowed for action in ACTIONS)
    assert verdict(king, "disclosure.read", SHEN).hidden
    assert not any(may_open(king, class_) for class_ in CLASSES)
    assert reach(king) == Reach()


@pytest.mark.parametrize("role", ROLES)
def test_s1_21_who_may_not_read_such_a_thing_does_not_learn_that_it_exists(
    role: str,
) -> None:
    for action in ACTIONS - {a for a in ACTIONS if allowed(role, a)}:
        kind = action.partition(".")[0]
        reads = f"{kind}.read" in WALL and allowed(role, f"{kind}.read")
        found = verdict(grant(role, person="li"), action, SHEN)

        assert found.hidden == (not reads and kind in CONFIDENTIAL)


def test_s1_21_it_goes_by_what_the_path_names_whatever_the_right_is_for() -> None:
    file = Target(kind="person")

    for role, hidden in (("reviewer", False), ("support_officer", True)):
        found = verdict(grant(role), "access_log.read", file)
        assert (found.allowed, found.hidden) == (False, hidden)


@pytest.mark.parametrize("unit", ["college", "department"])
@pytest.mark.parametrize("role", wall.MATTERS.split())
def test_a_unit_reaches_its_own_people_and_those_below(role: str, unit: str) -> None:
    expected = role != "declarant"

    found = verdict(grant(role, unit=unit), "disclosure.read", SHEN)

    assert found.allowed == expected


@pytest.mark.parametrize("role", wall.MATTERS.split())
def test_people_outside_the_unit_are_not_known_to_exist(role: str) -> None:
    found = verdict(grant(role, unit="port"), "disclosure.read", SHEN)

    assert (found.allowed, found.hidden) == (False, True)
    assert found.why == f"it lies outside what {role} was given as {role}"


def test_also_a_figure_is_not_made_of_somebody_who_is_not_known_to_exist() -> None:
    assert verdict(grant("reviewer", unit="port"), "statistics.read", SHEN).hidden


def test_a_person_without_a_post_is_reached_only_where_all_units_are() -> None:
    nobody = Target(person="import-1")

    assert not verdict(
        grant("auditor", unit="department"), "person.read", nobody
    ).allowed
    assert verdict(grant("auditor"), "person.read", nobody).allowed


def test_a_declarant_reaches_themself_and_nobody_else() -> None:
    shen, li = grant("declarant", person="shen"), grant("declarant", person="li")

    assert verdict(shen, "disclosure.read", SHEN).allowed
    assert verdict(li, "disclosure.read", SHEN).hidden
    assert verdict(grant("declarant"), "disclosure.read", Target()).hidden


def test_law_and_structure_are_open_also_to_who_is_limited_to_a_unit() -> None:
    port = Target(units=("port",))

    assert verdict(grant("hr", unit="college"), "unit.read", port).allowed
    found = verdict(grant("hr", unit="college"), "unit.move", port)
    assert (found.allowed, found.hidden) == (False, False)


def test_s5_05_what_has_expired_is_refused_with_the_reason_and_the_rule() -> None:
    ended = grant("campaign_team", unit="college", expires_at=NOW)
    lasting = grant(
        "campaign_team", unit="college", expires_at=NOW + timedelta(seconds=1)
    )

    for target in (None, SHEN):
        assert verdict(lasting, "person.read", target).allowed
        assert verdict(ended, "person.read", target) == Verdict(
            allowed=False,
            why="what campaign_team was given as campaign_team ended at"
            " 2024-05-01 12:00 UTC",
            rule="rights end with the mandate or the token that gave them",
        )


@pytest.mark.parametrize("role", ROLES)
def test_s5_05_an_expired_grant_gives_nothing_whatever_the_role(role: str) -> None:
    ended = grant(role, person="shen", expires_at=NOW - timedelta(days=1))

    for action in ACTIONS:
        assert not verdict(ended, action).allowed
        assert not verdict(ended, action, SHEN).allowed


def test_lists_show_what_is_within_reach() -> None:
    shen = grant("declarant", person="shen")
    team = grant("campaign_team", unit="college")
    one = grant("investigator", persons=("shen",))
    two = grant("investigator", unit="college", persons=("shen", "li"))
    case = grant("appeal_panel", persons=("shen",), matters=("D-1",))

    assert reach(shen) == Reach(person="shen", reader="shen")
    assert reach(grant("declarant")) == Reach(person="")
    assert reach(grant("auditor", unit="college")) == Reach(unit="college")
    assert reach(grant("auditor")) == Reach()
    assert reach(team) == Reach(unit="college")
    assert reach(grant("campaign_team")) == Reach(person="")
    assert reach(one) == Reach(person="shen", persons=("shen",))
    both = Reach(person="", unit="college", persons=("shen", "li"))
    assert reach(two) == both
    assert reach(case) == Reach(person="", persons=("shen",), matters=("D-1",))


def test_lists_leave_out_whose_matters_are_kept_from_the_reader() -> None:
    wang = grant("reviewer", person="wang")

    assert reach(wang, ["wang", "zhang"]) == Reach(
        barred=("wang", "zhang"), reader="wang"
    )


def test_only_some_rights_depend_on_the_unit_of_the_person_concerned() -> None:
    assert grant("clerk", unit="college").by_unit
    assert not grant("clerk").by_unit
    assert not grant("declarant", unit="college", person="shen").by_unit


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_the_classes_on_the_wall_and_no_others(role: str) -> None:
    holder = grant(role, person="li")
    whose = "li" if role == "declarant" else "shen"

    assert may_open(holder, "open", person=whose)
    for class_, roles in (
        ("confidential", wall.CONFIDENTIAL),
        ("restricted", wall.RESTRICTED),
    ):
        expected = role in roles.split()
        assert may_open(holder, class_, person=whose) == expected
    assert not may_open(holder, "secret", person=whose)


def test_one_opens_ones_own_contents_as_a_declarant_and_nobody_elses() -> None:
    for role, whose in (("declarant", "li"), ("declarant", None), ("reviewer", "shen")):
        assert not may_open(grant(role, person="shen"), "confidential", person=whose)


def test_who_keeps_the_register_of_people_reads_names_and_nothing_else() -> None:
    for role in ("hr", "import"):
        assert may_open(grant(role), "identity")
        assert not may_open(grant(role), "confidential")
    assert not may_open(grant("board"), "identity")


def test_it_can_be_said_on_whose_authority_somebody_acts() -> None:
    team = grant("campaign_team", mandate="M-1", basis="Order 4 of 2024")

    assert authority_of(team) == "mandate M-1: Order 4 of 2024"
    assert authority_of(grant("declarant", person="li")) == "the person concerned"
    assert authority_of(grant("reviewer", unit="port")) == "reviewer, unit port"
    assert authority_of(grant("reviewer")) == "reviewer, all units"


@pytest.mark.parametrize("scope", [{"unit": "college"}, {"persons": ("shen",)}])
def test_what_binds_everybody_is_not_for_who_was_given_a_part(
    scope: dict[str, Any],
) -> None:
    for role, action in (
        ("rulebook_steward", "rulebook.publish"),
        ("certifier", "campaign.launch"),
        ("records_officer", "source.declare"),
    ):
        part = verdict(grant(role, **scope), action)

        assert (part.allowed, part.hidden) == (False, False)
        assert "for all units" in part.why
        assert verdict(grant(role), action).allowed
