"""What was undone on appeal weighs as much as it did, and never more, in any case."""

from datetime import date
from typing import Any

import pytest

from domain.case.closing import FindNoCase
from domain.case.opening import AddAllegation
from domain.errors import NotAllowed
from domain.sanction.facts import SanctionImposed, SanctionQuashed
from tests.domain.appeal.appeals import Matter, panel_of
from tests.domain.case.proceeding import Proceeding
from tests.domain.sanction.cast import (
    PARTY,
    appealed,
    decides,
    ready,
    sanction,
    tracks,
)

HEAVIER = "was undone, and nothing heavier may follow"


def undone(kind: str = "warning", outcome: str = "quashed", **more: Any) -> Proceeding:
    """Return a case in which a sanction was imposed and undone on appeal."""
    case = ready(tracks(), **more).decision(kind)
    appealed(case, "2021-03-12", outcome)
    return case


def again(before: Proceeding, **more: Any) -> Proceeding:
    """Return another case that waits for its decision."""
    usual: dict[str, Any] = {"case": "C-2", "conduct": before.conduct}
    return ready(before.scenario, "2021-04-10", **(usual | more))


def test_i3_a_case_that_is_taken_up_again_without_an_appeal_weighs_no_more() -> None:
    case = undone().closed().reopened().notice().waiver().finding()

    decides(case, "demerit").then_refused(NotAllowed, match=HEAVIER)
    assert case.decision("warning").sanction == "li:government:2"


def test_i3_nor_does_another_case_on_the_same_conduct() -> None:
    case = undone(outcome="remitted").decider(FindNoCase(case="C-1", text="Nothing."))
    other = again(case)

    decides(other, "dismissal").then_refused(NotAllowed, match=HEAVIER)
    assert other.decision("warning").sanction == "li:government:2"


@pytest.mark.parametrize("name", ["GIFT", " gift\u200b", "\uff47ift"])
def test_i3_nor_the_conduct_by_another_way_to_write_it(name: str) -> None:
    other = again(undone(conduct="gift"), conduct=name, from_on=date(2021, 1, 1))

    decides(other, "demerit").then_refused(NotAllowed, match=HEAVIER)


def test_i3_nor_the_same_violation_in_the_same_days_by_another_name() -> None:
    other = again(undone(), conduct="bis")

    decides(other, "demerit").then_refused(NotAllowed, match=HEAVIER)


def test_another_violation_or_another_day_is_not_the_same() -> None:
    case = undone()
    later = again(case, conduct="later", from_on=date(2020, 12, 2))
    assert later.decision("demerit").sanction == "li:government:2"

    other = again(case, case="C-3", conduct="z", violation="unauthorised_exit")
    other.decision("major_demerit")
    assert other.sanction == "li:government:3"


def added(case: Proceeding, *names: str) -> Proceeding:
    """Return a remitted case with more alleged, of another day, up to its findings."""
    for name in names:
        more = case.allegation(conduct=name, from_on=date(2020, 6, 1))
        case.decider(AddAllegation(case="C-1", allegation=more))
    case.notice().waiver()
    for known in case.state.allegations:
        case.finding(conduct=known.conduct)
    return case


def test_i3_together_with_something_new_it_adds_nothing_to_the_sum() -> None:
    case = added(undone("demerit", "remitted"), "x2")

    longer = decides(case, "demerit", period="24M")
    longer.then_refused(NotAllowed, match="demerit until 2022-03-12 was undone")
    case.decision("demerit", sanctions=(case.sanctioning("demerit", period="12M"),))
    assert sanction(case.scenario, case.sanction).terms.period == "12M"


def test_what_is_new_weighs_as_much_as_it_does_alone() -> None:
    case = added(undone("demerit", "remitted"), "x2", "x3")

    decides(case, "demerit", period="25M").then_refused(NotAllowed, match=HEAVIER)
    case.decision("demerit", sanctions=(case.sanctioning("demerit", period="24M"),))
    assert sanction(case.scenario, case.sanction).terms.period == "24M"


def test_what_is_new_may_deserve_dismissal() -> None:
    case = added(undone("demerit", "remitted"), "x2")
    old, new = case.determined("demerit")[0], case.determined("dismissal")[1]

    case.decision("x", sanctions=(case.sanctioning("x", determined=(old, new)),))
    assert sanction(case.scenario, case.sanction).terms.kind == "dismissal"


def party(kind: str, **more: Any) -> Proceeding:
    """Return a case on the party track in which a sanction was undone."""
    case = ready(tracks(), "2024-03-10", rulebook=PARTY)
    case.decision(kind, sanctions=(case.sanctioning(kind, **more),))
    appealed(case, "2024-03-12", "remitted")
    return case


def test_i3_one_step_heavier_for_two_together_is_heavier_as_well() -> None:
    case = added(party("serious_warning"), "x2")
    old, new = case.determined("serious_warning")[0], case.determined("warning")[1]
    asked = {"determined": (old, new)}

    decides(case, "x", **asked).then_refused(NotAllowed, match="removal")
    case.decision("warning")
    assert sanction(case.scenario, case.sanction).terms.kind == "serious_warning"


def test_i3_a_probation_is_no_longer_than_the_one_that_was_undone() -> None:
    case = party("probation", term="1Y").notice().waiver().finding()

    longer = decides(case, "probation", term="2Y")
    longer.then_refused(NotAllowed, match=HEAVIER)
    assert decides(case, "probation", term="1Y").all(SanctionImposed)


def test_i3_nor_than_it_was_varied_to() -> None:
    case = ready(tracks(), "2024-03-10", rulebook=PARTY)
    asked = case.sanctioning("probation", term="2Y")
    case.decision("probation", sanctions=(asked,))
    appealed(case, "2024-03-12", "varied", term="1Y", grounds=("rules",))

    assert sanction(case.scenario, case.sanction).chosen.term == "1Y"


def test_a_probation_for_something_new_is_as_long_as_it_may_be() -> None:
    case = added(party("warning"), "x2")
    old, new = case.determined("warning")[0], case.determined("probation")[1]

    asked = case.sanctioning("x", determined=(old, new), term="2Y")
    case.decision("x", sanctions=(asked,))
    assert sanction(case.scenario, case.sanction).terms.kind == "probation"


def test_i3_what_was_varied_before_it_was_undone_weighs_as_it_did_at_last() -> None:
    matter = Matter("demerit").reviewed(
        "varied", kind="warning", grounds=("circumstances",)
    )
    matter.lodged("re_review", appeal="A-2")
    panel = panel_of("dai", appeal="A-2", authority="national commission")
    matter.oversight("ao").given(panel)
    quashed = {"appeal": "A-2", "grounds": ("procedure",), "who": "dai"}
    assert matter.decides("quashed", **quashed).all(SanctionQuashed)
    other = ready(matter.scenario, "2021-04-10", case="C-2", conduct="conduct-C-1")

    decides(other, "demerit").then_refused(NotAllowed, match="warning was undone")
    assert other.decision("warning").sanction == "li:government:2"
