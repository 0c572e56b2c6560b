"""The script: who does what when, written down before any of it is played."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from domain.filing import FileDisclosure
from domain.record import Actor, Command
from domain.regime.deadline import due_on
from domain.rulebook import rule_of
from web.demo.calendar import Year
from web.demo.cast import SEED, UNITS, Member, cast
from web.demo.law import EXTENDED, INSTANT, books

Answers = Mapping[str, Any]
STEWARDS = ("steward-1", "steward-2")
HR = Actor(id="hr-desk", role="hr")
CLERK = "registry-clerk"
ABOVE = {code: parent for code, _, parent, _, _ in UNITS}


class Step(NamedTuple):
    """One thing done: when, by whom, and what is asked of the register."""

    day: date
    by: Actor
    command: Command[Any]


class Script:
    """Collects what happens; what lies outside the year does not."""

    def __init__(self, year: Year) -> None:
        self.year, self.cast = year, cast()
        self.books = books(year)
        self.draw = Random(SEED)  # noqa: S311  a lot that must fall the same again
        self.steps: list[Step] = []
        self.reports = 0
        self.candidacies: list[str] = []
        self.heads = {m.unit: m.number for m in self.cast if m.nth == 0}
        self.reviewers = [m for m in self.cast if m.category and m.nth > 0]

    def add(self, day: date, by: Actor, command: Command[Any]) -> bool:
        """Have it done on that day; return whether that lies within the year."""
        if self.year.holds(day):
            self.steps.append(Step(day, by, command))
        return self.year.holds(day)

    def report(
        self,
        day: date,
        member: Member,
        rulebook: str,
        rule: str,
        *items: Answers,
        **said: Any,
    ) -> str | None:
        """Have the member file a report; return its number, if that is in the year."""
        self.reports += 1
        number = str(uuid5(NAMESPACE_URL, f"probity:demo/{self.reports}"))
        command = FileDisclosure(
            disclosure=number,
            person=member.number,
            rulebook=rulebook,
            rule=rule,
            items=items,
            **said,
        )
        return number if self.add(day, own(member), command) else None

    def bound(self, member: Member, day: date) -> bool:
        """Return whether instant reports bind the member on that day."""
        book = self.books[INSTANT, 1]
        senior = book.populations["senior"].rank_at_least or ""
        high = book.ranks[book.ranks.index(senior) :]
        return day >= self.year.day(EXTENDED) or member.rank in high

    def due(self, rule: str, day: date, anchor: str) -> date:
        """Return until when an instant report on an event of that day is in time."""
        version = 2 if day >= self.year.day(EXTENDED) else 1
        book = self.books[INSTANT, version]
        return due_on(rule_of(book, rule), book, {anchor: day})

    def reviewer(self, member: Member) -> Member | None:
        """Return one of the staff who may judge the member; None where nobody may."""
        able = [r for r in self.reviewers if self.may_judge(r, member)]
        return self.draw.choice(able) if able else None

    def may_judge(self, reviewer: Member, member: Member) -> bool:
        above = {self.heads[unit] for unit in chain(reviewer.unit)}
        return member.number not in (above | {reviewer.number})

    def later(self, day: date, least: int, most: int) -> date:
        """Return a day drawn from those so many days after *day*."""
        return day + timedelta(days=self.draw.randint(least, most))


def own(member: Member) -> Actor:
    return Actor(id=member.number, role="declarant")


def chain(unit: str | None) -> Sequence[str]:
    """Return the unit and those above it."""
    return () if unit is None else (unit, *chain(ABOVE[unit]))
