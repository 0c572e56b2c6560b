"""Replays of the log: of all of it, of a stretch, of one decision."""

import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.errors import Unknown
from domain.replaying.past import Past
from domain.replaying.replay import RECOMPUTE, Difference, Outcome, Replay
from domain.replaying.whatif import Supposing
from projections.replaying import keeping
from projections.replaying.keeping import Kept, Question
from projections.replaying.reading import Found, Reading, Unreadable

Progress = Callable[[int, int], None]
EVERY = 2.0  # seconds between two times that it is kept


def silent(done: int, total: int) -> None:
    """Tell nobody how far it is."""


def replay_all(
    connection: Connection[Any],
    *,
    since: int = 0,
    afresh: bool = False,
    every: float = EVERY,
    progress: Progress = silent,
) -> tuple[Outcome, int]:
    """Replay the log from behind a position to where it ends now.

    One that was stopped goes on where it was kept last, unless it is begun `afresh`: it
    reads again what the next decisions rest on, and so comes to the same.

    Args:
        connection: as a role that reads the log, in autocommit mode.
        since: the position behind which decisions are replayed.
        afresh: forget what was kept.
        every: the seconds after which it is kept.
        progress: is told how many events are done, and of how many.

    Returns:
        What came out, and the position after which this run went on.
    """
    reading = Reading(connection)
    origin, size = reading.head()
    question = Question(origin=origin, since=since)
    kept = None if afresh else resumable(reading, question)
    outcome = kept.outcome if kept else Outcome(position=since)
    upto = kept.upto if kept else size
    start, last = outcome.position, time.monotonic()
    replay = Replay(Past(reading, before=start + 1), outcome)
    progress(start - since, upto - since)
    for page in reading.pages(start, upto):
        take(replay, *page)
        if time.monotonic() - last >= every:
            keep(reading, question, outcome, upto)
            last = time.monotonic()
        progress(outcome.position - since, upto - since)
    keeping.forget(question)
    return outcome, start


def take(
    replay: Replay, end: int, events: Sequence[Found], unread: Sequence[Unreadable]
) -> None:
    """Go on with a page of the log, up to its end."""
    replay.take(events)
    replay.outcome.differences += [unreadable(one) for one in unread]
    replay.outcome.different += len(unread)
    replay.outcome.position = end


def suppose(
    connection: Connection[Any], text: str, *, progress: Progress = silent
) -> Outcome:
    """Replay the log as if a rulebook had been in force from the day it names.

    Raises:
        Invalid: the text is no rulebook.
    """
    reading = Reading(connection)
    _, size = reading.head()
    replay = Supposing(reading, text)
    for page in reading.pages(0, size):
        take(replay, *page)
        progress(page[0], size)
    return replay.outcome


def resumable(reading: Reading, question: Question) -> Kept | None:
    """Return what was kept, if it is of this log."""
    kept = keeping.found(question)
    if kept and reading.id_at(kept.outcome.position) == kept.event:
        return kept
    return None


def keep(reading: Reading, question: Question, outcome: Outcome, upto: int) -> None:
    event = reading.id_at(outcome.position)
    if event is not None:
        keeping.keep(Kept(question=question, upto=upto, outcome=outcome, event=event))


def replay_some(connection: Connection[Any], since: int, limit: int) -> Outcome:
    """Replay the decisions among so many events behind a position."""
    reading = Reading(connection)
    _, size = reading.head()
    replay = Replay(Past(reading, before=since + 1), Outcome(position=since))
    for page in reading.pages(since, min(since + limit, size)):
        take(replay, *page)
    return replay.outcome


def replay_one(connection: Connection[Any], decision: UUID) -> Outcome:
    """Replay one decision, by its event's id; or all those of one stream.

    Raises:
        Unknown: the log has neither an event nor a stream of this id, or nothing in it
            was computed.
    """
    reading = Reading(connection)
    found = reading.event(decision) or reading.stream(decision)
    outcome = Outcome()
    for event in found:
        if type(event[1].fact) in RECOMPUTE:
            outcome = added(outcome, reading, event)
    if not found:
        raise Unknown("event or stream", str(decision))
    return outcome


def added(outcome: Outcome, reading: Reading, event: Found) -> Outcome:
    position, record = event
    replay = Replay(Past(reading, before=position), outcome)
    replay.judge(position, record)
    outcome.position = position
    return outcome


def unreadable(event: Unreadable) -> Difference:
    """Return what is said of an event that nobody can read."""
    return Difference(
        position=event.position,
        event_id=event.event_id,
        stream=event.event_id,
        topic=event.topic,
        field="event",
        stored="unreadable",
        recomputed=event.error,
        rule="",
    )
