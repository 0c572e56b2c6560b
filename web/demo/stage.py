"""Finds out what of the demonstration a register holds, and what is to be played."""

from datetime import timedelta
from typing import NamedTuple

from domain.casework import Casework
from domain.errors import WrongStage
from domain.filing import FileDisclosure
from domain.unit import Unit, unit_stream
from web.demo.calendar import LENGTH, Year
from web.demo.cast import TOP, UNITS
from web.demo.play import key, written
from web.demo.script import HR, Script

ALONE = "the demonstration needs a register of its own"
ELSEWHERE = "name an empty one in DATABASE_URL, or another directory in PROBITY_HOME"


class Story(NamedTuple):
    """What is on the stage: the script that was played, and what to look at first."""

    script: Script
    amended: str
    played: bool

    @property
    def amender(self) -> str:
        """Return whose report was amended late."""
        filed = (step.command for step in self.script.steps)
        return next(
            command.person
            for command in filed
            if isinstance(command, FileDisclosure)
            and command.disclosure == self.amended
        )


def find(casework: Casework, now: Year) -> Story:
    """Return what is to be played, and whether that was done.

    Args:
        casework: the door of the register.
        now: the year to play, if none was begun yet.

    Raises:
        WrongStage: the register holds other data.
    """
    script, amended = written(begun(casework) or now)
    return Story(script, amended, played=finished(casework, script))


def begun(casework: Casework) -> Year | None:
    """Return the year that the register holds; None if it holds nothing at all."""
    if not casework.recorder.max_notification_id():
        return None
    unit = casework.look(Unit(), unit_stream(TOP))
    history = casework.history(unit_stream(TOP))
    if unit.name != UNITS[0][1] or history[0].actor != HR:
        raise WrongStage(f"this register holds other data: {ELSEWHERE}", rule=ALONE)
    first = history[0].recorded_at.date()
    return Year(first=first, today=first + timedelta(days=LENGTH))


def finished(casework: Casework, script: Script) -> bool:
    """Return whether all of the script was played.

    The keys of the steps tell, until they are forgotten with other old answers; then
    the last report tells.
    """
    first, last = key(1), key(len(script.steps))
    answered = casework.kept.recall([first, last])
    if last in answered or first in answered:
        return last in answered
    reports = [
        step.command.stream
        for step in script.steps
        if isinstance(step.command, FileDisclosure)
    ]
    if casework.history(reports[-1]):
        return True
    if casework.recorder.max_notification_id():
        raise WrongStage(f"an old attempt was left half-way: {ELSEWHERE}", rule=ALONE)
    return False
