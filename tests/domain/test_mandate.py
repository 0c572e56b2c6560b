"""Mandates: a role for a time, with a scope and an end, given by somebody else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.access import MANDATED, TABLE, WATCHERS, Grant, Target, decide
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.mandate import (
    MandateEnded,
    MandateGiven,
    Mandates,
    grants_of,
    mandates_stream,
)
from domain.mandating import EndMandate, GiveMandate
from domain.personnel import DeclareRelative
from tests.domain.cast import police
from tests.spec import Scenario

END = datetime(2024, 6, 1, 12, tzinfo=UTC)
BASIS = "Order 4 of 2024"
SHEN = Target(person="shen", units=("college", "department"))


def gives(actor: str = "wang", role: str = "campaign_team", **more: Any) -> GiveMandate:
    usual: dict[str, Any] = {"mandate": "M-1", "basis": BASIS, "until": END}
    return GiveMandate(actor=actor, role=role, **(usual | {"unit": "college"} | more))


def office() -> Scenario:
    """Return the department on 1 May 2024, with an administrator at work."""
    return police().on("2024-05-01").by("registry", "admin")


def grants(scenario: Scenario, actor: str = "wang") -> tuple[Grant, ...]:
    held = scenario.state(Mandates(), mandates_stream(actor))
    return grants_of(held, scenario.now)


def test_a_mandate_says_who_may_do_what_where_until_when_and_by_what() -> None:
    scenario = office()

    scenario.when(gives(persons=("shen",), matters=("D-1",))).then(
        MandateGiven(
            mandate="M-1",
            actor="wang",
            role="campaign_team",
            begins_at=scenario.now,
            until=END,
            basis=BASIS,
            unit="college",
            persons=("shen",),
            matters=("D-1",),
            person="wang",
        )
    )
    assert grants(scenario) == (
        Grant(
            actor="wang",
            role="campaign_team",
            unit="college",
            person="wang",
            expires_at=END,
            persons=("shen",),
            matters=("D-1",),
            mandate="M-1",
            basis=BASIS,
        ),
    )
    assert scenario.log()[-1].subject is None


def test_s5_05_once_the_mandate_is_over_its_holder_reads_no_file() -> None:
    scenario = office().given(gives())
    (held,) = grants(scenario)

    for day, allowed in (("2024-05-31", True), ("2024-06-01", False)):
        scenario.on(day)
        assert bool(grants(scenario)) == allowed
        # Also what was handed out while it lasted is worth nothing any more.
        found = decide(held, "person.read", SHEN, at=scenario.now)
        assert found.allowed == allowed
        assert ("ended at 2024-06-01" in found.why) != allowed


def test_s5_05_a_mandate_that_was_ended_gives_nothing_from_then_on() -> None:
    scenario = office().given(gives(), gives(mandate="M-2", unit="training"))
    end = EndMandate(actor="wang", mandate="M-1", reason="the task is done")

    scenario.on("2024-05-02").when(end)

    scenario.then(MandateEnded(mandate="M-1", ended_at=scenario.now))
    assert [grant.mandate for grant in grants(scenario)] == ["M-2"]
    scenario.when(end).then_nothing()


def test_a_mandate_that_has_run_out_need_not_be_ended() -> None:
    scenario = office().given(gives()).on("2024-07-01")

    scenario.when(EndMandate(actor="wang", mandate="M-1", reason="late")).then_nothing()


def test_a_mandate_may_begin_later_and_gives_nothing_before() -> None:
    later = datetime(2024, 5, 10, tzinfo=UTC)
    scenario = office().given(gives(begins_at=later))

    assert grants(scenario) == ()
    assert len(grants(scenario.on("2024-05-10"))) == 1


def test_the_same_mandate_given_again_is_nothing_and_another_needs_another_id() -> None:
    scenario = office().given(gives()).on("2024-07-01")

    scenario.when(gives()).then_nothing()
    scenario.when(gives(unit="training")).then_refused(WrongStage, match="M-1 is taken")


@pytest.mark.parametrize(
    ("by", "behalf"), [("wang", None), ("registry", "wang")], ids=str
)
def test_nobody_gives_a_mandate_to_themself(by: str, behalf: str | None) -> None:
    scenario = office().by(by, "admin", on_behalf_of=behalf)

    scenario.when(gives()).then_refused(NotAllowed, match="wang asks for it")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "declarant"}, "role"),
        ({"role": "import"}, "role"),
        ({"role": "king"}, "role"),
        ({"until": datetime(2024, 4, 30, tzinfo=UTC)}, "until"),
        ({"begins_at": END}, "until"),
        ({"basis": "  "}, "basis"),
        ({"unit": None}, "unit"),
    ],
    ids=str,
)
def test_a_mandate_without_a_role_an_end_a_basis_or_a_scope_is_refused(
    wrong: dict[str, Any], field: str
) -> None:
    office().when(gives(**wrong)).then_refused(Invalid, match=f"{field}: ")


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"unit": "port"}, "unit port"),
        ({"persons": ("nobody",)}, "person nobody"),
    ],
    ids=str,
)
def test_a_mandate_is_over_what_there_is(wrong: dict[str, Any], what: str) -> None:
    office().when(gives(**wrong)).then_refused(Unknown, match=what)


def test_only_what_is_given_for_one_task_has_to_name_its_scope() -> None:
    for role in sorted(MANDATED):
        scenario = office().when(gives(role=role, unit=None))
        if TABLE[role].assigned:
            scenario.then_refused(Invalid, match=f"persons or matters a {role}")
        else:
            scenario.then_kinds(MandateGiven)


@pytest.mark.parametrize(
    ("actor", "person", "why"),
    [
        ("wang", "wang", "wang is the person concerned"),
        ("wang", "chief", "chief is a superior of wang"),
        ("shen", "li", "shen is a relative of li"),
    ],
)
def test_i2_nobody_is_given_a_mandate_over_somebody_near(
    actor: str, person: str, why: str
) -> None:
    cousin = DeclareRelative(
        number="li", relative="R", relation="cousin", related_number="shen"
    )
    scenario = office().given(cousin)

    scenario.when(gives(actor, unit=None, persons=(person,))).then_refused(
        NotAllowed, match=why
    )


@pytest.mark.parametrize("role", sorted(MANDATED))
def test_s2_14_integrity_staff_are_covered_persons(role: str) -> None:
    scenario = office().when(gives("account:visitor", role))

    if role in WATCHERS:
        scenario.then_refused(Unknown, match="person account:visitor")
    else:
        assert scenario.one(MandateGiven).person is None


def test_ending_takes_a_mandate_and_a_reason() -> None:
    scenario = office().given(gives())

    scenario.when(EndMandate(actor="wang", mandate="M-2", reason="x")).then_refused(
        Unknown
    )
    scenario.when(EndMandate(actor="wang", mandate="M-1")).then_refused(
        Invalid, match="say why"
    )
