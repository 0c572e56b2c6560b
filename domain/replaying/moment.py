"""The moment of a decision: its fact, and what was known when it was made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any, NamedTuple
from uuid import UUID

from domain.matter import local_day
from domain.record import Actor, Citation, Fact, Recorded, S
from domain.regime.types import Rule, Rulebook
from domain.replaying.past import Past
from domain.rulebook import Regime, regime_stream, rule_of


class Check(NamedTuple):
    """One field of a fact: what is stored, and what comes out under which rule."""

    field: str
    stored: Any
    recomputed: Any
    rule: str = ""


class Hidden(NamedTuple):
    """One field of a fact that cannot be computed again, and why."""

    field: str
    reason: str


SEALED = "it follows from answers that are sealed"
Part = Check | Hidden


@dataclass(frozen=True, slots=True)
class Moment:
    """A fact just before it was recorded; to what decides, it is what is `Given`."""

    record: Recorded[Any]
    past: Past

    @property
    def by(self) -> Actor:
        return self.record.actor

    @property
    def at(self) -> datetime:
        return self.record.recorded_at

    @property
    def fact(self) -> Any:
        return self.record.fact

    @property
    def stream(self) -> UUID:
        return self.record.originator_id

    def look(self, blank: S, stream: UUID) -> S:
        return self.past.look(blank, stream)

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        return self.past.history(stream)

    def own(self, blank: S) -> S:
        """Return the state of the fact's own stream before it."""
        return self.past.look(blank, self.stream)

    def regime(self, rulebook: str) -> Regime:
        return self.past.look(Regime(), regime_stream(rulebook))

    def book(self, cited: Citation) -> Rulebook:
        return self.regime(cited.rulebook).version(cited.version)

    def law(self, cited: Citation) -> tuple[Rulebook, Rule]:
        """Return the rulebook and the rule of a citation, as they read then."""
        book = self.book(cited)
        return book, rule_of(book, cited.rule)

    def day_in(self, book: Rulebook) -> date:
        return local_day(book, self.at)

    def before_in_command(self) -> Iterator[Recorded[Any]]:
        """Return what the same command recorded on this stream before, latest first."""
        mine = self.record.command_id
        latest = reversed(self.history(self.stream))
        return takewhile(lambda record: record.command_id == mine, latest)


Recompute = Callable[[Moment], Iterator[Part]]


def compared(
    stored: Fact, again: Fact, cited: Citation, *fields: str
) -> Iterator[Part]:
    """Yield a check of each of these fields of two facts of one kind."""
    rule = str(cited)
    for name in fields:
        yield Check(name, getattr(stored, name), getattr(again, name), rule)


def each(fact: Fact, rule: str, **again: Any) -> Iterator[Part]:
    """Yield a check of each of these fields against what comes out."""
    for name, value in again.items():
        yield Check(name, getattr(fact, name), value, rule)
