"""Cases, sanctions and appeals of two people on two tracks, in any order at all."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from domain.sanction.facts import SanctionImposed
from domain.sanction.releasing import ReleaseSanction
from tests.domain.machines.court import FIRST_DAY, GOVERNMENT, KINDS, PARTY, Court
from tests.domain.machines.told import ORDER, of, told_again

STEPS = ("notice", "answer", "finding")
FOUND: tuple[dict[str, Any], ...] = (
    {"class_": "omission", "mental": "negligence"},
    {"class_": "concealment", "mental": "intent", "on_intent": "hidden"},
    {"class_": "concealment", "mental": "intent"},
    {"class_": "concealment", "mental": "negligence", "on_intent": "x"},
)
# Which of those imposed: the last, or from the first on.
WHICH = st.sampled_from((-1, 0, 0, 1))
BOOKS = st.sampled_from((GOVERNMENT, PARTY))


class Discipline(RuleBasedStateMachine):
    """People judge and are judged; nobody keeps them from asking what they may not."""

    @initialize()
    def begin(self) -> None:
        self.court = Court()

    # What people do.

    @rule(days=st.sampled_from((1, 100, 300)))
    def time_passes(self, days: int) -> None:
        self.court.scenario.now += timedelta(days=days)

    @rule(
        rulebook=BOOKS,
        weights=st.lists(st.integers(0, 3), min_size=1, max_size=2),
        several=st.booleans(),
        old=st.booleans(),
    )
    def somebody_is_sanctioned(
        self, rulebook: str, weights: list[int], *, several: bool, old: bool
    ) -> None:
        """Take a case or two through all steps, on conduct nobody had heard of."""
        for weight in weights:
            case = self.court.begins("li", rulebook)
            conducts = (f"{case} a", f"{case} b")[: 2 if several else 1]
            begun = FIRST_DAY if old else self.court.today
            self.is_heard(case, conducts, begun, KINDS[rulebook][weight])

    @precondition(lambda self: self.imposed())
    @rule(nth=WHICH, weight=st.integers(0, 1))
    def the_same_is_heard_again(self, nth: int, weight: int) -> None:
        """Take another case through all its steps, on conduct sanctioned before."""
        known = self.chosen(nth)
        _, rulebook = self.court.cases[known.case]
        case = self.court.begins(known.person, rulebook)
        conducts = (known.determined[0].conduct,)
        kind = KINDS[rulebook][weight]
        self.is_heard(case, conducts, self.court.today, kind)

    @rule(rulebook=BOOKS, left_out=st.sampled_from(STEPS))
    def a_step_is_left_out(self, rulebook: str, left_out: str) -> None:
        case = self.court.begins("li", rulebook)
        self.court.opens("han", case, (case,), self.court.today)
        if left_out != "notice":
            self.court.serves(case, (case,))
        if left_out != "answer":
            self.court.waives(case)
        if left_out != "finding":
            self.court.finds("han", case, case, {})
        self.court.decides("han", case, "warning")

    @rule(
        person=st.sampled_from(("li", "zhang")),
        who=st.sampled_from(("li", "wang", "zhang")),
        rulebook=BOOKS,
    )
    def somebody_judges_who_may_not(self, person: str, who: str, rulebook: str) -> None:
        case = self.court.begins(person, rulebook)
        self.court.opens(who, case, (case,), self.court.today)
        self.court.serves(case, (case,))
        self.court.waives(case)
        self.court.finds(who, case, case, {})
        self.court.decides(who, case, "warning")

    @rule(rulebook=BOOKS, found=st.sampled_from(FOUND))
    def something_was_left_out_of_a_report(
        self, rulebook: str, found: dict[str, Any]
    ) -> None:
        case = self.court.begins("li", rulebook)
        self.court.opens("han", case, (case,), self.court.today)
        self.court.serves(case, (case,))
        self.court.waives(case)
        self.court.finds("han", case, case, found)
        self.court.decides("han", case, "warning")

    @precondition(lambda self: self.imposed())
    @rule(nth=WHICH, heavier=st.booleans())
    def a_panel_varies_a_sanction(self, nth: int, *, heavier: bool) -> None:
        fact = self.chosen(nth)
        kind = ORDER[fact.track][-1 if heavier else 0]
        grounds = ("circumstances",)
        self.court.appeals_to("mu", fact, "varied", kind=kind, grounds=grounds)

    @precondition(lambda self: self.imposed())
    @rule(nth=WHICH, outcome=st.sampled_from(("quashed", "quashed", "remitted")))
    def a_panel_undoes_a_sanction(self, nth: int, outcome: str) -> None:
        self.court.appeals_to("mu", self.chosen(nth), outcome, grounds=("procedure",))

    @precondition(lambda self: self.imposed())
    @rule(nth=WHICH, member=st.sampled_from(("han", "jia", "wang", "zhang")))
    def somebody_near_would_sit_on_a_panel(self, nth: int, member: str) -> None:
        self.court.appeals_to(member, self.chosen(nth), "upheld")

    @precondition(lambda self: self.imposed())
    @rule()
    def the_clock_releases(self) -> None:
        for fact in self.imposed():
            command = ReleaseSanction(sanction=fact.sanction)
            self.court.asks("scheduler", "scheduler", command)

    # What must hold, whatever happened.

    @invariant()
    def the_law_is_kept(self) -> None:
        if self.court.news():
            told_again(self.court.records)

    # What is known of it, and done more than once.

    def is_heard(
        self, case: str, conducts: tuple[str, ...], begun: date, kind: str
    ) -> None:
        self.court.opens("han", case, conducts, begun)
        self.court.serves(case, conducts)
        self.court.waives(case)
        for conduct in conducts:
            self.court.finds("han", case, conduct, {})
        self.court.decides("han", case, kind)

    def chosen(self, nth: int) -> SanctionImposed:
        """Return the sanction imposed last, or the first, or the one after it."""
        known = self.imposed()
        return known[nth % len(known)]

    def imposed(self) -> list[SanctionImposed]:
        return list(of(self.court.records, SanctionImposed))
