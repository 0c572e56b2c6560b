"""Who was in a population on a day, as the log had it at any position."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.casework import Casework
from domain.errors import Unknown
from domain.person import CoveredPersonRegistered, person_stream
from domain.record import Actor, Given, Recorded
from domain.verification.draw import Drawing, DrawSample, draw_stream, repeated
from domain.verification.facts import SampleDrawn
from domain.view import Occasion, View

TOGETHER = 5000  # people, whose streams are read at once
NOBODY = Actor(id="repetition", role="scheduler")
Advance = Callable[[int], None]


class Past:
    """The log as it was at a position: later events are not there."""

    def __init__(self, casework: Casework, position: int, at: datetime) -> None:
        """Look at the log up to, and with, a *position*, at that time."""
        self.casework, self.position = casework, position
        self.view = View(self.read)
        self.given = Occasion(by=NOBODY, at=at)
        self.given.begin(self.view)

    def read(self, streams: Collection[UUID]) -> Iterator[Recorded[Any]]:
        for event in self.casework.kept.select_streams(streams):
            if event.id <= self.position:
                yield self.casework.mapper.to_domain_event(event)  # type: ignore[misc]  # it makes records

    def numbers(self) -> Iterator[str]:
        """Yield the number of everybody who was registered, in that order."""
        start = 1
        while True:
            page = self.casework.recorder.select_notifications(
                start, TOGETHER, self.position, [CoveredPersonRegistered.TOPIC]
            )
            for event in page:
                record: Any = self.casework.mapper.to_domain_event(event)
                yield record.fact.number
            if len(page) < TOGETHER:
                return
            start = page[-1].id + 1

    def covered(self, drawing: Drawing, advance: Advance) -> Iterator[str]:
        """Yield everybody in the drawing's population; *advance* hears how many."""
        numbers = self.numbers()
        while some := list(islice(numbers, TOGETHER)):
            streams = list(map(person_stream, some))
            self.view.fetch(streams)
            yield from drawing.covered(self.given, some)
            for stream in streams:
                del self.view.streams[stream]
            advance(len(some))


def unheard(_: int) -> None:
    """Tell nobody how far it has come."""


def population(
    casework: Casework,
    asked: Callable[[Given], Drawing],
    at: datetime,
    advance: Advance = unheard,
) -> tuple[str, ...]:
    """Return everybody in a population as the log has it now.

    Args:
        casework: the door to the log.
        asked: says from whom is drawn, of what is given to a decision now.
        at: the server's time.
        advance: hears how many people more were looked at.
    """
    position = casework.recorder.max_notification_id() or 0
    past = Past(casework, position, at)
    return tuple(past.covered(asked(past.given), advance))


def found(casework: Casework, command: DrawSample, at: datetime) -> DrawSample:
    """Return the command with everybody from whom it asks to draw."""

    def asked(given: Given) -> Drawing:
        return Drawing.asked(given, command)

    return replace(command, persons=population(casework, asked, at))


def repeat(
    casework: Casework, draw: str, advance: Advance = unheard
) -> tuple[SampleDrawn, SampleDrawn]:
    """Return a draw as recorded, and as it comes out again.

    The population is that of the log as it was when the draw was recorded.

    Raises:
        Unknown: there is no such draw.
    """
    history = casework.history(draw_stream(draw))
    if not history:
        raise Unknown("draw", draw)
    record = history[0]
    position = casework.kept.position_of(record.event_id) or 0
    past = Past(casework, position, record.recorded_at)
    people = past.covered(Drawing.then(past.given, record.fact), advance)
    return record.fact, repeated(record.fact, people)
