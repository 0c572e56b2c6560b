"""Writes the statistics: what every matter counts as, and since when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace
from psycopg import Connection, Cursor

from domain.figures.matters import Matter, told
from domain.figures.posts import post_then
from domain.figures.standing import CHANGES, PLACING
from domain.person import CoveredPerson
from domain.record import Fact, Value
from projections.models.careers import FACTS as CAREER
from projections.models.careers import Careers
from projections.models.model import Event, Part, ReadModel
from projections.models.row_security import Guard
from projections.models.rows import array, table
from projections.statements import Statements

# The domain's files that say what counts as what.
COUNTED = ("matters", "declared", "found", "judged", "standing", "posts")


class Held(Value):
    """The rank and the unit under which a matter counts."""

    rank: str | None = None
    unit: str | None = None


class Counted(msgspec.Struct):
    """What a matter counts as, and from which position of the log on."""

    stream: str
    matter: Matter
    held: Held
    known_from: int
    known_to: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.stream, self.matter.part

    def row(self) -> dict[str, Any]:
        fields = {n: getattr(self.matter, n) for n in Matter.__struct_fields__}
        own = {n: getattr(self, n) for n in ("stream", "known_from", "known_to")}
        return {**fields, **own, "rank": self.held.rank, "unit": self.held.unit}


def stored(row: tuple[Any, ...]) -> Counted:
    """Return what a row of the table says."""
    stream, *matter, rank, unit, known_from = row
    names = ("part", "standing", "person", "day", "category", "due_on", "marked")
    return Counted(
        stream,
        Matter(**dict(zip(names, matter, strict=True))),
        Held(rank=rank, unit=unit),
        known_from,
    )


class Counts:
    """What counts now, by stream, and the rows that the batch closes and adds."""

    def __init__(self, careers: Careers, known: Iterable[Counted]) -> None:
        self.careers = careers
        self.stored = tuple(known)
        self.live: dict[str, dict[str, Counted]] = defaultdict(dict)
        for row in self.stored:
            self.live[row.stream][row.matter.part] = row
        self.added: list[Counted] = []

    def count(self, event: Event) -> None:
        """Let a fact count."""
        live = self.live[event.stream]
        matters = {part: row.matter for part, row in live.items()}
        change = CHANGES[type(event.fact)]
        for matter in list(change(told(event.record), matters)):
            old = live.get(matter.part)
            same = old and (old.matter.person, old.matter.day) == (
                matter.person,
                matter.day,
            )
            held = old.held if old and same else self._held(matter)
            self._replace(old, Counted(event.stream, matter, held, event.position))

    def promote(self, event: Event) -> None:
        """Count under the ranks and units that now turn out to have been held."""
        self.careers.note(event)
        mine = [
            row
            for rows in self.live.values()
            for row in rows.values()
            if row.matter.person == event.key
        ]
        for old in mine:
            held = self._held(old.matter)
            if held != old.held:
                row = Counted(old.stream, old.matter, held, event.position)
                self._replace(old, row)

    def closed(self) -> Sequence[Counted]:
        return [row for row in self.stored if row.known_to is not None]

    def _held(self, matter: Matter) -> Held:
        person = self.careers.people.get(matter.person)
        post = post_then(person, matter.day) if person else None
        return Held(rank=post.rank, unit=post.unit) if post else Held()

    def _replace(self, old: Counted | None, row: Counted) -> None:
        if old:
            old.known_to = row.known_from
        self.live[row.stream][row.matter.part] = row
        self.added.append(row)


class Counting:
    """Keeps the tables `counted` and `career`."""

    facts: Collection[type[Fact]] = frozenset(CHANGES) | CAREER

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        moves = [e for e in events if type(e.fact) in CAREER]
        matters = [e for e in events if type(e.fact) not in CAREER]
        self.careers = Careers()
        known = self.careers.wanted(moves)
        placed = {e.key for e in matters if type(e.fact) in PLACING}
        needed = {*known, *placed} - self.careers.opened
        wanted: dict[str, Any] = {"numbers": sorted(needed)}
        self.people = connection.execute(self.sql["load_careers"], wanted)
        begun = {e.stream for e in matters if e.opening}
        streams = {e.stream for e in matters} - begun
        self.counted: Cursor[Any] | None = None
        if streams or known:
            wanted = {"streams": array(streams), "people": known}
            self.counted = connection.execute(self.sql["load_counted"], wanted)

    def write(self, connection: Connection) -> None:
        self.careers.load(self.people.fetchall())
        rows = self.counted.fetchall() if self.counted else ()
        counts = Counts(self.careers, map(stored, rows))
        for event in self.events:
            if type(event.fact) in CAREER:
                counts.promote(event)
            else:
                counts.count(event)
        self._save(connection, "close_counted", [r.row() for r in counts.closed()])
        self._save(connection, "add_counted", [row.row() for row in counts.added])
        people = (
            (number, self.careers.people[number]) for number in self.careers.changed
        )
        careers = [{"number": n, "career": nameless(person)} for n, person in people]
        self._save(connection, "save_careers", careers)

    def _save(self, connection: Connection, name: str, rows: Sequence[Any]) -> None:
        if rows:
            connection.execute(self.sql[name], {"rows": table(rows)})


def nameless(person: CoveredPerson) -> CoveredPerson:
    """Leave out who it is: statistics need what somebody was."""
    return replace(person, number="", name="", email=None)


class Statistics(ReadModel):
    name: ClassVar = "statistics"
    sources: ClassVar = (
        "statistics.sql",
        "statistics_fold.py",
        "careers.py",
        "rows.py",
        "model.py",
        *(f"../../domain/figures/{name}.py" for name in COUNTED),
    )
    # Figures are of everybody, and shown as totals.
    guards: ClassVar = {"counted": Guard(None), "career": Guard(web=False)}

    def build(self) -> Sequence[Part]:
        return (Counting(self.statements("statistics.sql")),)
