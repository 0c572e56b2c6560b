"""I3: whatever is decided on appeals, nothing is made heavier because of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.appealing.serving import ServeAppealDecision
from domain.appealing.weight import bar_until, refuse_heavier
from domain.errors import NotAllowed
from domain.sanction.facts import Terms
from domain.sanction.law import weight
from domain.sanction.sanctions import Sanction
from domain.view import Occasion, View
from tests.domain.appeal.appeals import SERVED, Matter, decide, panel_of
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.cast import book
from tests.spec import CLERK

LAW = book(GOVERNMENT)
KINDS = ("warning", "demerit", "major_demerit", "demotion", "removal", "dismissal")
WAY = ("review", "re_review", "last")
GROUNDS = {
    "quashed": ("procedure",),
    "varied": ("circumstances",),
    "remitted": ("procedure",),
}
PERIODS = st.sampled_from(["6M", "12M", "18M", "24M", "36M", "48M", "1Y", "90d"])
DECISIONS = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from(["upheld", "varied", "varied", "varied", "quashed"]),
        "kind": st.sampled_from((None, *KINDS)),
        "period": st.sampled_from((None,) * 4) | PERIODS,
    }
)


def measured(terms: Terms) -> tuple[int, date]:
    return weight(LAW, terms.kind), bar_until(LAW, terms)


def appealed(matter: Matter, nth: int, said: dict[str, Any]) -> bool:
    """Take the next stage with such a decision; return whether it was taken so."""
    name, member = f"A-{nth}", f"member-{nth}"
    matter.lodged(WAY[nth], appeal=name)
    named = panel_of(member, appeal=name, authority=f"authority {nth}")
    matter.oversight().given(named)
    outcome = said["outcome"]
    grounds = GROUNDS.get(outcome, ())
    other = {n: said[n] for n in ("kind", "period") if outcome == "varied"}
    asked = decide(outcome, appeal=name, grounds=grounds, **other)
    if matter.panel(member).when(asked).failure:
        matter.panel(member).given(decide("upheld", appeal=name))
    served = ServeAppealDecision(appeal=name, served_on=matter.day, how="x")
    matter.panel(member).given(served)
    return outcome != "upheld" and matter.known().status != "quashed"


@given(
    kind=st.sampled_from(KINDS),
    decisions=st.lists(DECISIONS, min_size=1, max_size=3),
    days=st.integers(0, 10),
)
def test_i3_no_way_through_the_stages_ends_heavier_than_it_began(
    kind: str, decisions: list[dict[str, Any]], days: int
) -> None:
    matter = Matter(kind)
    for nth, said in enumerate(decisions):
        before = measured(matter.known().terms)
        matter.on(matter.day + timedelta(days=days))
        going_on = appealed(matter, nth, said)
        after = measured(matter.known().terms)
        assert after <= before, (said, before, after)
        assert after[1] <= before[1]
        event("lighter" if after < before else "the same")
        if not going_on:
            break


def sanction(**more: Any) -> Sanction:
    known = Matter("demerit").known()
    return replace(known, terms=replace(known.terms, **more))


@pytest.mark.parametrize(
    "after",
    [
        {"kind": "major_demerit"},
        {"until_on": date(2022, 3, 11)},
        {"kind": "warning", "until_on": date(2022, 3, 11)},
        {"until_on": None, "period": None},
    ],
)
def test_i3_a_heavier_kind_or_a_longer_bar_is_refused_whatever_made_it(
    after: dict[str, Any],
) -> None:
    with pytest.raises(NotAllowed, match=r"Art\. 55-56"):
        refuse_heavier(sight(), [sanction()], [sanction(**after)], "x")


def test_i3_nor_may_a_sanction_come_out_of_it_that_was_not_there() -> None:
    with pytest.raises(NotAllowed, match="is new"):
        refuse_heavier(sight(), [], [sanction()], "x")


def test_i3_a_lighter_kind_or_a_shorter_bar_may() -> None:
    lighter = sanction(kind="warning", until_on=date(2021, 9, 10))

    refuse_heavier(sight(), [sanction()], [lighter], "x")
    refuse_heavier(sight(), [sanction()], [sanction()], "x")


def sight() -> Occasion:
    matter = Matter("demerit")
    occasion = Occasion(by=CLERK, at=matter.scenario.now)
    occasion.begin(View(matter.scenario.app.read))
    return occasion


def test_i3_varied_twice_it_is_lighter_each_time() -> None:
    matter = Matter("demotion").on(SERVED)
    for nth, kind in enumerate(("demerit", "warning")):
        said = {"outcome": "varied", "kind": kind, "period": None}
        appealed(matter, nth, said)
        assert matter.known().terms.kind == kind
