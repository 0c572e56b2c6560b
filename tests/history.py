"""Histories made of facts, straight into the log, for what is built from it alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from psycopg import Connection

from domain.disclosure import DisclosureFiled, disclosure_stream
from domain.leaf import draft_of
from domain.obligation import (
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    obligation_stream,
)
from domain.person import (
    CoveredPersonRegistered,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    person_stream,
)
from domain.record import Actor, Citation, Fact, Recorded
from domain.rulebook import RulebookDrafted, RulebookPublished, regime_stream
from domain.sealing import seal_all
from domain.topics import encode
from domain.unit import UnitEstablished, UnitMoved, unit_stream
from domain.vault import Vault

OFFICE = Actor(id="office", role="clerk")
ORIGIN = "SELECT origin FROM log.head"
APPEND = """
SELECT log.append(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[], %b::uuid[],
                  %b::timestamptz[], %b::text[])
"""


def cite(rule: str, version: int = 1) -> Citation:
    return Citation(
        rulebook="house", version=version, rule=rule, legal_basis=("art 4",)
    )


@dataclass
class History:
    """What happened; the record at index n stands at position n + 1 of the log."""

    name: str = "history"
    now: datetime = datetime(2016, 1, 4, 9, tzinfo=UTC)
    records: list[Recorded[Any]] = field(default_factory=list)
    versions: dict[UUID, int] = field(default_factory=dict)
    subjects: dict[UUID, str] = field(default_factory=dict)
    written: int = 0
    garbled: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    vault: Vault | None = None  # seals what happens, where one is given
    years: dict[UUID, int] = field(default_factory=dict)

    def on(self, day: date) -> "History":
        """Let it be this day, nine o'clock (UTC), from here on."""
        self.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        return self

    def add(self, stream: UUID, fact: Fact, **envelope: Any) -> Recorded[Any]:
        """Let the fact happen in a stream; *envelope* is as in `Recorded`."""
        self.now += timedelta(seconds=1)
        self.versions[stream] = self.versions.get(stream, 0) + 1
        event_id = uuid5(NAMESPACE_OID, f"{self.name} {len(self.records)}")
        record = Recorded(
            event_id=event_id,
            originator_id=stream,
            originator_version=self.versions[stream],
            recorded_at=self.now,
            command_id=event_id,
            fact=fact,
            **{"actor": OFFICE, "subject": self.subjects.get(stream)} | envelope,
        )
        if self.vault:
            year = self.years.setdefault(stream, self.now.year)
            (record,), _ = seal_all([(record, year)], self.vault)
        self.records.append(record)
        return record

    def write(self, connection: Connection[Any], upto: int | None = None) -> "History":
        """Append what has not been written yet, up to a position where one is given."""
        news = iter(self.records[self.written : upto])
        (origin,) = connection.execute("SELECT origin FROM log.head").fetchone() or (
            "",
        )
        while chunk := list(islice(news, 1000)):
            columns = zip(*(self._columns(r, origin) for r in chunk), strict=True)
            connection.execute(APPEND, [list(column) for column in columns])
            self.written += len(chunk)
        return self

    def garble(self, **columns: Any) -> None:
        """Let the last event be stored with another topic or state."""
        self.garbled[self.records[-1].event_id] = columns

    def _columns(self, record: Recorded[Any], origin: str) -> Sequence[Any]:
        columns = {
            "stream": record.originator_id,
            "version": record.originator_version,
            "topic": record.fact.TOPIC,
            "state": encode(record),
            "event": record.event_id,
            "time": record.recorded_at,
        }
        stored = columns | self.garbled.get(record.event_id, {})
        stream, version, topic, state, _, time = stored.values()
        return *stored.values(), draft_of(origin, stream, version, topic, time, state)

    @property
    def position(self) -> int:
        return len(self.records)

    # What happens often.

    def law(
        self,
        handling: str = "",
        version: int = 1,
        begins: date = date(2015, 1, 1),
        more: str = "",
    ) -> None:
        """Let a version of the house rules be drafted and published."""
        text = (
            f'id = "house"\nversion = {version}\neffective_from = {begins}\n{more}\n'
            f'[labels]\nen = "House rules"\n[handling]\n{handling}'
        )
        stream = regime_stream("house")
        draft = RulebookDrafted(
            rulebook="house", version=version, text=text, drafted_by="S1"
        )
        self.add(stream, draft)
        self.add(stream, RulebookPublished(version=version, effective_from=begins))

    def unit(self, code: str, parent: str | None = None) -> None:
        fact = UnitEstablished(code=code, name=f"Unit {code}", parent=parent)
        self.add(unit_stream(code), fact)

    def move_unit(self, code: str, parent: str | None) -> None:
        self.add(unit_stream(code), UnitMoved(parent=parent))

    def person(self, number: str, name: str | None = None) -> UUID:
        stream = person_stream(number)
        self.subjects[stream] = number
        fact = CoveredPersonRegistered(number=number, name=name or f"Person {number}")
        self.add(stream, fact)
        return stream

    def post(self, number: str, unit: str, from_on: date, **more: Any) -> None:
        fields = {"post": "main", "title": "officer", **more}
        fact = PositionAssumed(unit=unit, from_on=from_on, **fields)
        self.add(person_stream(number), fact)

    def promote(self, number: str, unit: str, from_on: date, **more: Any) -> None:
        fields = {"post": "main", "title": "officer", **more}
        fact = PositionChanged(unit=unit, from_on=from_on, **fields)
        self.add(person_stream(number), fact)

    def vacate(self, number: str, on: date, post: str = "main") -> None:
        self.add(person_stream(number), PositionVacated(post=post, on=on))

    def oblige(self, number: str, key: str, due_on: date, **more: Any) -> UUID:
        fields: dict[str, Any] = {
            "category": "wedding",
            "cited": cite("wedding"),
            "trigger": "event_planned",
            "triggered_on": due_on - timedelta(days=20),
            **more,
        }
        rule = fields["cited"].rule
        stream = obligation_stream(number, "house", rule, key)
        self.subjects[stream] = number
        fact = ObligationRaised(person=number, key=key, due_on=due_on, **fields)
        self.add(stream, fact)
        return stream

    def fulfil(
        self, duty: UUID, disclosure: str, received_on: date, late: int = 0
    ) -> None:
        if late:
            fact: Fact = ObligationFulfilledLate(
                disclosure=disclosure, received_on=received_on, days_late=late
            )
        else:
            fact = ObligationFulfilled(disclosure=disclosure, received_on=received_on)
        self.add(duty, fact)

    def file(
        self, number: str, disclosure: str, received_on: date, **more: Any
    ) -> UUID:
        fields: dict[str, Any] = {
            "category": "wedding",
            "cited": cite("wedding"),
            "items": ({"venue": "Hall 4", "tables": 12},),
            "review_due_on": received_on + timedelta(days=30),
            **more,
        }
        stream = disclosure_stream(disclosure)
        self.subjects[stream] = number
        fact = DisclosureFiled(
            disclosure=disclosure, person=number, received_on=received_on, **fields
        )
        self.add(stream, fact)
        return stream
