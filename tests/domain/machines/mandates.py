"""Mandates for a time, and what whoever has one is let do, hour by hour (I15)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from domain import access
from domain.access import Target
from domain.mandate import Mandates, grants_of, mandates_stream
from domain.mandating import EndMandate, GiveMandate
from tests.domain.cast import police
from tests.domain.machines.trial import Asking, demand

ACTIONS = ("disclosure.read", "obligation.read", "case.read", "appeal.decide")
ROLES = ("campaign_team", "appeal_panel", "verifier")
HOURS = st.sampled_from((1, 5, 24, 100))
SHEN = Target(person="shen", units=("college", "department"))


class Given(NamedTuple):
    role: str
    begins_at: datetime
    until: datetime
    unit: str


class Mandated(RuleBasedStateMachine):
    """Wang is given mandates, some are ended, and Wang goes on asking for things."""

    @initialize()
    def begin(self) -> None:
        self.scenario = police().on("2024-05-01")
        self.register = Asking(self.scenario)
        self.given: dict[str, Given] = {}

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.scenario.now += timedelta(hours=hours)

    @rule(
        role=st.sampled_from(ROLES),
        hours=HOURS,
        later=st.sampled_from((0, 3)),
        unit=st.sampled_from(("college", "training")),
    )
    def a_mandate_is_given(self, role: str, hours: int, later: int, unit: str) -> None:
        name, begins = f"M-{len(self.given)}", self.now + timedelta(hours=later)
        until = self.now + timedelta(hours=hours)
        command = GiveMandate(
            actor="wang",
            mandate=name,
            role=role,
            begins_at=begins,
            until=until,
            basis="Order 4",
            unit=unit,
        )
        if self.register.asks("registry", "admin", command):
            self.given[name] = Given(role, begins, until, unit)

    @rule(nth=st.integers(0, 3))
    def a_mandate_is_ended(self, nth: int) -> None:
        name = f"M-{nth}"
        command = EndMandate(actor="wang", mandate=name, reason="it is done")
        if self.register.asks("registry", "admin", command):
            known = self.given[name]
            self.given[name] = known._replace(until=min(known.until, self.now))

    @rule(action=st.sampled_from(ACTIONS))
    def wang_asks(self, action: str) -> None:
        """Let Wang do it by any of the mandates, and tell by the clock whether so."""
        state = self.scenario.state(Mandates(), mandates_stream("wang"))
        held = grants_of(state, self.now)
        verdicts = [access.decide(g, action, SHEN, at=self.now) for g in held]
        allowed = any(verdict.allowed for verdict in verdicts)
        running = [
            g
            for g in self.given.values()
            if g.begins_at <= self.now < g.until
            and g.unit in SHEN.units
            and action in access.TABLE[g.role].rights
        ]
        why = f"{action} at {self.now} with {self.given}"
        demand("I15", allowed == bool(running), why)

    @property
    def now(self) -> datetime:
        return self.scenario.now
