"""Writes what may be in somebody's way: trails of streams, and their stretches."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar

import msgspec
from psycopg import Connection, Cursor

from domain.obligation import ObligationRaised
from domain.promotion.impediments import TRAILS
from domain.promotion.obliged import Obliged, concerns
from domain.promotion.stretch import Lasting, Trail
from domain.record import Fact
from domain.rulebook import RulebookDrafted, RulebookPublished
from projections.models.model import Event, Part, ReadModel
from projections.models.one_by_one import OneByOne, Say
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard
from projections.models.rows import array, table
from projections.statements import Statements

KINDS: Mapping[str, type[Trail]] = {
    kind.__name__.lower(): kind for kind in dict.fromkeys(TRAILS.values())
}
DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}


class Told(msgspec.Struct):
    """One row of `stretch`: what was known, from one position to another."""

    stream: str
    nth: int
    person: str
    source: str
    from_on: date
    until_on: date | None
    known_from: int
    said: Lasting
    known_to: int | None = None


class TrailRow(msgspec.Struct):
    """One row of `trail`; `live` numbers the stretches that are known now."""

    stream: str
    person: str
    kind: str
    state: Trail
    live: list[int]
    made: int


class Walk:
    """The trails of a batch, and what becomes of their stretches."""

    def __init__(self, known: Sequence[TrailRow]) -> None:
        self.rows = {row.stream: row for row in known}
        self.changed: dict[str, TrailRow] = {}
        self.added: dict[tuple[str, int], Told] = {}
        self.closed: list[dict[str, Any]] = []

    def note(self, event: Event) -> None:
        """Fold one event; a duty of no concern leaves no trail."""
        row = self.rows.get(event.stream) or begun(event)
        if row is None:
            return
        before, row.state = row.state, row.state.note(event.record)
        if row.state == before:
            return
        self.rows[event.stream] = self.changed[event.stream] = row
        self.replace(row, before.stretches(), event.position)

    def replace(self, row: TrailRow, old: Sequence[Lasting], position: int) -> None:
        """Keep the stretches that are still said, close the others, and add the new."""
        left = list(zip(old, row.live, strict=True))
        live = []
        for said in row.state.stretches():
            same = next((nth for known, nth in left if known == said), None)
            if same is None:
                same = self.add(row, said, position)
            else:
                left.remove((said, same))
            live.append(same)
        for _, nth in left:
            self.close(row.stream, nth, position)
        row.live = live

    def add(self, row: TrailRow, said: Lasting, position: int) -> int:
        nth, row.made = row.made, row.made + 1
        self.added[row.stream, nth] = Told(
            stream=row.stream,
            nth=nth,
            person=row.person,
            source=getattr(said, "source", "post"),
            from_on=said.from_on,
            until_on=said.until_on,
            known_from=position,
            said=said,
        )
        return nth

    def close(self, stream: str, nth: int, position: int) -> None:
        if new := self.added.get((stream, nth)):
            new.known_to = position
        else:
            row = {"stream": stream, "nth": nth, "known_to": position}
            self.closed.append(row)


def begun(event: Event) -> TrailRow | None:
    """Return the trail of a stream of which none is known, if there is one to begin."""
    kind = TRAILS[type(event.fact)]
    if kind is Obliged and not concerned(event):
        return None
    name = kind.__name__.lower()
    return TrailRow(event.stream, event.key, name, kind(), [], 0)


def concerned(event: Event) -> bool:
    """Return whether a duty begins here that a board may be asked about."""
    return isinstance(event.fact, ObligationRaised) and concerns(event.fact)


class Trails:
    """Keeps the tables `trail` and `stretch`."""

    facts: Collection[type[Fact]] = TRAILS.keys()

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        """Send for the trails of streams that did not begin in this batch."""
        begun = {event.stream for event in events if event.opening}
        self.events = events
        self.known: Cursor[Any] | None = None
        if streams := {event.stream for event in events} - begun:
            wanted = {"streams": array(streams)}
            self.known = connection.execute(self.sql["load_trails"], wanted)

    def write(self, connection: Connection) -> None:
        rows = self.known.fetchall() if self.known else ()
        walk = Walk([loaded(*row) for row in rows])
        for event in self.events:
            walk.note(event)
        self.save(connection, "save_trails", list(walk.changed.values()))
        self.save(connection, "close_stretches", walk.closed)
        self.save(connection, "add_stretches", list(walk.added.values()))

    def save(self, connection: Connection, name: str, rows: Sequence[Any]) -> None:
        if rows:
            connection.execute(self.sql[name], {"rows": table(rows)})


def loaded(
    stream: str, person: str, kind: str, state: str, live: list[int], made: int
) -> TrailRow:
    return TrailRow(stream, person, kind, DECODERS[kind].decode(state), live, made)


def drafted(event: Event) -> Mapping[str, Any]:
    return {
        "stream": event.stream,
        "version": event.fact.version,
        "rulebook": event.fact.rulebook,
        "text": event.fact.text,
        "sha256": sha256(event.fact.text.encode()).hexdigest(),
        "event": event.record.event_id,
    }


def published(event: Event) -> Mapping[str, Any]:
    return {
        "stream": event.stream,
        "version": event.fact.version,
        "day": event.fact.effective_from,
        "position": event.position,
        "event": event.record.event_id,
    }


SAYS: Mapping[type[Fact], Sequence[Say]] = {
    RulebookDrafted: (Say("draft_law", drafted),),
    RulebookPublished: (Say("publish_law", published),),
}


class Eligibility(ReadModel):
    name: ClassVar = "eligibility"
    sources: ClassVar = (
        *ROSTER,
        "eligibility.sql",
        "eligibility_fold.py",
        "one_by_one.py",
        *(
            f"../../domain/promotion/{name}.py"
            for name in (
                "stretch",
                "sanctioned",
                "appealed",
                "investigated",
                "held",
                "verified",
                "obliged",
                "served",
                "impediments",
            )
        ),
    )
    guards: ClassVar = {
        **GUARDS,
        "stretch": Guard(),
        "trail": Guard(web=False),
        "law": None,
    }

    def build(self) -> Sequence[Part]:
        sql = self.statements("eligibility.sql")
        return (*roster(self), Trails(sql), OneByOne(sql, SAYS))
