"""What happened, event by event, just as the log has it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.record import Recorded, Text
from web.answers.answer import Answer, taken
from web.matters import Matter


class Who(Answer):
    """Who acted, in which role, and for whom if not for themselves."""

    id: str
    role: str
    on_behalf_of: str | None


class Event(Answer):
    """One event, just as the log has it; `fact` is what happened, by `topic`."""

    version: int
    topic: str
    fact: Mapping[str, Any]
    recorded_at: datetime
    occurred_on: date | None
    actor: Who
    reason: Text | None
    event_id: UUID
    command_id: UUID
    causation_id: UUID | None
    correlation_id: UUID | None


class History(Answer):
    """Everything that happened to one thing, oldest first."""

    id: str
    version: int
    events: Sequence[Event]


def history(matter: Matter) -> History:
    """Show all that happened to it: who did what, when, and why."""
    return History(
        id=matter.id,
        version=matter.version,
        events=[event(record) for record in matter.history],
    )


def event(record: Recorded[Any]) -> Event:
    shown: Event = taken(
        Event,
        record,
        version=record.originator_version,
        topic=record.fact.TOPIC,
        fact=msgspec.to_builtins(record.fact),
        actor=taken(Who, record.actor),
    )
    return shown
