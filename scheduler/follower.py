"""Follows the log, event by event: what an event leads to is done, and done once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
import structlog

from domain.errors import UnreadableEvent
from domain.person import person_stream
from domain.record import Command, Recorded
from domain.records.custody import SubjectKeyDestroyed
from domain.vault import KeyName, Vault
from projections import outbox, runs
from projections.outbox import Letter
from projections.runs import Cursor, Sweep
from projections.vault.destruction import destroy
from projections.work import FOLLOWER
from scheduler.office import Asked, Office
from scheduler.reactions import REACTIONS, react
from scheduler.world import World

log = structlog.get_logger()

BATCH = 500


@dataclass
class Consequences:
    """What a batch of events leads to; `known` are the rulebooks after the batch."""

    known: list[str]
    asked: list[Asked] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)
    destroyed: list[SubjectKeyDestroyed] = field(default_factory=list)

    def add(self, event: Recorded[Any], world: World, position: int) -> None:
        for deed in list(react(event, world)):
            match deed:
                case Command():
                    self.asked.append(Asked(deed, event, position))
                case Letter():
                    self.letters.append(deed)
                case SubjectKeyDestroyed():
                    self.destroyed.append(deed)
                case _:
                    self.sweeps.append(deed)

    def act(self, office: Office, now: datetime) -> None:
        """Destroy the keys, carry out the commands: to do it again does no harm."""
        for fact in self.destroyed:
            with office.connection() as connection:
                gone = destroy(connection, fact.person, fact.relative, fact.year)
            log.info("keys destroyed", person=fact.person, keys=gone)
        office.carry_out(self.asked, job=FOLLOWER, now=now)

    def keep(
        self, connection: psycopg.Connection[Any], vault: Vault, now: datetime
    ) -> None:
        """Keep what is to be done later, in the transaction of the caller."""
        outbox.write(connection, vault, self.letters, now)
        for fact in self.destroyed:
            if fact.destroys(KeyName(fact.person)):
                outbox.give_up(connection, fact.person)
        for sweep in self.sweeps:
            runs.open_sweep(connection, sweep, now)
        for rulebook in self.known:
            runs.add_rulebook(connection, rulebook, now)


def follow(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """React to all events that the log holds beyond our place, in batches.

    An event is met at least once and its commands are idempotent; the letters and the
    sweeps that it leads to are kept in the transaction that moves our place. Another
    process that follows too does no harm: one of the two moves on.
    """
    del cursor  # our place is in the database, under our name
    moved: int | None = 0
    while moved is not None:
        moved = step(office, now)
        if moved is not None:
            yield {"position": moved}


def step(office: Office, now: datetime) -> int | None:
    """Deal with the next batch; return our place after it, None if nothing was left."""
    with office.connection() as connection:
        old = runs.position(connection, FOLLOWER)
        known = runs.rulebooks(connection)
    notifications = office.casework.recorder.select_notifications(
        old, BATCH, inclusive_of_start=False
    )
    if not notifications:
        return None
    following = consequences(office, notifications, known, now)
    following.act(office, now)
    new = notifications[-1].id
    with office.connection() as connection, connection.transaction():
        if not runs.move_position(connection, FOLLOWER, old=old, new=new):
            return None
        following.keep(connection, office.casework.vault, now)
    return new


def react_again(office: Office, position: int, now: datetime) -> None:
    """React to one event that was met before; what was done then is not done again."""
    with office.connection() as connection:
        known = runs.rulebooks(connection)
    notifications = office.casework.recorder.select_notifications(position, 1)
    following = consequences(office, notifications, known, now)
    following.act(office, now)
    with office.connection() as connection, connection.transaction():
        following.keep(connection, office.casework.vault, now)


def consequences(
    office: Office, notifications: Sequence[Any], known: list[str], now: datetime
) -> Consequences:
    """Return what these events lead to; what cannot be read or judged is set aside."""
    following = Consequences(known)
    events = dict(readable(office, notifications, now))
    world = world_of(office, now, streams_of(events.values()), known)
    for position, event in events.items():
        try:
            following.add(event, world, position)
        except Exception as error:  # noqa: BLE001  one event must not stop the others
            set_aside(office, position, event.fact.TOPIC, error, now)
            # Something of the stream may have been read, and something not.
            world = world_of(office, now, (), known)
    return following


def readable(
    office: Office, notifications: Sequence[Any], now: datetime
) -> Iterator[tuple[int, Recorded[Any]]]:
    """Yield the events that can be read, by position; the others are set aside."""
    for notification in notifications:
        try:
            event: Any = office.casework.mapper.to_domain_event(notification)
        except UnreadableEvent as error:
            set_aside(office, notification.id, notification.topic, error, now)
        else:
            yield notification.id, event


def set_aside(
    office: Office, position: int, topic: str, error: Exception, now: datetime
) -> None:
    item = f"event at position {position}, topic {topic}"
    office.set_aside(FOLLOWER, item, error, now=now, position=position)


def streams_of(events: Iterable[Recorded[Any]]) -> Iterator[UUID]:
    """Yield the streams that reactions to these events will look at."""
    for event in events:
        if type(event.fact) in REACTIONS:
            yield event.originator_id
            if event.subject:
                yield person_stream(event.subject)


def world_of(
    office: Office, now: datetime, streams: Iterable[UUID], known: list[str]
) -> World:
    """Return the log as it is; the sweeps as they are when they are first asked for.

    Whatever sweep was opened before an event was recorded is thus seen from the event.
    """
    running: Callable[[date], Sequence[Sweep]] = cache(
        lambda since: _running(office, since)
    )
    return World(
        given=office.given(now, streams),
        now=now,
        rulebooks=known,
        running=running,
        settings=office.settings,
    )


def _running(office: Office, since: date) -> Sequence[Sweep]:
    with office.connection() as connection:
        return runs.running_sweeps(connection, since)
