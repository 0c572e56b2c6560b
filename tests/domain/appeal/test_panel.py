"""S2-09: who acted in a matter does not decide the appeal, nor say who does."""

from typing import Any

import pytest

from domain.appeal import AppealRejectedOutOfTime, LatenessExcused, PanelConstituted
from domain.appealing.panel import ExcuseLateness, RejectOutOfTime
from domain.appealing.serving import ServeAppealDecision
from domain.appealing.touched import mark_of
from domain.case.recusal import DeclareRecusal
from domain.errors import (
    Incomplete,
    Invalid,
    NotAllowed,
    OutOfTime,
    Unknown,
    WrongStage,
)
from domain.personnel import (
    AssumePosition,
    ChangePosition,
    DeclareRelative,
    RegisterPerson,
)
from domain.unit import NameHead
from tests.domain.appeal.appeals import (
    FIRST,
    SECOND,
    SERVED,
    Matter,
    decide,
    lodge,
    panel_of,
)
from tests.domain.appeal.test_lodging import EXCUSED_UNTIL, FLOOD

HEAD = NameHead(code="training", head="li")
COUSIN = DeclareRelative(
    number="wang", relative="R", relation="cousin", related_number="li"
)


def names(matter: Matter, *members: str, appeal: str = FIRST, **more: Any) -> Any:
    return matter.oversight().when(panel_of(*members, appeal=appeal, **more))


def employed(matter: Matter, who: str, unit: str) -> Matter:
    post = AssumePosition(
        number=who, post=f"p-{who}", unit=unit, title="x", from_on=SERVED
    )
    matter.scenario.by("hr", "hr").given(RegisterPerson(number=who, name=who), post)
    return matter


def test_oversight_names_a_panel_and_the_authority_it_sits_for() -> None:
    named = names(Matter().lodged(), "mu", "ning")

    fact = PanelConstituted(
        members=("mu", "ning"),
        authority="provincial commission",
        mark=mark_of("C-1", " Provincial Commission"),
    )
    named.then(fact)
    named.when(panel_of("mu", "ning")).then_nothing()
    named.when(panel_of("mu")).then_kinds(PanelConstituted)


@pytest.mark.parametrize("who", ["han", "jia", "luo", "li"])
def test_s2_09_who_decided_or_investigated_does_not_sit_on_it(who: str) -> None:
    """Luo was to investigate, and recorded nothing: that is enough."""
    refused = names(Matter().lodged(), "mu", who)

    refused.then_refused(NotAllowed, match=f"{who} acted in the matter")
    refused.then_refused(NotAllowed, match="S2-09")


@pytest.mark.parametrize("who", ["han", "luo"])
def test_s2_09_nor_do_they_say_who_decides(who: str) -> None:
    matter = Matter().lodged()

    matter.oversight(who).when(panel_of("mu")).then_refused(NotAllowed, match="say who")


def test_s2_09_who_was_recused_does_not_sit_on_it() -> None:
    matter = recused("pan")

    names(matter.lodged(), "pan").then_refused(NotAllowed, match="pan acted")


def recused(who: str) -> Matter:
    matter = Matter()
    declared = DeclareRecusal(case="C-1", ground="interest", text="We share a house.")
    matter.scenario.by(who, "investigator").given(declared)
    return matter


def test_i2_nor_does_a_relative_of_the_person() -> None:
    matter = Matter().lodged()
    matter.scenario.by("wang", "hr").given(COUSIN)

    names(matter, "wang").then_refused(NotAllowed, match="a relative of li")


def test_i2_nor_does_a_relative_say_who_decides_or_serve_the_decision() -> None:
    matter = Matter().lodged().constituted().does(decide("upheld"))
    second = Matter().lodged()
    for each in (matter, second):
        each.scenario.by("hr", "hr").given(COUSIN)

    named = second.oversight("wang").when(panel_of("mu"))
    named.then_refused(NotAllowed, match="a relative of li")
    served = ServeAppealDecision(appeal=FIRST, served_on=SERVED, how="x")
    matter.scenario.by("wang", "appeal_panel").when(served).then_refused(NotAllowed)


def test_i2_who_is_below_the_person_does_not_sit_on_it() -> None:
    head = Matter().lodged()
    head.scenario.by("hr", "hr").given(HEAD)
    employed(head, "qin", "training")

    names(head, "qin").then_refused(NotAllowed, match="a subordinate of li")


def test_an_appeal_goes_to_another_authority_and_to_another_unit() -> None:
    matter = employed(Matter(), "han", "department").lodged("direct")
    employed(matter, "qin", "department")

    names(matter, "qin").then_refused(NotAllowed, match="qin is of the unit department")
    for authority in ("department", "supervisory commission"):
        again = names(matter, "mu", authority=authority)
        again.then_refused(NotAllowed, match="decided before")
    names(matter, "mu", authority="court").then_kinds(PanelConstituted)


def test_s2_09_the_unit_that_decided_is_the_one_of_that_day_as_well() -> None:
    """Han has moved since; Qin still sits where Han decided, and Mao where he is."""
    matter = employed(Matter(), "han", "department").lodged("direct").on("2021-03-20")
    moved = ChangePosition(
        number="han", post="p-han", unit="college", title="x", from_on=matter.day
    )
    matter.scenario.by("hr", "hr").given(moved)
    employed(matter, "qin", "department")
    employed(matter, "mao", "college")

    for who, unit in (("qin", "department"), ("mao", "college")):
        refused = names(matter, who, authority="court")
        refused.then_refused(NotAllowed, match=f"{who} is of the unit {unit}")


def test_a_review_is_the_same_authoritys_by_others_of_it() -> None:
    matter = employed(Matter(), "han", "department").lodged()
    employed(matter, "qin", "department")

    same = names(matter, "qin", authority="supervisory commission")
    same.then_kinds(PanelConstituted)


def test_s2_09_who_sat_on_the_panel_before_sits_on_no_second() -> None:
    matter = Matter().reviewed().lodged("re_review", appeal=SECOND)

    names(matter, "ning", appeal=SECOND).then_refused(NotAllowed, match="ning acted")
    names(matter, "ou", appeal=SECOND).then_refused(NotAllowed, match="ou acted")
    same = names(matter, "pan", appeal=SECOND, authority="provincial commission")
    same.then_refused(NotAllowed, match="decided before")
    names(matter, "pan", appeal=SECOND, authority="court").then_kinds(PanelConstituted)


def test_a_panel_has_members_each_once_and_sits_for_somebody() -> None:
    matter = Matter().lodged()

    names(matter).then_refused(Incomplete)
    names(matter, " ").then_refused(Incomplete)
    names(matter, "mu", "mu").then_refused(Invalid, match="each once")
    names(matter, "mu", authority="").then_refused(Invalid, match="authority")
    names(matter, "mu", appeal="A-9").then_refused(Unknown)


def test_only_its_members_decide_and_nothing_is_done_once_they_have() -> None:
    matter = Matter().lodged().constituted()

    matter.decides("upheld", who="pan").then_refused(
        NotAllowed, match="not on the panel"
    )
    matter.does(decide("upheld"))
    matter.decides("upheld").then_refused(WrongStage, match="decided")
    names(matter, "mu").then_refused(WrongStage)


def test_s2_09_a_member_who_came_to_act_in_the_case_is_one_no_more() -> None:
    matter = Matter().lodged().constituted()
    declared = DeclareRecusal(case="C-1", ground="interest", text="x")
    matter.scenario.by("mu", "investigator").given(declared)

    matter.decides("upheld").then_refused(NotAllowed, match="mu acted")


def late() -> Matter:
    return Matter().on(EXCUSED_UNTIL).lodged(**FLOOD).constituted()


def test_what_came_late_is_decided_only_once_that_is_excused() -> None:
    matter = late()
    matter.decides("upheld").then_refused(OutOfTime, match="2021-04-10")

    excuse = ExcuseLateness(appeal=FIRST, text="The road was cut.")
    excused = matter.panel().when(excuse)
    excused.then(
        LatenessExcused(obstacle_until=FLOOD["obstacle_until"], text=excuse.text)
    )
    excused.when(excuse).then_nothing()
    reject = RejectOutOfTime(appeal=FIRST, text="x")
    excused.when(reject).then_refused(WrongStage)
    assert matter.decides("upheld").failure is None


def test_or_it_is_rejected_with_reasons_and_another_stage_may_still_be_open() -> None:
    matter = late()
    silent = RejectOutOfTime(appeal=FIRST, text="")
    matter.panel().when(silent).then_refused(Invalid)

    reject = RejectOutOfTime(appeal=FIRST, text="The road was open.")
    matter.panel().when(reject).then(AppealRejectedOutOfTime(text=reject.text))
    matter.decides("upheld").then_refused(WrongStage, match="rejected")
    matter.li().when(lodge(appeal=SECOND, **FLOOD)).then_some()
    assert matter.state(SECOND).pending


def test_what_came_in_time_is_neither_excused_nor_rejected() -> None:
    matter = Matter().lodged().constituted()
    for command in (ExcuseLateness, RejectOutOfTime):
        matter.panel().when(command(appeal=FIRST, text="x")).then_refused(WrongStage)
    silent = ExcuseLateness(appeal=FIRST, text="")
    late().panel().when(silent).then_refused(Invalid)
