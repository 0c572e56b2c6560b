"""The policy: deny by default; one table of roles and rights; reach by unit, person."""

import pytest

from domain.access import (
    ACTIONS,
    CONFIDENTIAL,
    RIGHTS,
    ROLES,
    Grant,
    Reach,
    Target,
    decide,
    reach,
)

EVERYBODY = (
    "declarant clerk reviewer certifier auditor rulebook_steward hr admin import"
)
OFFICE = "clerk reviewer certifier auditor"
# As the office would write it on a wall: who may do what.
WALL = {
    "disclosure.file": "declarant clerk",
    "disclosure.record_paper": "clerk",
    "disclosure.read": f"declarant {OFFICE}",
    "disclosure.amend": "declarant clerk",
    "disclosure.withdraw": "declarant clerk",
    "disclosure.assign": "reviewer certifier",
    "disclosure.note_deficiency": "reviewer certifier",
    "disclosure.accept_cure": "reviewer certifier",
    "disclosure.annotate": "reviewer certifier",
    "disclosure.certify": "certifier",
    "disclosure.withdraw_certification": "certifier",
    "disclosure.close": "certifier",
    "obligation.read": f"declarant {OFFICE}",
    "obligation.request_extension": "declarant clerk",
    "obligation.decide_extension": "reviewer certifier",
    "obligation.justify": "declarant clerk",
    "obligation.waive": "certifier",
    "obligation.cancel": "certifier",
    "obligation.issue_notice": "certifier",
    "approval.request": "declarant clerk",
    "approval.read": f"declarant {OFFICE}",
    "approval.endorse": "reviewer certifier",
    "approval.decide": "reviewer certifier",
    "approval.revoke": "certifier",
    "worklist.read": "reviewer certifier auditor",
    "statistics.read": OFFICE,
    "person.list": f"{OFFICE} hr import",
    "person.read": f"declarant {OFFICE}",
    "person.register": "clerk hr import",
    "person.correct": "clerk hr import",
    "person.record_service": "hr import",
    "person.declare_relative": "declarant clerk import",
    "person.notify": "clerk certifier hr",
    "person.acknowledge": "declarant clerk",
    "unit.read": EVERYBODY,
    "unit.establish": "hr admin import",
    "unit.move": "hr admin import",
    "unit.name_head": "hr admin import",
    "rulebook.read": EVERYBODY,
    "rulebook.draft": "rulebook_steward",
    "rulebook.publish": "rulebook_steward",
    "rulebook.run_period": "rulebook_steward",
    "rulebook.confirm_coverage": "rulebook_steward",
    "campaign.read": EVERYBODY,
    "campaign.launch": "certifier",
    "token.issue": "admin",
    "token.read": "auditor admin",
    "token.revoke": "admin",
}
SHEN = Target(person="shen", units=("college", "department"))


def grant(role: str, *, unit: str | None = None, person: str | None = None) -> Grant:
    return Grant(actor=person or role, role=role, unit=unit, person=person)


def test_the_wall_names_every_right_there_is() -> None:
    assert set(WALL) == ACTIONS


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_the_rights_on_the_wall_and_no_others(role: str) -> None:
    on_the_wall = {action for action, roles in WALL.items() if role in roles.split()}

    assert set(RIGHTS[role]) == on_the_wall


@pytest.mark.parametrize("role", ROLES)
def test_a_right_that_is_not_given_is_denied_and_says_so(role: str) -> None:
    for action in ACTIONS:
        verdict = decide(grant(role, person="shen"), action)
        why = "" if verdict.allowed else f"the role {role} has no right to {action}"

        assert verdict.allowed == (role in WALL[action].split())
        assert (verdict.why, verdict.hidden) == (why, False)


def test_a_role_that_does_not_exist_may_do_nothing() -> None:
    assert not any(decide(grant("king"), action).allowed for action in ACTIONS)


@pytest.mark.parametrize("role", ROLES)
def test_s1_21_who_may_not_read_such_a_thing_does_not_learn_that_it_exists(
    role: str,
) -> None:
    for action in ACTIONS:
        kind = action.partition(".")[0]
        reads = role in WALL.get(f"{kind}.read", "").split()
        verdict = decide(grant(role, person="shen"), action, SHEN)

        denied = role not in WALL[action].split()
        assert verdict.hidden == (denied and not reads and kind in CONFIDENTIAL)


def test_a_unit_reaches_its_own_people_and_those_below() -> None:
    for unit in ("college", "department"):
        assert decide(grant("reviewer", unit=unit), "disclosure.read", SHEN).allowed


def test_people_outside_the_unit_are_not_known_to_exist() -> None:
    verdict = decide(grant("reviewer", unit="port"), "disclosure.read", SHEN)

    assert (verdict.allowed, verdict.hidden) == (False, True)
    assert verdict.why == "it lies outside what reviewer was given as reviewer"


def test_a_person_without_a_post_is_reached_only_where_all_units_are() -> None:
    nobody = Target(person="import-1")

    assert not decide(
        grant("auditor", unit="department"), "person.read", nobody
    ).allowed
    assert decide(grant("auditor"), "person.read", nobody).allowed


def test_a_declarant_reaches_themself_and_nobody_else() -> None:
    shen, li = grant("declarant", person="shen"), grant("declarant", person="li")

    assert decide(shen, "disclosure.read", SHEN).allowed
    assert decide(li, "disclosure.read", SHEN).hidden
    assert decide(grant("declarant"), "disclosure.read", Target()).hidden


def test_law_and_structure_are_open_also_to_who_is_limited_to_a_unit() -> None:
    port = Target(units=("port",))

    assert decide(grant("hr", unit="college"), "unit.read", port).allowed
    verdict = decide(grant("hr", unit="college"), "unit.move", port)
    assert (verdict.allowed, verdict.hidden) == (False, False)


def test_lists_show_what_is_within_reach() -> None:
    assert reach(grant("declarant", person="shen")) == Reach(person="shen")
    assert reach(grant("declarant")) == Reach(person="")
    assert reach(grant("auditor", unit="college")) == Reach(unit="college")
    assert reach(grant("auditor")) == Reach()


def test_only_some_rights_depend_on_the_unit_of_the_person_concerned() -> None:
    assert grant("clerk", unit="college").by_unit
    assert not grant("clerk").by_unit
    assert not grant("declarant", unit="college", person="shen").by_unit
