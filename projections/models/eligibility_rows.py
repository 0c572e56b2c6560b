"""The law and the stretches that eligibility is judged by, as known at a position."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from psycopg import Connection

from domain.errors import Invalid, Unknown, WrongStage
from domain.promotion.served import Stint
from domain.promotion.stretch import Stretch
from domain.regime.types import Rulebook
from domain.rulebook import parsed
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("eligibility_questions.sql"))
POST = "post"
stretch_of = msgspec.json.Decoder(Stretch).decode
stint_of = msgspec.json.Decoder(Stint).decode
# By the SHA-256 of their text: they are read again and again, and few.
REMEMBERED: dict[str, Rulebook] = {}


class Laws:
    """The versions of all rulebooks that were published by a position.

    `position` is the one asked about, or as far as the read model has come.
    """

    def __init__(self, connection: Connection[Any], known_at: int | None) -> None:
        self.connection = connection
        rows = connection.execute(SQL["read_law"], {"position": known_at}).fetchall()
        reached = rows[0][0] if rows else 0
        if known_at is not None and not 0 <= known_at <= reached:
            reason = f"what is known reaches from position 0 to {reached}"
            raise Invalid("known_at", reason)
        self.position: int = reached if known_at is None else known_at
        versions = [row for _, *row in rows if row[0] is not None]
        self.begins = {(book, version): day for book, version, day, _ in versions}
        self.texts = {(book, version): digest for book, version, _, digest in versions}

    def in_force(self, rulebook: str, day: date) -> Rulebook:
        """Return the version in force on a day: of those commenced, the latest."""
        mine = {
            n: begin for (book, n), begin in self.begins.items() if book == rulebook
        }
        if not mine:
            raise Unknown("rulebook", rulebook)
        commenced = [(begin, n) for n, begin in mine.items() if begin <= day]
        book = self.book(rulebook, max(commenced)[1]) if commenced else None
        if book is None or (book.effective_to and book.effective_to <= day):
            raise WrongStage(f"no published version binds on {day}", rule=rulebook)
        return book

    def book(self, rulebook: str, version: int) -> Rulebook | None:
        """Return a version of a rulebook; None where it was not published yet."""
        digest = self.texts.get((rulebook, version))
        if digest is None:
            return None
        if digest not in REMEMBERED:
            wanted = {"rulebook": rulebook, "version": version}
            ((text,),) = self.connection.execute(SQL["read_text"], wanted).fetchall()
            REMEMBERED[digest] = parsed(text)
        return REMEMBERED[digest]


class Found:
    """What may be in the way of each person on a day, and what personnel they are."""

    def __init__(
        self,
        connection: Connection[Any],
        persons: Sequence[str],
        day: date,
        position: int,
    ) -> None:
        self.stints: dict[str, Stint] = {}
        self.stretches: defaultdict[str, list[Stretch]] = defaultdict(list)
        wanted = {"persons": list(persons), "day": day, "position": position}
        rows = connection.execute(SQL["list_stretches"], wanted)
        for person, source, said in rows.fetchall():
            if source == POST:
                self.stints[person] = stint_of(said)
            else:
                self.stretches[person].append(stretch_of(said))

    def of(self, person: str, *, own: bool) -> Sequence[Stretch]:
        """Return what may be in the way; of their *own*, what they were told of."""
        found = self.stretches.get(person, ())
        return [each for each in found if each.told] if own else found
