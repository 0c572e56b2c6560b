"""The rows of the access log: what an event says of each person it was about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from domain.disclosure import disclosure_stream
from domain.record import Fact
from domain.records.break_glass import BreakGlassReviewed, BreakGlassUsed
from domain.records.reading import PersonalDataRead, usual_purpose
from projections.models.laws import Book
from projections.models.model import Event
from projections.models.ties import Ties

EMERGENCY = "emergency"
# Whoever reads a report in such a role has it to review; else it is unusual.
REVIEWERS = frozenset({"reviewer"})


def read(event: Event) -> dict[str, Any]:
    """Return what a row of a read says, whoever is concerned."""
    fact = event.fact
    return {
        "reader": fact.reader,
        "role": fact.role,
        "event": "read",
        "what": fact.what,
        "key": fact.key,
        "purpose": fact.purpose,
        "authority": fact.authority,
        "classes": fact.classes,
        "fields": fact.fields,
        "masked": fact.masked,
        "break_glass": fact.purpose == EMERGENCY,
        "disclosure": disclosure_stream(fact.key)
        if fact.what == "disclosure"
        else None,
    }


def broken(event: Event) -> dict[str, Any]:
    fact = event.fact
    return {
        **UNREAD,
        "reader": fact.actor,
        "role": event.record.actor.role,
        "event": "glass_broken",
        "key": str(fact.use),
        "purpose": EMERGENCY,
        "authority": str(fact.cited),
        "break_glass": True,
    }


def reviewed(event: Event) -> dict[str, Any]:
    actor = event.record.actor
    return {
        **UNREAD,
        "reader": actor.id,
        "role": actor.role,
        "event": "glass_reviewed",
        "key": str(event.fact.use),
        "purpose": usual_purpose(actor.role),
        "authority": "",
    }


UNREAD: Mapping[str, Any] = {
    "what": "file",
    "classes": (),
    "fields": (),
    "masked": True,
    "break_glass": False,
    "disclosure": None,
}
SHOWS: Mapping[type[Fact], Callable[[Event], dict[str, Any]]] = {
    PersonalDataRead: read,
    BreakGlassUsed: broken,
    BreakGlassReviewed: reviewed,
}


def concerned(event: Event) -> Sequence[str]:
    """Return each person once whom a read was about, in their order."""
    if isinstance(event.fact, PersonalDataRead):
        return tuple(dict.fromkeys(event.fact.persons))
    return (event.key,)


def of_each(
    event: Event, said: Mapping[str, Any], ties: Ties, book: Book
) -> Iterator[dict[str, Any]]:
    """Yield the row of each person whom an event is about."""
    reader, at = said["reader"], event.record.recorded_at
    stream = said["disclosure"]
    assigned = ties.reviewers.get(str(stream)) == reader
    shown_from = book.shown_from(said["role"], said["what"], at)
    for person in concerned(event):
        own = person == reader
        yield {
            **said,
            "position": event.position,
            "person": person,
            "at": at,
            "own": own,
            "reason": event.record.reason,
            "relative": not own and ties.related(reader, person),
            "superior": not own and ties.superior(reader, person, at.date()),
            "unassigned": bool(stream) and said["role"] in REVIEWERS and not assigned,
            "shown_from": shown_from,
            "event_id": event.record.event_id,
        }


def counted(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return how much each reader was shown of others on each day (UTC)."""
    seen: dict[tuple[str, Any], list[int]] = {}
    for row in rows:
        if row["event"] == "read" and not row["own"]:
            key = (row["reader"], row["at"].date())
            seen.setdefault(key, []).append(row["position"])
    return [
        {"reader": reader, "day": day, "reads": len({*places}), "persons": len(places)}
        for (reader, day), places in seen.items()
    ]
