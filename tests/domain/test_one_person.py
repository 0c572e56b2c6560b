"""One person's reports and duties in any order, held against a model in plain dicts.

Small by itself; PROBITY_SOAK=1 tries far more, in another order each time.
"""

import os
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from domain.amending import AmendDisclosure, WithdrawDisclosure
from domain.disclosure import Disclosure, disclosure_stream
from domain.duties import MarkOverdue, SendReminder, WaiveObligation
from domain.errors import Incomplete, Invalid, Unknown, WrongStage
from domain.obligation import Obligation, obligation_stream
from domain.record import Command
from domain.review import (
    AcceptCure,
    Certify,
    CloseUncertified,
    NoteDeficiency,
    WithdrawCertification,
)
from tests.domain.cast import INSTANT, V1, demand, police
from tests.domain.model import Items, Model
from tests.domain.papers import files, paper, wedding

SOAK = os.environ.get("PROBITY_SOAK") == "1"
COST = wedding()["cost"]
DAYS = st.integers(0, 20)
# How long after today an event lies, and whether its cost is said.
EVENTS = st.lists(
    st.tuples(st.integers(-10, 20), st.booleans()), min_size=1, max_size=2
)
Events = list[tuple[int, bool]]
Refusal = type[Exception] | None


def stream(key: str) -> UUID:
    return obligation_stream("shen", INSTANT, "wedding", key)


class OnePerson(RuleBasedStateMachine):
    """Shen, the office and the clock do what they can in any order."""

    reports = Bundle("reports")
    demands = Bundle("demands")

    @initialize()
    def begin(self) -> None:
        self.day = date(2016, 3, 1)
        self.scenario = police(V1).on(self.day)
        self.model = Model()
        self.originals: dict[str, Any] = {}

    # What people and the clock do, and what must come of it.

    @rule(days=DAYS)
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.scenario.on(self.day)

    @rule()
    def the_clock_strikes(self) -> None:
        for key in self.model.duties:
            self.machine(MarkOverdue(obligation=stream(key), today=self.day))
            self.machine(SendReminder(obligation=stream(key), planned_on=self.day))

    @rule(target=demands, ahead=DAYS)
    def a_duty_is_demanded(self, ahead: int) -> str:
        key, event = f"E-{len(self.model.duties)}", self.day + timedelta(days=ahead)
        dates, on = {"event_date": event}, event.isoformat()
        self.machine(demand(INSTANT, "wedding", on, key=key, anchors=dates))
        self.model.owe(key, event)
        return key

    @rule(target=reports, events=EVENTS, ago=st.none() | DAYS)
    def a_report_is_filed(self, events: Events, ago: int | None) -> str:
        number, items = self.next_number(), self.items(events)
        received = self.day - timedelta(days=ago or 0)
        on_screen = files("wedding", *items, disclosure=number)
        on_paper = paper("wedding", *items, disclosure=number, received_on=received)
        self.scenario.clerk("shen")
        self.ask(on_screen if ago is None else on_paper)
        self.filed(number, items)
        self.model.report(number, items, received, start=0)
        return number

    @rule(target=reports, key=demands)
    def a_demand_is_answered(self, key: str) -> Any:
        number, items = self.next_number(), self.items([(0, True)])
        answer = files("wedding", *items, disclosure=number, obligation=stream(key))
        settled = self.model.duties[key]["stage"] == "fulfilled"
        self.scenario.declarant("shen")
        self.ask(answer, WrongStage if settled else None)
        if settled:
            return multiple()
        self.filed(number, items)
        self.model.reports[number]["answers"] = key
        self.model.fulfil(key, number, self.day)
        return number

    @rule(number=reports, events=EVENTS)
    def a_report_is_amended(self, number: str, events: Events) -> None:
        report = self.model.reports[number]
        old: Items = report["items"]
        said = [item | {"cost": item["cost"] or COST} for item in old]
        new = (*said, *self.items(events)[: 2 - len(old)])
        refusal: Refusal = None
        if report["stage"] not in ("filed", "certified"):
            refusal = WrongStage
        elif len(new) > 1 and "answers" in report:
            refusal = Invalid
        self.scenario.declarant("shen")
        self.ask(AmendDisclosure(disclosure=number, items=new), refusal)
        if not refusal and new != old:
            self.model.amend(number, new)
            self.model.report(number, new, self.day, start=len(old))

    @rule(number=reports)
    def a_report_is_withdrawn(self, number: str) -> None:
        refusal = self.unless(number, "filed")
        self.scenario.declarant("shen")
        self.ask(WithdrawDisclosure(disclosure=number, reason="oh"), refusal)
        if not refusal:
            self.model.withdraw(number)

    @rule(number=reports)
    def a_reviewer_certifies(self, number: str) -> None:
        deficient = Incomplete if self.model.reports[number]["open"] else None
        refusal = self.unless(number, "filed") or deficient
        self.review(number, Certify(disclosure=number), refusal, "certified")

    @rule(number=reports)
    def a_certification_is_withdrawn(self, number: str) -> None:
        command = WithdrawCertification(disclosure=number, reason="oh")
        self.review(number, command, self.unless(number, "certified"), "filed")

    @rule(number=reports)
    def a_review_is_closed(self, number: str) -> None:
        command = CloseUncertified(disclosure=number, reason="enough")
        self.review(number, command, self.unless(number, "filed"), "closed")

    @rule(number=reports)
    def a_reviewer_asks(self, number: str) -> None:
        refusal = self.unless(number, "filed")
        asks = NoteDeficiency(disclosure=number, fields=("location",), text="where?")
        self.review(number, asks, refusal, "filed")
        if not refusal:
            self.model.note(number, set())

    @rule(number=reports, which=st.integers(1, 3))
    def a_reviewer_accepts(self, number: str, which: int) -> None:
        open_ones = self.model.reports[number]["open"]
        unknown = None if which in open_ones else Unknown
        refusal = self.unless(number, "filed") or unknown
        accept = AcceptCure(disclosure=number, number=which, reason="fine")
        self.review(number, accept, refusal, "filed")
        if not refusal:
            del open_ones[which]

    @rule(key=demands)
    def a_duty_is_waived(self, key: str) -> None:
        duty = self.model.duties[key]
        refusal = None if duty["stage"] == "open" else WrongStage
        self.scenario.reviewer()
        self.ask(WaiveObligation(obligation=stream(key), reason="mercy"), refusal)
        if not refusal:
            duty["stage"] = "waived"

    # What must hold, whatever happened.

    @invariant()
    def i11_the_original_never_changes(self) -> None:
        for number, original in self.originals.items():
            history = list(self.scenario.app.read([disclosure_stream(number)]))
            assert history[0] == original

    @invariant()
    def reports_are_at_the_stage_of_the_model_and_none_is_certified_deficient(
        self,
    ) -> None:
        for number, report in self.model.reports.items():
            state = self.scenario.state(Disclosure(), disclosure_stream(number))
            assert (state.stage, len(state.items)) == (
                report["stage"],
                len(report["items"]),
            )
            assert {d.number for d in state.deficiencies} == set(report["open"])
            assert not (state.stage == "certified" and state.deficiencies)

    @invariant()
    def i10_duties_are_open_or_late_as_in_the_model(self) -> None:
        for key, duty in self.model.duties.items():
            state = self.scenario.state(Obligation(), stream(key))
            assert (state.stage, state.fulfilled_by) == (duty["stage"], duty["by"])
            assert (state.stage == "fulfilled") == (state.fulfilled_by is not None)
            assert (state.due_on, state.days_late) == (duty["due"], duty["late"])

    # How it is asked.

    def next_number(self) -> str:
        return f"D-{len(self.model.reports)}"

    def items(self, events: Events) -> Items:
        days = [(self.day + timedelta(days=ahead)).isoformat() for ahead, _ in events]
        costs = [COST if said else None for _, said in events]
        pairs = zip(days, costs, strict=True)
        return tuple(wedding(event_date=day, cost=cost) for day, cost in pairs)

    def filed(self, number: str, items: Items) -> None:
        self.originals[number] = self.scenario.news[0]
        self.model.file(number, items)

    def unless(self, number: str, stage: str) -> Refusal:
        return None if self.model.reports[number]["stage"] == stage else WrongStage

    def review(
        self, number: str, command: Command[Any], refusal: Refusal, stage: str
    ) -> None:
        self.scenario.reviewer()
        self.ask(command, refusal)
        if not refusal:
            self.model.reports[number]["stage"] = stage

    def ask(self, command: Command[Any], refusal: Refusal = None) -> None:
        self.scenario.when(command)
        if refusal:
            self.scenario.then_refused(refusal)
        else:
            assert self.scenario.failure is None, self.scenario.failure

    def machine(self, command: Command[Any]) -> None:
        """Let a machine ask; asking again must record nothing."""
        self.scenario.by("scheduler", "machine").given(command)
        self.scenario.when(command).then_nothing()


OnePerson.TestCase.settings = settings(
    max_examples=1000 if SOAK else 30,
    stateful_step_count=50 if SOAK else 15,
    deadline=None,
    derandomize=not SOAK,
)
TestOnePerson = pytest.mark.soak(OnePerson.TestCase)
