"""Bitemporal entries of a batch: what was so from when to when, and since when known.

What the file says of a day, knowing the log up to a position, is the fold of the events
up to that position which had taken effect by that day.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace

from projections.models.model import Event

Content = dict[str, Any]


class Matter(NamedTuple):
    """What an entry is about: one thing in one person's file."""

    person: str
    kind: str
    key: str


class Entry(msgspec.Struct):
    """What is so from one day up to, not including, another; None is without a bound."""

    matter: Matter
    known_from: int
    effective_from: date | None
    effective_to: date | None
    data: Content
    event_id: UUID
    known_to: int | None = None
    stored: bool = False

    def begins_by(self, day: date | None) -> bool:
        """Return whether the entry holds somewhere before the day."""
        if self.effective_from is None:
            return day is not None
        return day is not None and self.effective_from < day

    def ends_by(self, day: date | None) -> bool:
        """Return whether the entry has ended when the day comes."""
        return bool(day and self.effective_to and self.effective_to <= day)


class Timeline:
    """The entries that are known now, by matter, and those that the batch replaces."""

    def __init__(self, stored: Iterable[Entry]) -> None:
        self.live: dict[Matter, list[Entry]] = {}
        self.written: list[Entry] = []
        self.closed: list[Entry] = []
        for entry in stored:
            self.live.setdefault(entry.matter, []).append(entry)

    def put(self, event: Event, matter: Matter, day: date | None, data: Content) -> None:
        """Let the matter be so from the day on, whatever was known of later days."""
        self.end(event, matter, day)
        entry = Entry(
            matter=matter,
            known_from=event.position,
            effective_from=day,
            effective_to=None,
            data=data,
            event_id=event.record.event_id,
        )
        self._add(event, entry, to=None)

    def end(self, event: Event, matter: Matter, day: date | None) -> None:
        """Let nothing be so of the matter from the day on."""
        self._replace(event, matter, day, lambda _: None)

    def change(
        self,
        event: Event,
        matter: Matter,
        day: date | None,
        changed: Callable[[Content], Content],
    ) -> None:
        """Change what is so from the day on; where nothing was so, nothing is."""
        self._replace(event, matter, day, changed)

    def rows(self) -> Iterator[Entry]:
        """Yield the entries to be stored, those known for a while in this batch too."""
        return (e for e in self.written if e.known_to != e.known_from)

    def _replace(
        self,
        event: Event,
        matter: Matter,
        day: date | None,
        changed: Callable[[Content], Content | None],
    ) -> None:
        for entry in tuple(self.live.get(matter, ())):
            if entry.ends_by(day):
                continue
            data = changed(entry.data)
            if data == entry.data:
                continue
            self._close(event, entry)
            begin = entry.effective_from
            if entry.begins_by(day):
                self._add(event, entry, to=day)
                begin = day
            if data is not None:
                later = replace(
                    entry,
                    effective_from=begin,
                    data=data,
                    event_id=event.record.event_id,
                )
                self._add(event, later, to=entry.effective_to)

    def _close(self, event: Event, entry: Entry) -> None:
        self.live[entry.matter].remove(entry)
        entry.known_to = event.position
        if entry.stored:
            self.closed.append(entry)

    def _add(self, event: Event, entry: Entry, *, to: date | None) -> None:
        known = replace(
            entry,
            known_from=event.position,
            known_to=None,
            effective_to=to,
            stored=False,
        )
        self.live.setdefault(entry.matter, []).append(known)
        self.written.append(known)
