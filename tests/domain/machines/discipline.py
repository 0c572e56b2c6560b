"""Cases, sanctions and appeals of two people on two tracks, in any order at all."""

from datetime import timedelta
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

CONDUCTS = ("the gift", "the trip")
STEPS = ("notice", "answer", "finding")
FOUND: tuple[dict[str, Any], ...] = (
    {"class_": "omission", "mental": "negligence"},
    {"class_": "concealment", "mental": "intent", "on_intent": "hidden"},
    {"class_": "concealment", "mental": "intent"},
    {"class_": "concealment", "mental": "negligence", "on_intent": "x"},
)
LATEST = st.integers(0, 2)
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
        weight=st.integers(0, 3),
        several=st.booleans(),
        again=st.sampled_from((False, False, True)),
        old=st.booleans(),
    )
    def somebody_is_sanctioned(
        self, rulebook: str, weight: int, *, several: bool, again: bool, old: bool
    ) -> None:
        """Take a case through all its steps; *again* on conduct that was heard of."""
        case = self.court.begins("li", rulebook)
        both = CONDUCTS if again else (f"{case} a", f"{case} b")
        conducts = both if several else both[:1]
        self.court.opens("han", case, conducts, FIRST_DAY if old else self.court.today)
        self.court.serves(case, conducts)
        self.court.waives(case)
        for conduct in conducts:
            self.court.finds("han", case, conduct, {})
        self.court.decides("han", case, KINDS[rulebook][weight])

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
    @rule(nth=LATEST, heavier=st.booleans())
    def a_panel_varies_a_sanction(self, nth: int, *, heavier: bool) -> None:
        fact = self.latest(nth)
        kind = ORDER[fact.track][-1 if heavier else 0]
        grounds = ("circumstances",)
        self.court.appeals_to("mu", fact, "varied", kind=kind, grounds=grounds)

    @precondition(lambda self: self.imposed())
    @rule(nth=LATEST, outcome=st.sampled_from(("quashed", "quashed", "remitted")))
    def a_panel_undoes_a_sanction(self, nth: int, outcome: str) -> None:
        self.court.appeals_to("mu", self.latest(nth), outcome, grounds=("procedure",))

    @precondition(lambda self: self.imposed())
    @rule(nth=LATEST, member=st.sampled_from(("han", "jia", "wang", "zhang")))
    def somebody_near_would_sit_on_a_panel(self, nth: int, member: str) -> None:
        self.court.appeals_to(member, self.latest(nth), "upheld")

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

    # What is known of it.

    def latest(self, nth: int) -> SanctionImposed:
        """Return the sanction imposed last, or the one so many before it."""
        known = self.imposed()
        return known[-1 - nth % len(known)]

    def imposed(self) -> list[SanctionImposed]:
        return list(of(self.court.records, SanctionImposed))
