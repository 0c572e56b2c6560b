"""Plays the script into a register: all of it, once, whatever interrupted it before."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from domain.casework import TOGETHER, Casework
from domain.receipt import Key, Request
from domain.view import Occasion
from domain.waiting import Waiting
from web.demo.calendar import CLOSES, OPENS, Year
from web.demo.duties import play_duties
from web.demo.opening import open_register
from web.demo.proceedings import play_proceedings
from web.demo.routine import play_routine
from web.demo.script import Script, Step
from web.demo.story import play_stories

Advance = Callable[[int], None]


def written(year: Year) -> tuple[Script, str]:
    """Return the script of the year, and the number of its late amendment."""
    script = Script(year)
    open_register(script)
    play_duties(script)
    amended = play_stories(script)
    play_routine(script)
    play_proceedings(script)
    script.steps.sort(key=attrgetter("day"))
    return script, amended


def play(casework: Casework, steps: Sequence[Step], advance: Advance) -> None:
    """Carry out every step at its time; what was carried out before is passed by."""
    waiting = list(timed(steps))
    for start in range(0, len(waiting), TOGETHER):
        batch = waiting[start : start + TOGETHER]
        casework.turn.acquire()
        casework.take_turn(batch)
        for one in batch:
            if isinstance(one.outcome, Exception):
                raise one.outcome
        advance(len(batch))


def timed(steps: Sequence[Step]) -> Iterator[Waiting]:
    """Yield the steps with the time of each, and the key under which it is done once.

    What is done on one day is spread over its office hours.
    """
    number = 0
    for day, those in groupby(steps, key=attrgetter("day")):
        todays = list(those)
        start = datetime.combine(day, time(OPENS), tzinfo=UTC)
        pause = timedelta(hours=CLOSES - OPENS) / len(todays)
        for nth, step in enumerate(todays):
            number += 1
            occasion = Occasion(by=step.by, at=start + nth * pause)
            request = Request(key=key(number), digest=b"demo")
            yield Waiting(step.command, occasion, request, None)


def key(number: int) -> Key:
    """Return the key under which the nth step (from 1) is carried out once."""
    return Key(actor="demo", key=f"demo-{number}")
