"""What is counted: matters, each with what it counts as from a fact on."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from domain.record import Fact, Recorded, Value


class Matter(Value):
    """One thing that is counted.

    Attributes:
        part: which one, of those that one stream tells of; "" is the stream's own.
        standing: what it counts as.
        person: whose it is.
        day: the day under which it counts: its year, and the rank and unit held on it.
        category: what sort of thing it is.
        due_on: by when something is to be done about it.
        marked: it was found overdue, and may be so again.
    """

    part: str
    standing: str
    person: str
    day: date
    category: str
    due_on: date | None = None
    marked: bool = False


class Told(NamedTuple):
    """A fact, of whom it is, and the day on which it was recorded (UTC)."""

    fact: Any
    person: str
    day: date


Live = Mapping[str, Matter]
# From a fact, and the matters of its stream, to those of them that are others now.
Change = Callable[[Told, Live], Iterator[Matter]]
Changes = Mapping[type[Fact], Change]


def told(record: Recorded[Any]) -> Told:
    return Told(record.fact, record.subject or "", record.recorded_at.date())


def to(standing: str, part: str = "") -> Change:
    """Return the change of one matter, if it is known, to another standing."""

    def change(_: Told, live: Live) -> Iterator[Matter]:
        if part in live:
            yield replace(live[part], standing=standing)

    return change


def moved(live: Live, part: str, **news: Any) -> Iterator[Matter]:
    """Yield one matter, if it is known, with something else of it."""
    if part in live:
        yield replace(live[part], **news)
