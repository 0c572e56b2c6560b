"""Which streams make up a history: of a person, a report, a case or a sanction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.casework import Casework
from domain.proceedings import Proceedings
from domain.record import Fact
from domain.sanction.sanctions import stream_of_sanction
from projections.models.personnel_file import File
from web.chronicle.kinds import BEGIN, KINDS, Placed, Thread

# The entries of a file that stand for a stream of their own, which is their key.
MATTERS = ("approval", "disclosure", "obligation")
Name = tuple[str, str]
# The members of a first event that name a thing, where it is not called by its kind.
NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "person": ("number",),
    "holds": ("person",),
    "proceedings": ("person",),
    "track": ("person", "track"),
    "candidacy": ("board", "person"),
    "unit": ("code",),
}


class Gatherer:
    """Reads streams from the log, several at once, with the positions of their events.

    What is sealed stays sealed.
    """

    def __init__(self, casework: Casework) -> None:
        self.casework = casework

    def events(self, streams: Iterable[UUID]) -> dict[UUID, list[Placed]]:
        found: dict[UUID, list[Placed]] = {stream: [] for stream in streams}
        for stored in self.casework.kept.select_streams(list(found)):
            record: Any = self.casework.mapper.to_domain_event(stored)
            found[record.originator_id].append((stored.id, record))
        return found

    def threads(self, names: Iterable[Name]) -> list[Thread]:
        """Return the threads with these kinds and keys, but those that are empty."""
        streams = {name: KINDS[name[0]].stream(name[1]) for name in names}
        events = self.events(streams.values())
        return [
            Thread(kind, key, events[stream])
            for (kind, key), stream in streams.items()
            if events[stream]
        ]

    def person(self, number: str, file: File) -> list[Thread]:
        """Return all that is about a person: their file, and what was opened."""
        matters = self.matters(file)
        known = [("person", number), ("proceedings", number), ("holds", number)]
        threads = self.threads(known)
        return [*threads, *matters, *self.threads(opened(threads))]

    def stream(self, stream: UUID) -> list[Thread]:
        """Return a stream of whatever kind, as its first event tells."""
        events = self.events([stream])[stream]
        if not events:
            return []
        begins = events[0][1].fact.TOPIC.partition(".")[0]
        kind = BEGIN.get(begins, begins)
        kind = kind if kind in KINDS else "stream"
        return [Thread(kind, named(kind, stream, events), events)]

    def matters(self, file: File) -> list[Thread]:
        """Return the reports, duties and requests in a person's file."""
        kinds = {UUID(e.key): e.kind for e in file.entries if e.kind in MATTERS}
        events = self.events(kinds)
        return [
            Thread(kind, named(kind, stream, events[stream]), events[stream])
            for stream, kind in kinds.items()
            if events[stream]
        ]

    def disclosure(self, disclosure: str) -> list[Thread]:
        """Return a report with the duties that it meets, and the leave that it used."""
        found = self.threads([("disclosure", disclosure)])
        if not found:
            return []
        state = found[0].state()
        duties = [("obligation", str(stream)) for stream in state.obligations()]
        used = [("approval", state.filing.approval)] if state.filing.approval else []
        return [*found, *self.threads([*duties, *used])]

    def case(self, case: str) -> list[Thread]:
        """Return a case with the verification it came from, sanctions and appeals."""
        found = self.threads([("case", case)])
        if not found:
            return []
        opened_by = found[0].state().opened
        source = (opened_by.source or "").partition(":")
        before = [("verification", source[2])] if source[0] == "verification" else []
        about = self.proceedings(opened_by.person)
        tracks = self.threads(names_of(about, "track"))
        sanctions = [
            replace(thread, shows=shows)
            for thread in tracks
            for shows in (concerning(sanctions_of(thread, case), case),)
            if any(shows(record.fact) for _, record in thread.events)
        ]
        return [*found, *self.threads(before), *sanctions, *self.appeals(about, case)]

    def sanction(self, sanction: str) -> list[Thread]:
        """Return what happened to a sanction, with its case and the appeals from it."""
        stream_of_sanction(sanction)
        key = sanction.rpartition(":")[0]
        found = self.threads([("track", key)])
        imposed = found[0].state().find(sanction) if found else None
        if imposed is None:
            return []
        case, person = imposed.imposed.case, imposed.imposed.person
        own = replace(found[0], key=sanction, shows=concerning({sanction}, None))
        about = self.proceedings(person)
        return [own, *self.threads([("case", case)]), *self.appeals(about, case)]

    def proceedings(self, person: str) -> Proceedings:
        found = self.threads([("proceedings", person)])
        return found[0].state() if found else Proceedings()

    def appeals(self, about: Proceedings, case: str) -> list[Thread]:
        """Return the person's appeals that are from this case."""
        threads = self.threads(names_of(about, "appeal"))
        return [t for t in threads if t.state().lodged.case == case]


def named(kind: str, stream: UUID, events: Sequence[Placed]) -> str:
    """Return the id by which a thing goes in paths, as its first event has it.

    Of what has no other it is the stream.
    """
    fact = events[0][1].fact
    parts = [getattr(fact, name, None) for name in NAMED_BY.get(kind, (kind,))]
    return ":".join(map(str, parts)) if all(parts) else str(stream)


def opened(threads: Iterable[Thread]) -> Iterator[Name]:
    """Yield what was opened about a person, as their threads tell."""
    for thread in threads:
        if thread.kind == "proceedings":
            state: Proceedings = thread.state()
            for kind in dict.fromkeys(kind for kind, _ in state.entered):
                yield from names_of(state, kind)


def names_of(about: Proceedings, kind: str) -> list[Name]:
    """Return the threads of one kind of proceedings; a track is somebody's."""
    keys = [key for known, key in about.entered if known == kind]
    if kind == "track":
        keys = [f"{about.person}:{key}" for key in keys]
    return [(kind, key) for key in dict.fromkeys(keys)]


def sanctions_of(thread: Thread, case: str) -> set[str]:
    """Return the sanctions on a track that a case has led to."""
    sanctions = thread.state().sanctions
    return {known.id for known in sanctions if known.imposed.case == case}


def concerning(names: set[str], case: str | None) -> Callable[[Fact], bool]:
    """Return whether a fact is about one of these sanctions, or of this case."""

    def shows(fact: Fact) -> bool:
        of_case = case is not None and getattr(fact, "case", None) == case
        return of_case or getattr(fact, "sanction", None) in names

    return shows


GATHERED: Mapping[str, Callable[[Gatherer, str], list[Thread]]] = {
    "disclosure": Gatherer.disclosure,
    "case": Gatherer.case,
    "sanction": Gatherer.sanction,
}
# Of which kinds a history may tell, besides what it is of.
BELONG: Mapping[str, tuple[str, ...]] = {
    "person": (
        *("person", "disclosure", "obligation", "approval", "proceedings", "holds"),
        *("verification", "case", "track", "appeal", "candidacy", "recommendation"),
    ),
    "disclosure": ("disclosure", "obligation", "approval"),
    "case": ("case", "verification", "track", "appeal"),
    "sanction": ("track", "case", "appeal"),
}
