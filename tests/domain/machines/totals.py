"""Figures counted as the log grows, and counted again by a replay (I12, I13)."""

from collections import Counter
from itertools import count
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.figures.counting import FACTS, Count
from domain.figures.definitions import DECLARED
from domain.figures.reporting import FiguresReported
from domain.record import Recorded
from domain.sealing import open_all, seal_all
from tests.chance import PEOPLE, Chance
from tests.domain.machines.trial import demand
from tests.history import History
from tests.memory import MemoryVault
from tests.naive import Naive

Cells = Counter[tuple[int, str, str | None]]
Log = list[Recorded[Any]]


class Totals(RuleBasedStateMachine):
    """Reports and duties by chance, while some people's keys are destroyed."""

    @initialize(seed=st.integers(0, 10**6))
    def begin(self, seed: int) -> None:
        self.chance = Chance(Random(seed), History())  # noqa: S311  it guards nothing
        self.chance.begin()
        self.vault = MemoryVault()
        self.kept: Log = []
        self.growing = Count()

    @rule(steps=st.integers(1, 20))
    def people_report(self, steps: int) -> None:
        for _ in range(steps):
            self.chance.step()

    @rule(person=st.sampled_from(PEOPLE))
    def the_keys_of_somebody_are_destroyed(self, person: str) -> None:
        self.keep()
        self.vault.destroy(person)

    @rule()
    def a_statistic_is_asked_for(self) -> None:
        """Count on from where it was, and all of it again, and by the states alone."""
        self.keep()
        fresh = open_all(self.kept, self.vault)
        self.growing.take(events(fresh[self.growing.position :]), len(fresh))
        again, naive = counted(fresh), Naive(self.chance.history.records)
        for definition in DECLARED:
            now = cells(self.growing, definition.id)
            replayed = cells(again, definition.id)
            demand("I12", now == replayed, f"{definition.id}: {now}, not {replayed}")
            slow = naive.count(definition)
            demand("I12", now == slow, f"{definition.id}: {now}, not {slow}")

    @invariant()
    def i13_totals_survive_the_destruction_of_keys(self) -> None:
        if not hasattr(self, "kept"):
            return
        known = len(self.kept)
        after = counted(open_all(self.kept, self.vault))
        whole = counted(self.chance.history.records[:known])
        for definition in DECLARED:
            now, then = cells(after, definition.id), cells(whole, definition.id)
            demand("I13", now == then, f"{definition.id}: {now}, once {then}")

    def keep(self) -> None:
        """Store what has happened since, sealed with everybody's keys."""
        news = self.chance.history.records[len(self.kept) :]
        sealed, _ = seal_all([(r, r.recorded_at.year) for r in news], self.vault)
        self.kept += sealed


def events(records: Log) -> list[tuple[int, Recorded[Any]]]:
    numbered = zip(count(1), records, strict=False)
    return [(n, record) for n, record in numbered if type(record.fact) in FACTS]


def counted(records: Log) -> Count:
    whole = Count()
    whole.take(events(records), len(records))
    return whole


def cells(counter: Count, definition: str) -> Cells:
    figure = FiguresReported(
        report="R",
        definition=definition,
        position=counter.position,
        as_of=None,
        cells=(),
        total=0,
        to="T",
    )
    found: Cells = Counter()
    for cell in counter.cells(figure):
        found[cell.year, cell.category, cell.rank] += cell.count
    return found
