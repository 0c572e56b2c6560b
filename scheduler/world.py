"""What a reaction may look at, and what it may ask for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.duties import RaiseObligation
from domain.record import Command, Given
from domain.records.custody import SubjectKeyDestroyed
from domain.rulebook import Regime, regime_stream
from projections.outbox import Letter
from projections.runs import Sweep
from scheduler.openings import day_of
from scheduler.settings import Settings

EVERY_RULE = "*"
"""Stands for the rule in a sweep that tells people of a whole rulebook."""

Deed = Command[Any] | Letter | Sweep | SubjectKeyDestroyed
"""What follows from an event; of the last, that the keys it names are destroyed."""


@dataclass
class World:
    """What a reaction may look at.

    Attributes:
        given: the log as it is now.
        now: the time at which the reaction takes place.
        rulebooks: the rulebooks published before the event, one of `published` itself.
        running: returns the sweeps whose duty falls due on a day or later.
        settings: what the mails need.
    """

    given: Given
    now: datetime
    rulebooks: list[str]
    running: Callable[[date], Sequence[Sweep]]
    settings: Settings

    def regimes(self) -> Iterator[Regime]:
        return (self.regime(rulebook) for rulebook in self.rulebooks)

    def regime(self, rulebook: str) -> Regime:
        return self.given.look(Regime(), regime_stream(rulebook))

    def open_duties(self, at: datetime) -> Iterator[Sweep]:
        """Yield what everybody owes and was not yet due at that time."""
        for sweep in self.running(at.date() - timedelta(days=1)):
            regime = self.regime(sweep.rulebook)
            if sweep.rule != EVERY_RULE and sweep.due_on >= day_of(regime, at):
                yield sweep


def raising(sweep: Sweep, number: str, triggered_on: date) -> RaiseObligation:
    """Return the command that lays a duty for everybody on one person."""
    return RaiseObligation(
        person=number,
        rulebook=sweep.rulebook,
        rule=sweep.rule,
        key=sweep.key,
        triggered_on=triggered_on,
        anchors=sweep.anchors,
        year=sweep.year,
    )
