"""The words to say what a fact changes in a file, and from which day on."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec

from domain.record import Fact
from projections.models.model import Event
from projections.models.timeline import Content, Matter, Timeline, encode

Day = Callable[[Event], date | None]
Key = Callable[[Event], str]
Fold = Callable[[Timeline, Event, Matter], None]
Change = Callable[[Event, Content], Content]


class Step(NamedTuple):
    """What a fact does to one matter: to which, and what."""

    kind: str
    key: Key
    fold: Fold

    def matter(self, event: Event) -> Matter:
        return Matter(event.key, self.kind, self.key(event))


Steps = Mapping[type[Fact], tuple[Step, ...]]


def put(day: Day, data: Callable[[Event], bytes]) -> Fold:
    return lambda line, event, matter: line.put(event, matter, day(event), data(event))


def change(day: Day, how: Change) -> Fold:
    return lambda line, event, matter: line.change(
        event, matter, day(event), lambda data: how(event, data)
    )


def end(day: Day) -> Fold:
    return lambda line, event, matter: line.end(event, matter, day(event))


# Of which matter, and from when.


def one(_: Event) -> str:
    """Name a matter of which a file has one."""
    return ""


def stream(event: Event) -> str:
    return event.stream


def named(field: str) -> Key:
    return lambda event: str(getattr(event.fact, field))


def always(_: Event) -> None:
    return None


def day(event: Event) -> date:
    return event.day


def on(field: str) -> Day:
    def that_day(event: Event) -> date | None:
        found: date | None = getattr(event.fact, field)
        return found

    return that_day


def after(field: str) -> Day:
    def next_day(event: Event) -> date:
        found: date = getattr(event.fact, field)
        return found + timedelta(days=1)

    return next_day


# What is said, as JSON.


def content(event: Event, **more: Any) -> bytes:
    """Return what the fact says, but for what is left at its default, and *more*."""
    said = encode(event.fact)
    if not more:
        return said
    comma = b"," if len(said) > len(b"{}") else b""
    return said[:-1] + comma + encode(more)[1:]


def setting(**fields: Any) -> Change:
    """Return what gives the fields these values."""
    return lambda _, data: {**data, **fields}


def taking(*fields: str, **more: Any) -> Change:
    """Return what takes these fields over from the fact, and gives *more* values."""

    def taken(event: Event, data: Content) -> Content:
        said = {name: getattr(event.fact, name) for name in fields}
        return {**data, **said, **more}

    return taken


def adding(field: str, **more: Callable[[Event], Any]) -> Change:
    """Return what adds the fact, and when it was, to the list in the field."""

    def added(event: Event, data: Content) -> Content:
        said = {name: value(event) for name, value in more.items()}
        item = msgspec.Raw(content(event, **said))
        return {**data, field: [*data.get(field, ()), item]}

    return added
