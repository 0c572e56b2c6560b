"""The access log and retention computed the slow way, by the domain's own states."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.disclosure import Disclosure, disclosure_stream
from domain.person import CoveredPerson, person_stream
from domain.record import Fact, Recorded
from domain.records.break_glass import BreakGlassReviewed, BreakGlassUsed
from domain.records.custody import (
    LegalHoldPlaced,
    LegalHoldReleased,
    SubjectKeyDestroyed,
)
from domain.records.exclusion import Exclusions, shut_out
from domain.records.reading import PersonalDataRead
from domain.regime.calendar import shift
from domain.rulebook import Regime
from domain.unit import Unit
from tests.naive import Naive

# What is told to those whom it concerns, and not by who reads of it.
SECRET = ("case", "draw", "evidence", "history", "hold", "verification")
Row = tuple[Any, ...]
Key = tuple[str, str | None, int]


@dataclass
class Register:
    """What the records so far add up to."""

    people: dict[str, CoveredPerson] = field(default_factory=dict)
    units: dict[UUID, Unit] = field(default_factory=dict)
    reports: dict[UUID, Disclosure] = field(default_factory=dict)
    regime: Regime = field(default_factory=Regime)

    def fold(self, record: Recorded[Any]) -> None:
        stream, subject = record.originator_id, record.subject or ""
        match record.fact.TOPIC.partition(".")[0]:
            case "person":
                known = self.people.get(subject, CoveredPerson())
                self.people[subject] = known.evolve(record.fact)
            case "unit":
                self.units[stream] = self.units.get(stream, Unit()).evolve(record.fact)
            case "disclosure":
                report = self.reports.get(stream, Disclosure())
                self.reports[stream] = report.evolve(record.fact)
            case "rulebook":
                self.regime = self.regime.evolve(record.fact)

    def heads(self, number: str, day: date) -> set[str]:
        """Return the heads of the units of somebody, and of those above."""
        units = {unit.code: unit for unit in self.units.values()}
        posts = self.people.get(number, CoveredPerson()).posts
        codes = [post.unit for post in posts if post.holds(day)]
        found: set[str] = set()
        while codes:
            unit = units.get(codes.pop(), Unit())
            found |= {unit.head} - {None}  # type: ignore[arg-type]
            codes += [unit.parent] if unit.parent else []
        return found

    def related(self, one: str, other: str) -> bool:
        return any(
            relative.number == b
            for a, b in ((one, other), (other, one))
            for relative in self.people.get(a, CoveredPerson()).relatives
        )

    def shown_from(self, role: str, what: str, at: datetime) -> datetime:
        book = self.regime.in_force(at.date())
        if book is None or book.handling.delayed_by is None:
            return at
        if role not in book.handling.delayed_readers and what not in SECRET:
            return at
        later = shift(at.date(), book.handling.delayed_by, book.calendar)
        return at + (later - at.date())


def accesses(records: Sequence[Recorded[Any]]) -> Iterator[Row]:
    """Yield position, person, reader, the three ties, and from when on it is shown."""
    register = Register()
    for position, record in enumerate(records, start=1):
        register.fold(record)
        at = record.recorded_at
        for reader, role, what, person in shown(record):
            other = person != reader
            yield (
                position,
                person,
                reader,
                other and register.related(reader, person),
                other and person in register.heads(reader, at.date()),
                unassigned(register, record.fact),
                register.shown_from(role, what, at),
            )


def shown(record: Recorded[Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield who was shown, in which role, what, of whom."""
    match record.fact:
        case PersonalDataRead(reader=reader, role=role, what=what, persons=persons):
            yield from ((reader, role, what, person) for person in persons)
        case BreakGlassUsed(actor=reader, person=person):
            yield reader, record.actor.role, "file", person
        case BreakGlassReviewed():
            yield record.actor.id, record.actor.role, "file", record.subject or ""


def unassigned(register: Register, fact: Fact) -> bool:
    match fact:
        case PersonalDataRead(what="disclosure", role="reviewer", key=key):
            report = register.reports.get(disclosure_stream(key), Disclosure())
            return report.reviewer != fact.reader
    return False


def volumes(records: Sequence[Recorded[Any]]) -> Counter[tuple[str, date]]:
    """Return of how many others each reader was shown data on each day."""
    return Counter(
        (record.fact.reader, record.recorded_at.astimezone(UTC).date())
        for record in records
        if isinstance(record.fact, PersonalDataRead)
        for person in record.fact.persons
        if person != record.fact.reader
    )


def excluded(records: Sequence[Recorded[Any]], reader: str, day: date) -> set[UUID]:
    """Return the disclosures that a reader may not know of."""
    register, kept = Register(), dict[UUID, Exclusions]()
    for record in records:
        register.fold(record)
        stream = record.originator_id
        kept[stream] = kept.get(stream, Exclusions()).evolve(record.fact)
    mine = register.heads(reader, day)
    return {
        stream
        for stream, exclusions in kept.items()
        for superior in exclusions.excluded
        if reader != exclusions.person
        and shut_out(reader, mine, superior, register.heads(superior, day))
    }


def begins(record: Recorded[Any]) -> bool:
    """Return whether with it begins a stream in which something may be sealed."""
    kind = record.fact.TOPIC
    asks = kind in ("records.access-requested", "records.correction-requested")
    matter = kind.partition(".")[0] in ("approval", "disclosure", "obligation")
    return record.originator_version == 1 and (asks or matter)


@dataclass
class Retention:
    """What is kept of years that are over, and of those who have left."""

    naive: Naive

    def rows(self, today: date) -> Iterator[Row]:
        """Yield person, relative, year, from when on, until when, and whether held."""
        for key in sorted(self.keys(), key=repr):
            person, relative, year = key
            start = self.start(person, relative, year)
            if start and start <= today and not self.destroyed(key, start):
                due_on = self.due_on(year, start, today)
                yield (person, relative, year, start, due_on, self.held(person))

    def keys(self) -> set[Key]:
        standing = {(person, None, 0) for person, _, _ in self.places}
        return {*self.places, *standing}

    @cached_property
    def places(self) -> dict[Key, int]:
        """Where in the log the first of each thing began that is kept."""
        found: dict[Key, int] = {}
        for nth, record in enumerate(self.naive.records):
            if begins(record):
                relative = record.fact.relative_concerned or ""
                key = (record.subject or "", relative, record.recorded_at.year)
                found.setdefault(key, nth)
        return found

    def start(self, person: str, relative: str | None, year: int) -> date | None:
        if not year:
            return self.left_on(self.naive.person(person))
        begun = {
            r.originator_id: (r.fact.relative_concerned or "", r.recorded_at.year)
            for r in self.naive.records
            if r.originator_version == 1 and r.subject == person
        }
        amended = [
            r.fact.received_on
            for r in self.naive.records
            if r.fact.TOPIC == "disclosure.amended"
            and r.subject == person
            and r.fact.relative_concerned == (relative or None)
            and begun[r.originator_id][1] == year
        ]
        found: date = max([date(year + 1, 1, 1), *amended])
        return found

    def left_on(self, person: CoveredPerson) -> date | None:
        if person.status_on(date.max) == "serving":
            return None
        ends = (person.retired_on, person.left_on, *(p.to_on for p in person.posts))
        return max(day for day in ends if day)

    def destroyed(self, key: Key, start: date) -> bool:
        """Return whether it was destroyed after it had begun, and after its start."""
        began = self.began(key)
        person, relative, year = key
        return any(
            fact.person == person
            and fact.relative in (None, relative)
            and fact.year in (None, year)
            and fact.on >= start
            and position > began
            for position, record in enumerate(self.naive.records)
            if isinstance(fact := record.fact, SubjectKeyDestroyed)
        )

    def began(self, key: Key) -> int:
        if key in self.places:
            return self.places[key]
        streams = [record.originator_id for record in self.naive.records]
        return streams.index(person_stream(key[0]))

    def due_on(self, year: int, start: date, today: date) -> date | None:
        regime = Register()
        for record in self.naive.records:
            regime.fold(record)
        book = regime.regime.in_force(today)
        if book is None:
            return None
        handling = book.handling
        span = handling.retention if year else handling.retention_after_departure
        return shift(start, span, book.calendar) if span else None

    def held(self, person: str) -> bool:
        holds: set[str] = set()
        for record in self.naive.records:
            if record.subject == person:
                match record.fact:
                    case LegalHoldPlaced(hold=hold):
                        holds.add(hold)
                    case LegalHoldReleased(hold=hold):
                        holds.discard(hold)
        return bool(holds)
