"""Replays for auditors: whether what was computed comes out the same once more."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import Response

from domain.disclosure import Filing
from domain.errors import Unknown
from projections.replaying.going import replay_one, replay_some
from projections.replaying.reading import Found, Reading
from web.answers.replays import Replayed, replayed
from web.auth import concerning, concerning_unit
from web.replies import shown
from web.resource import Resource
from web.schemas.queries import Reading as Asking
from web.schemas.replays import Stretch
from web.telling import reads
from web.wiring import desk

replays = Resource("replays", about="Decisions computed again from the log alone.")
RUN = "replay.run"


@replays.question("/replay", may=RUN, asks=Stretch, answer=Replayed)
def replay_stretch(query: dict[str, Any]) -> Response:
    """Compute again what was computed among some events of the log, under its rules."""
    concerning_unit(None)
    since = query["since"]
    with desk().reading() as connection:
        outcome = replay_some(connection, since, query["limit"])
    return shown(replayed(outcome, since=since), outcome.position)


@replays.question("/replay/<decision>", may=RUN, asks=Asking, answer=Replayed)
def replay_decision(query: dict[str, Any], decision: str) -> Response:  # noqa: ARG001  nothing is asked
    """Compute one decision again by its event's id, or all those of one stream."""
    reads("history", decision)
    with desk().reading() as connection:
        found = named(Reading(connection), decision)
        whose(found, decision)
        outcome = replay_one(connection, UUID(decision))
    return shown(replayed(outcome, since=found[0][0] - 1), found[-1][0])


def named(reading: Reading, decision: str) -> list[Found]:
    """Return the event, or all events of the stream, that the path names."""
    found: list[Found] = []
    with suppress(ValueError):
        found = reading.event(UUID(decision)) or reading.stream(UUID(decision))
    if not found:
        raise Unknown("decision", decision)
    return found


def whose(found: list[Found], decision: str) -> None:
    """Raise, as if there were none, where it is about somebody out of reach."""
    record = found[0][1]
    if record.subject is None:
        return
    fact = record.fact
    thing = ("disclosure", fact.disclosure) if isinstance(fact, Filing) else None
    try:
        concerning(record.subject, thing)
    except Unknown:
        raise Unknown("decision", decision) from None
