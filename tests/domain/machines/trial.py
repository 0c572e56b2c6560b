"""How machines are tried: a few histories always the same ones, or very many."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from domain.errors import Invalid, Refused, Unknown
from domain.record import Command, Recorded
from domain.sealing import open_all
from tests.spec import Scenario

SOAK = os.environ.get("PROBITY_SOAK") == "1"
QUIET = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
NO = (Refused, Invalid, Unknown)


class Broken(AssertionError):
    """An invariant does not hold; `invariant` is its name, such as "I4"."""

    def __init__(self, invariant: str, why: str) -> None:
        super().__init__(f"{invariant}: {why}")
        self.invariant = invariant


def demand(invariant: str, holds: object, why: str) -> None:
    if not holds:
        raise Broken(invariant, why)


def tried(examples: int = 10, steps: int = 12) -> settings:
    """Return so many histories of so many steps, or as many as a soak wants."""
    return settings(
        QUIET,
        max_examples=2000 if SOAK else examples,
        stateful_step_count=50 if SOAK else steps,
        derandomize=not SOAK,
    )


def finds(
    machine: type[RuleBasedStateMachine], invariant: str, *, examples: int = 500
) -> None:
    """Demand that the machine finds what was broken, and says which invariant it is."""
    once = settings(
        QUIET,
        max_examples=examples,
        stateful_step_count=12,
        derandomize=True,
        phases=(Phase.generate,),
        report_multiple_bugs=False,
    )
    with pytest.raises(Broken) as found:
        run_state_machine_as_test(machine, settings=once)
    assert found.value.invariant == invariant


class Asking:
    """Asks a register for things; a refusal by the law is as good an answer as any."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.records: list[Recorded[Any]] = scenario.log()

    def asks(self, who: str, role: str, command: Command[Any], **more: Any) -> bool:
        """Return whether it was carried out; whatever else goes wrong is a fault."""
        self.scenario.by(who, role, **more)
        try:
            self.scenario.app.handle(
                command, by=self.scenario.who, at=self.scenario.now
            )
        except NO:
            return False
        return True

    def all_asked(self, who: str, role: str, *commands: Command[Any]) -> bool:
        done = [self.asks(who, role, command) for command in commands]
        return all(done)

    def news(self) -> list[Recorded[Any]]:
        """Return what has been recorded since this was asked for last, opened."""
        app, known = self.scenario.app, len(self.records)
        fresh = app.recorder.select_notifications(known + 1, limit=10**6)
        events = [app.mapper.to_domain_event(each) for each in fresh]
        found = open_all(events, app.vault)  # type: ignore[arg-type]  # they are records
        self.records.extend(found)
        return found
