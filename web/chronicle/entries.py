"""The entries of a history: facts in their order, with causes and differences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from domain.record import Actor, Fact, Recorded, Text
from domain.record import Citation as Cited
from web.answers.answer import Answer, Citation, cited, taken
from web.answers.events import Who
from web.chronicle.differences import Difference, differences, nested
from web.chronicle.kinds import KINDS, Placed, Thread
from web.chronicle.wanted import ALL, Wanted


class ChronicleChange(Answer):
    """A field of the state, before and after.

    `said`: it became what the event itself says, which is not repeated here.
    """

    field: str
    before: Any
    after: Any
    said: bool


class ChronicleEntry(Answer):
    """One event of a history.

    Attributes:
        position: its place in the log.
        kind, key: of what it is an event: a case, a disclosure, ...; `version` is the
            number it has among those, `stream` under what the log has them.
        topic, fact: what happened, as the log has it.
        recorded_at: the server's time; `occurred_on` the day that somebody claims.
        cited: the rule it cites, or that the thing had last come under.
        changes: what is different since.
        causation_id, correlation_id: the event that led to it, and the first of them.
        because_of: the position of that event, if it is told of here.
        led_to: the positions of those to which it led, of which it is told here.
    """

    position: int
    event_id: UUID
    kind: str
    key: str
    stream: UUID
    version: int
    topic: str
    recorded_at: datetime
    occurred_on: date | None
    actor: Who
    cited: Citation | None
    reason: Text | None
    fact: Mapping[str, Any]
    changes: Sequence[ChronicleChange]
    command_id: UUID
    causation_id: UUID | None
    correlation_id: UUID | None
    because_of: int | None
    led_to: Sequence[int]


class Step(msgspec.Struct, frozen=True):
    """An event with what only those before it tell: its rule, and its difference."""

    thread: Thread
    placed: Placed
    cited: Cited | None
    changed: Sequence[Difference]

    @property
    def record(self) -> Recorded[Any]:
        return self.placed[1]


def entries(threads: Iterable[Thread], wanted: Wanted = ALL) -> list[ChronicleEntry]:
    """Return the events of the threads in the order of the log, as far as wanted.

    Every event of a thread must be there, else the differences are not those that it
    made. What is sealed may be sealed.
    """
    steps = [
        step
        for thread in threads
        for step in walk(thread)
        if thread.shows(step.record.fact) and wanted.holds(step.record, step.cited)
    ]
    steps.sort(key=lambda step: step.placed[0])
    places = {step.record.event_id: step.placed[0] for step in steps}
    effects = led_to(steps, places)
    return [entry(step, places, effects) for step in steps]


def walk(thread: Thread) -> Iterator[Step]:
    """Yield each event of a thread with the rule and the difference that it made."""
    state: Any = KINDS[thread.kind].blank
    rule: Cited | None = None
    for placed in thread.events:
        fact = placed[1].fact
        rule, after = cited_by(fact) or rule, state.evolve(fact)
        changed = differences(state, after) if thread.differs else ()
        yield Step(thread, placed, rule, tuple(changed))
        state = after


def cited_by(fact: Fact) -> Cited | None:
    """Return the rule that a fact cites; of several, the first."""
    for name in ("cited", "terms"):
        found = getattr(fact, name, None)
        found = found[0] if isinstance(found, tuple) and found else found
        found = getattr(found, "cited", found)
        if isinstance(found, Cited):
            return found
    return None


def led_to(steps: Iterable[Step], places: Mapping[UUID, int]) -> dict[UUID, list[int]]:
    """Return which events each of them led to, by their positions."""
    found: dict[UUID, list[int]] = {}
    for step in steps:
        cause = step.record.causation_id
        if cause is not None and cause in places:
            found.setdefault(cause, []).append(step.placed[0])
    return found


def entry(
    step: Step, places: Mapping[UUID, int], effects: Mapping[UUID, Sequence[int]]
) -> ChronicleEntry:
    position, record = step.placed
    cause = record.causation_id
    return ChronicleEntry(
        position=position,
        event_id=record.event_id,
        kind=step.thread.kind,
        key=step.thread.key,
        stream=record.originator_id,
        version=record.originator_version,
        topic=record.fact.TOPIC,
        recorded_at=record.recorded_at,
        occurred_on=record.occurred_on,
        actor=who(record.actor),
        cited=shown(step.cited) if step.cited else None,
        reason=record.reason,
        fact=msgspec.to_builtins(record.fact),
        changes=[change(found, record.fact) for found in step.changed],
        command_id=record.command_id,
        causation_id=cause,
        correlation_id=record.correlation_id,
        because_of=places.get(cause) if cause else None,
        led_to=effects.get(record.event_id, ()),
    )


@lru_cache(4096)
def who(actor: Actor) -> Who:
    found: Who = taken(Who, actor)
    return found


@lru_cache(4096)
def shown(citation: Cited) -> Citation:
    return cited(citation)


def change(found: Difference, fact: Fact) -> ChronicleChange:
    """Return a difference as it is shown; what the fact says is not said twice."""
    said = found.before is None and says(fact, found.after)
    return ChronicleChange(
        field=found.field,
        before=msgspec.to_builtins(found.before),
        after=None if said else msgspec.to_builtins(found.after),
        said=said,
    )


def says(fact: Fact, value: Any) -> bool:
    """Return whether a value is the fact, or one of more than one word within it."""
    if value is fact:
        return True
    if not (nested(value) or isinstance(value, tuple | Mapping)):
        return False
    return any(value is part for part in parts(fact))


def parts(fact: Fact) -> Iterator[Any]:
    """Yield the values of a fact's fields, and those that are listed in them."""
    for name in fact.__struct_fields__:
        held = getattr(fact, name)
        yield held
        if isinstance(held, tuple):
            yield from held
