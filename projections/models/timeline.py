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
Stretch = tuple[date | None, date | None, bytes]  # from when, to when, and what is so
encode = msgspec.json.encode
decode = msgspec.json.Decoder(Content).decode


class Matter(NamedTuple):
    """What an entry is about: one thing in one person's file."""

    person: str
    kind: str
    key: str


class Entry(msgspec.Struct, omit_defaults=True):
    """One row of `personnel_file.entry`; the order of the columns is that of the SQL.

    It holds from one day up to, not including, another; None is without a bound. What
    it says stays the JSON that is stored, and is read only where it changes.
    """

    person: str
    kind: str
    key: str
    known_from: int
    data: msgspec.Raw
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

    def put(self, event: Event, matter: Matter, day: date | None, data: bytes) -> None:
        """Let the matter be so from the day on, whatever was known of later days."""
        self.end(event, matter, day)
        self._add(event, matter, day, None, data)

    def end(self, event: Event, matter: Matter, day: date | None) -> None:
        """Let nothing be so of the matter from the day on."""
        if matter in self.live:
            self._replace(event, matter, day, None)

    def change(
        self, event: Event, matter: Matter, day: date | None, changed: Change
    ) -> None:
        """Change what is so from the day on; where nothing was so, nothing is."""
        if matter in self.live:
            self._replace(event, matter, day, changed)

    def be(self, event: Event, matter: Matter, stretches: Iterable[Stretch]) -> None:
        """Let the matter be so in these stretches and in no others."""
        wanted = list(stretches)
        known = self.live.get(matter, [])
        self.live[matter] = [entry for entry in known if _stretch(entry) in wanted]
        said = [_stretch(entry) for entry in self.live[matter]]
        for entry in known:
            if _stretch(entry) not in wanted:
                entry.known_to = event.position
        for begin, end, data in wanted:
            if (begin, end, data) not in said:
                self._add(event, matter, begin, end, data)

    def closed(self) -> Sequence[Entry]:
        """Return the stored entries that are known no more."""
        return [entry for entry in self.stored if entry.known_to is not None]

    def added(self) -> Sequence[Entry]:
        """Return the entries to be stored, those that were known for a while too."""
        return [entry for entry in self.written if entry.known_to != entry.known_from]

    def _add(
        self,
        event: Event,
        matter: Matter,
        begin: date | None,
        end: date | None,
        data: bytes,
    ) -> None:
        said, event_id = msgspec.Raw(data), event.record.event_id
        entry = Entry(*matter, event.position, said, event_id, begin, end)
        self.live.setdefault(matter, []).append(entry)
        self.written.append(entry)

    def _replace(
        self, event: Event, matter: Matter, day: date | None, changed: Change | None
    ) -> None:
        known = self.live[matter]
        self.live[matter] = []
        for entry in known:
            if entry.ends_by(day):
                self.live[matter].append(entry)
            else:
                self._later(event, matter, entry, day, changed)

    def _later(
        self,
        event: Event,
        matter: Matter,
        entry: Entry,
        day: date | None,
        changed: Change | None,
    ) -> None:
        """Keep the entry if nothing changes, or write what follows in its place."""
        data = encode(changed(decode(entry.data))) if changed else None
        if data == bytes(entry.data):
            self.live[matter].append(entry)
            return
        entry.known_to = event.position
        begin = entry.effective_from
        if entry.begins_by(day):
            before = replace(entry, known_from=event.position, known_to=None)
            before.effective_to, begin = day, day
            self.live[matter].append(before)
            self.written.append(before)
        if data is not None:
            self._add(event, matter, begin, entry.effective_to, data)


def _stretch(entry: Entry) -> Stretch:
    return entry.effective_from, entry.effective_to, bytes(entry.data)
