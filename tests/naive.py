"""The read models computed the slow way: the log folded by the domain's own states."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from domain.approval import Approval
from domain.disclosure import Disclosure, DisclosureAmended, Filing
from domain.figures.definitions import Definition
from domain.obligation import (
    Obligation,
    ObligationBecameOverdue,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
)
from domain.person import CoveredPerson, Post, RelatedPersonDeclared, person_stream
from domain.record import Recorded
from domain.unit import Unit
from projections.models.calendar import Which
from projections.models.worklist import Which as Waiting

KINDS: dict[str, Callable[[], Any]] = {
    "obligation": Obligation,
    "disclosure": Disclosure,
    "approval": Approval,
    "person": CoveredPerson,
    "unit": Unit,
}
T = TypeVar("T")


def effective_on(record: Recorded[Any]) -> date:
    """Return the day from which on what the fact says holds."""
    fact, day = record.fact, record.occurred_on or record.recorded_at.date()
    match fact:
        case Filing() | DisclosureAmended():
            return fact.received_on
        case ObligationFulfilled() | ObligationFulfilledLate():
            return fact.received_on
        case ObligationRaised():
            return min(fact.triggered_on, day)
        case ObligationBecameOverdue():
            return fact.due_on + timedelta(days=1)
        case RelatedPersonDeclared():
            return record.occurred_on or date.min
    return day


@dataclass
class Naive:
    """What the first so many events of a log say; of a day, where one is given."""

    records: Sequence[Recorded[Any]]

    def at(self, position: int) -> "Naive":
        return Naive(self.records[:position])

    def on(self, day: date) -> "Naive":
        """Leave out what had not taken effect on that day."""
        return Naive([r for r in self.records if effective_on(r) <= day])

    @cached_property
    def states(self) -> dict[UUID, Any]:
        states: dict[UUID, Any] = {}
        for record in self.records:
            kind = record.fact.TOPIC.partition(".")[0]
            if kind not in KINDS:
                continue
            state = states.get(record.originator_id) or KINDS[kind]()
            states[record.originator_id] = state.evolve(record.fact)
        return states

    def of(self, kind: type[T]) -> Iterator[tuple[UUID, T]]:
        """Yield the streams of a kind that have begun."""
        for stream, state in self.states.items():
            if isinstance(state, kind) and state.subject:  # type: ignore[attr-defined]
                yield stream, state

    def person(self, number: str) -> CoveredPerson:
        found: CoveredPerson = self.states[person_stream(number)]
        return found

    def below(self, code: str) -> set[str]:
        units = [s for s in self.states.values() if isinstance(s, Unit)]
        found = {code}
        while more := {u.code for u in units if u.parent in found} - found:
            found |= more
        return found

    def overdue(self, today: date, which: Which) -> list[tuple[UUID, str, date]]:
        """Return stream, person and due date of what is open and past its due date."""
        latest = today - timedelta(days=which.late or 1)
        return [
            (stream, duty.person, duty.due_on)
            for stream, duty in self.of(Obligation)
            if duty.stage == "open"
            and duty.due_on <= latest
            and self.wanted(duty, today, which)
        ]

    def late(self, today: date, which: Which) -> list[tuple[UUID, str, date]]:
        return [
            (stream, duty.person, duty.due_on)
            for stream, duty in self.of(Obligation)
            if duty.stage == "fulfilled"
            and duty.days_late >= (which.late or 1)
            and self.wanted(duty, today, which)
        ]

    def wanted(self, duty: Obligation, today: date, which: Which) -> bool:
        if which.category not in (None, duty.category):
            return False
        return self.stands(duty.person, today, which.unit)

    def stands(self, number: str, today: date, unit: str | None) -> bool:
        """Return whether the person stands in the unit or one below it."""
        return unit is None or self.unit(number, today) in self.below(unit)

    def waiting(self, today: date, which: Waiting) -> list[UUID]:
        """Return the disclosures that await review, by the day it is due."""
        found = [
            (filing.review_due_on, stream)
            for stream, disclosure in self.of(Disclosure)
            if (filing := disclosure.filing)
            and disclosure.stage == "filed"
            and which.reviewer in (None, disclosure.reviewer)
            and (which.due_before is None or filing.review_due_on < which.due_before)
            and self.stands(filing.person, today, which.unit)
        ]
        return [stream for _, stream in sorted(found)]

    def count(self, definition: Definition) -> Counter[tuple[int, str, str | None]]:
        """Return how many count under a definition, by year, category and rank."""
        counts: Counter[tuple[int, str, str | None]] = Counter()
        for _, duty in self.of(Obligation):
            if standing(duty) in definition.standings:
                rank = self.rank(duty.person, duty.due_on)
                counts[duty.due_on.year, duty.category, rank] += 1
        for _, disclosure in self.of(Disclosure):
            filing = disclosure.filing
            if filing and f"disclosure.{disclosure.stage}" in definition.standings:
                rank = self.rank(filing.person, filing.received_on)
                counts[filing.received_on.year, filing.category, rank] += 1
        return counts

    def unit(self, number: str, day: date) -> str | None:
        """Return the unit under which matters of the person are listed on the day."""
        person = self.person(number)
        first = min(person.posts, key=lambda p: p.from_on, default=None)
        post = counted(person, day) or first
        return post.unit if post else None

    def rank(self, number: str, day: date) -> str | None:
        post = counted(self.person(number), day)
        return post.rank if post else None

    def facts(self, stream: UUID, *kinds: type) -> list[Any]:
        return [
            r.fact
            for r in self.records
            if r.originator_id == stream and isinstance(r.fact, kinds)
        ]


def counted(person: CoveredPerson, day: date) -> Post | None:
    """Return the post held on the day, or else the one held on the last day before."""
    starts = sorted({post.from_on for post in person.posts} | {day})
    ends = {post.to_on for post in person.posts if post.to_on}
    for then in sorted({*starts, *(end - timedelta(days=1) for end in ends)})[::-1]:
        if then <= day and person.post_on(then):
            return person.post_on(then)
    return None


def standing(duty: Obligation) -> str:
    """Return what an obligation counts as."""
    if duty.stage == "fulfilled" and duty.days_late:
        return "obligation.fulfilled_late"
    if duty.stage == "open" and duty.overdue:
        return "obligation.overdue"
    return f"obligation.{duty.stage}"
