"""Where a replay is kept while it goes on, so that it goes on when it was stopped."""

import hashlib
import os
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

import msgspec

from domain.record import Value
from domain.replaying.replay import Outcome
from projections.postgres.address import home

FOLDER = "replays"
PROGRAM = version("probity")


class Question(Value):
    """What is replayed: events behind `since` of the log of this origin.

    Another version of the program begins anew.
    """

    origin: str
    since: int
    program: str = PROGRAM


class Kept(Value):
    """How far a replay has come: the event at `outcome.position` was its last.

    `upto` is where the log ended when it began, `event` the id of that last event, by
    which the log is known again.
    """

    question: Question
    upto: int
    outcome: Outcome
    event: UUID


def place(question: Question) -> Path:
    """Return the file in which a replay is kept."""
    name = hashlib.sha256(f"{question.origin} {question.since}".encode()).hexdigest()
    return home() / FOLDER / f"{name[:16]}.json"


def keep(kept: Kept) -> None:
    """Write it so that whoever is killed in between leaves what was there before."""
    file = place(kept.question)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    new.write_bytes(msgspec.json.encode(kept))
    new.replace(file)


def found(question: Question) -> Kept | None:
    """Return what was kept; nothing where it cannot be read."""
    try:
        kept = msgspec.json.decode(place(question).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    return kept if kept.question == question else None


def forget(question: Question) -> None:
    """Remove it: the replay is done."""
    place(question).unlink(missing_ok=True)
