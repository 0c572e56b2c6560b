"""What rulebooks say of the handling of records, version by version, as of a batch."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import asdict, replace
from psycopg import Connection, Cursor

from domain.record import Fact, Value
from domain.records.reading import TOLD_LATER
from domain.regime.calendar import shift
from domain.regime.duration import Duration
from domain.regime.types import Handling, WorkCalendar
from domain.rulebook import RulebookDrafted, RulebookPublished, parsed
from projections.models.model import Event
from projections.models.rows import table
from projections.statements import Statements

FACTS: frozenset[type[Fact]] = frozenset({RulebookDrafted, RulebookPublished})
# As PostgreSQL counts; working days as calendar days, and twice as many to be sure.
INTERVALS = {
    "d": (1, "day"),
    "wd": (2, "day"),
    "M": (1, "month"),
    "Y": (1, "year"),
    "h": (1, "hour"),
}


class Terms(Value):
    handling: Handling
    calendar: WorkCalendar = WorkCalendar()
    effective_to: date | None = None


class Law(msgspec.Struct, frozen=True):
    """One row of `law`; the order of the columns is that of the SQL."""

    stream: str
    rulebook: str
    version: int
    terms: Terms
    kept: str | None
    kept_after: str | None
    in_force: date | None
    event_id: UUID


def row(stream: str, rulebook: str, version: int, terms: bytes, *more: Any) -> Law:
    """Return a row as it was loaded; a duration is read from its text."""
    read = msgspec.json.decode(
        terms, type=Terms, dec_hook=lambda kind, text: kind(text)
    )
    return Law(stream, rulebook, version, read, *more)


def columns(law: Law) -> dict[str, Any]:
    """Return a row as it is saved."""
    said = msgspec.Raw(msgspec.json.encode(law.terms, enc_hook=str))
    return {**asdict(law), "terms": said}


def drafted(event: Event) -> Law:
    fact = event.fact
    book = parsed(fact.text)
    handling = book.handling
    return Law(
        stream=event.stream,
        rulebook=fact.rulebook,
        version=fact.version,
        terms=Terms(
            handling=handling, calendar=book.calendar, effective_to=book.effective_to
        ),
        kept=interval(handling.retention),
        kept_after=interval(handling.retention_after_departure),
        in_force=None,
        event_id=event.record.event_id,
    )


def interval(span: Duration | None) -> str | None:
    """Return a duration as PostgreSQL reads it."""
    if span is None:
        return None
    each, unit = INTERVALS[span.unit]
    return f"{span.amount * each} {unit}"


class Book:
    """All versions of all rulebooks, as the events have left them so far."""

    def __init__(self, laws: Iterable[Law]) -> None:
        self.laws = {(law.stream, law.version): law for law in laws}

    def note(self, event: Event) -> None:
        """Fold one event about a rulebook."""
        key = (event.stream, event.fact.version)
        match event.fact:
            case RulebookDrafted():
                self.laws[key] = drafted(event)
            case RulebookPublished(effective_from=day):
                news = {"in_force": day, "event_id": event.record.event_id}
                self.laws[key] = replace(self.laws[key], **news)

    def in_force(self, day: date) -> Iterator[Terms]:
        """Yield what each rulebook says that is in force on a day."""
        commenced: dict[str, Law] = {}
        for law in self.laws.values():
            if law.in_force is None or law.in_force > day:
                continue
            last = commenced.get(law.stream)
            if last is None or last.version < law.version:
                commenced[law.stream] = law
        for law in commenced.values():
            if law.terms.effective_to is None or day < law.terms.effective_to:
                yield law.terms

    def shown_from(self, role: str, what: str, at: datetime) -> datetime:
        """Return from when on a read of this kind, in this role, is shown.

        That is to whom it was about; others who audit see it at once. It is as late as
        any rulebook in force wants it: a read is under no rulebook. Whoever reads of a
        case, a hold or a verification would tell of it before the office does: that is
        delayed in every role.
        """
        delays = [
            later(at, handling.delayed_by, terms.calendar)
            for terms in self.in_force(at.date())
            for handling in (terms.handling,)
            if handling.delayed_by
            and (what in TOLD_LATER or role in handling.delayed_readers)
        ]
        return max(delays, default=at)


def later(at: datetime, by: Duration, calendar: WorkCalendar) -> datetime:
    if by.unit == "h":
        return at + timedelta(hours=by.amount)
    return at + (shift(at.date(), by, calendar) - at.date())


class Laws:
    """Keeps the table `law`; `before` is how it stood before the batch.

    Whoever needs to know it has `send` called before the batch is written.
    """

    facts: Collection[type[Fact]] = FACTS

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        self.known: Cursor[Any] | None = None
        if events:
            self.send(connection)

    def send(self, connection: Connection) -> None:
        """Ask for all there are: they are few."""
        self.known = self.known or connection.execute(self.sql["load_laws"])

    def write(self, connection: Connection) -> None:
        rows = self.known.fetchall() if self.known else ()
        self.before = Book(row(*found) for found in rows)
        if not self.events:
            return
        book = Book(self.before.laws.values())
        for event in self.events:
            book.note(event)
        changed = {(e.stream, e.fact.version) for e in self.events}
        laws = [columns(book.laws[key]) for key in sorted(changed)]
        connection.execute(self.sql["save_laws"], {"rows": table(laws)})
