"""Counts from the log alone, as a replay does: every fact once, up to a position."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from domain.figures.definitions import DEFINITIONS, Definition
from domain.figures.matters import Matter, told
from domain.figures.posts import post_then
from domain.figures.reporting import FiguresReported, ReportedCell, day_of
from domain.figures.standing import CHANGES
from domain.person import (
    CoveredPerson,
    CoveredPersonRegistered,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
)
from domain.record import Fact, Recorded

CAREER: frozenset[type[Fact]] = frozenset(
    {
        CoveredPersonRegistered,
        PositionAssumed,
        PositionChanged,
        PositionVacated,
    }
)
FACTS = frozenset(CHANGES) | CAREER


class Count:
    """All matters there are, and the posts of everybody, at a position of the log."""

    def __init__(self) -> None:
        self.position = 0
        self.matters: dict[UUID, dict[str, Matter]] = defaultdict(dict)
        self.people: dict[str, CoveredPerson] = defaultdict(CoveredPerson)

    def take(self, events: Iterable[tuple[int, Recorded[Any]]], upto: int) -> None:
        """Go on with all facts of `FACTS` that stand between here and a position."""
        for _, record in events:
            fact = record.fact
            if type(fact) in CAREER:
                number = record.subject or ""
                self.people[number] = self.people[number].evolve(fact)
            else:
                live = self.matters[record.originator_id]
                for matter in list(CHANGES[type(fact)](told(record), live)):
                    live[matter.part] = matter
        self.position = upto

    def cells(self, figure: FiguresReported) -> tuple[ReportedCell, ...]:
        """Return what a figure comes to, its cells in the order of their names."""
        definition = DEFINITIONS[figure.definition]
        today = day_of(figure)
        found: Counter[tuple[int, str, str, str]] = Counter()
        for live in self.matters.values():
            for matter in live.values():
                if counts(definition, matter, today):
                    found[self.cell(matter)] += 1
        return tuple(sorted_cells(wanted(found, figure)))

    def cell(self, matter: Matter) -> tuple[int, str, str, str]:
        """Return year, category, rank and unit; empty is none."""
        post = post_then(self.people[matter.person], matter.day)
        rank, unit = (post.rank, post.unit) if post else (None, None)
        return matter.day.year, matter.category, rank or "", unit or ""


def counts(definition: Definition, matter: Matter, today: date) -> bool:
    """Return whether a matter counts under a definition."""
    if matter.standing not in definition.standings:
        return False
    late = matter.due_on is not None and matter.due_on < today
    return late or not definition.overdue


def wanted(
    found: Counter[tuple[int, str, str, str]], figure: FiguresReported
) -> Counter[tuple[int, str, str, str]]:
    """Return the part of a count that a figure tells, by unit where it does."""
    kept: Counter[tuple[int, str, str, str]] = Counter()
    for (year, category, rank, unit), count in found.items():
        asked = (figure.year, figure.category, figure.unit)
        said = (year, category, unit)
        if all(a in (None, s) for a, s in zip(asked, said, strict=True)):
            kept[year, category, rank, unit if figure.by_unit else ""] += count
    return kept


def sorted_cells(
    found: Counter[tuple[int, str, str, str]],
) -> Iterable[ReportedCell]:
    for (year, category, rank, unit), count in sorted(found.items()):
        yield ReportedCell(
            year=year,
            category=category,
            count=count,
            rank=rank or None,
            unit=unit or None,
        )
