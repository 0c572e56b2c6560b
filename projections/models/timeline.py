"""Bitemporal entries of a batch: what was so from when to when, and since when known.

What the file says of a day, knowing the log up to a position, is the fold of the events
up to that position which had taken effect by that day.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace

from projections.models.model import Event

Content = dict[str, Any]
Change = Callable[[Content], Content]
Stretch = tuple[date | None, date | None, Content]  # from when, to when, and what is so


class Matter(NamedTuple):
    """What an entry is about: one thing in one person's file."""

    person: str
    kind: str
    key: str


class Entry(msgspec.Struct, omit_defaults=True):
    """One row of `personnel_file.entry`; the order of the columns is that of the SQL.

    It holds from one day up to, not including, another; None is without a bound.
    """

    person: str
    kind: str
    key: str
    known_from: int
    data: Content
    event_id: UUID
    effective_from: date | None = None
    effective_to: date | None = None
    known_to: int | None = None

    def begins_by(self, day: date | None) -> bool:
        """Return whether the entry holds somewhere before the day."""
        if day is None:
            return False
        return self.effective_from is None or self.effective_from < day

    def ends_by(self, day: date | None) -> bool:
        """Return whether the entry has ended when the day comes."""
        return bool(day and self.effective_to and self.effective_to <= day)


class Timeline:
    """The entries that are known now, by matter, and those that the batch replaces."""

    def __init__(self, stored: Iterable[Entry]) -> None:
        self.live: dict[Matter, list[Entry]] = {}
        self.stored: list[Entry] = []
        self.written: list[Entry] = []
        for entry in stored:
            matter = Matter(entry.person, entry.kind, entry.key)
            self.live.setdefault(matter, []).append(entry)
            self.stored.append(entry)

    def put(
        self, event: Event, matter: Matter, day: date | None, data: Content
    ) -> None:
        """Let the matter be so from the day on, whatever was known of later days."""
        self.end(event, matter, day)
        entry = Entry(*matter, event.position, data, event.record.event_id, day)
        self.live.setdefault(matter, []).append(entry)
        self.written.append(entry)

    def end(self, event: Event, matter: Matter, day: date | None) -> None:
        """Let nothing be so of the matter from the day on."""
        self._replace(event, matter, day, None)

    def change(
        self, event: Event, matter: Matter, day: date | None, changed: Change
    ) -> None:
        """Change what is so from the day on; where nothing was so, nothing is."""
        self._replace(event, matter, day, changed)

    def be(self, event: Event, matter: Matter, stretches: Iterable[Stretch]) -> None:
        """Let the matter be so in these stretches and in no others."""
        wanted = list(stretches)
        known = self.live.get(matter, [])
        kept = [entry for entry in known if _stretch(entry) in wanted]
        for entry in known:
            if entry not in kept:
                entry.known_to = event.position
        said = [_stretch(entry) for entry in kept]
        event_id = event.record.event_id
        new = [
            Entry(*matter, event.position, data, event_id, begin, end)
            for begin, end, data in wanted
            if (begin, end, data) not in said
        ]
        self.live[matter] = kept + new
        self.written += new

    def closed(self) -> Sequence[Entry]:
        """Return the stored entries that are known no more."""
        return [entry for entry in self.stored if entry.known_to is not None]

    def added(self) -> Sequence[Entry]:
        """Return the entries to be stored, those that were known for a while too."""
        return [entry for entry in self.written if entry.known_to != entry.known_from]

    def _replace(
        self, event: Event, matter: Matter, day: date | None, changed: Change | None
    ) -> None:
        known = self.live.get(matter)
        if known:
            self.live[matter] = []
            for entry in known:
                self.live[matter] += self._later(event, entry, day, changed)

    def _later(
        self, event: Event, entry: Entry, day: date | None, changed: Change | None
    ) -> Sequence[Entry]:
        """Return what becomes of an entry: itself, or what is written in its place."""
        data = changed and changed(entry.data)
        if entry.ends_by(day) or data == entry.data:
            return (entry,)
        entry.known_to = position = event.position
        parts = []
        begin = entry.effective_from
        if entry.begins_by(day):
            before = replace(
                entry, known_from=position, known_to=None, effective_to=day
            )
            parts.append(before)
            begin = day
        if data is not None:
            after = replace(entry, known_from=position, known_to=None, data=data)
            after.effective_from, after.event_id = begin, event.record.event_id
            parts.append(after)
        self.written += parts
        return parts


def _stretch(entry: Entry) -> Stretch:
    return entry.effective_from, entry.effective_to, entry.data
