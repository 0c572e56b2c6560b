"""Writes the access log: one row for each person whose data somebody was shown."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from psycopg import Connection, Cursor

from domain.person import PositionAssumed, PositionChanged
from domain.record import Fact
from domain.unit import UnitEstablished, UnitMoved
from projections.models.access_log_rows import SHOWS, concerned, counted, of_each
from projections.models.access_log_ties import Assignments, Kin
from projections.models.careers import Careers
from projections.models.laws import FACTS as LAW
from projections.models.laws import Book, Laws
from projections.models.model import Event, Part, ReadModel
from projections.models.people import People
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard
from projections.models.rows import array, table
from projections.models.ties import FACTS as TIES
from projections.models.ties import Ties
from projections.statements import Statements


class Shown:
    """Keeps the tables `shown` and `volume`."""

    facts: Collection[type[Fact]] = frozenset(SHOWS) | TIES | LAW

    def __init__(self, sql: Statements, people: People, laws: Laws) -> None:
        """Take careers and laws from the parts that are written before."""
        self.sql, self.people, self.laws = sql, people, laws

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        self.rows = [
            (e, SHOWS[type(e.fact)](e)) for e in events if type(e.fact) in SHOWS
        ]
        if not self.rows:
            return
        readers = {said["reader"] for _, said in self.rows}
        persons = {person for event, _ in self.rows for person in concerned(event)}
        streams = {str(s) for _, said in self.rows if (s := said["disclosure"])}
        wanted: dict[str, Any] = {
            "numbers": sorted(readers),
            "people": sorted(readers | persons),
            "streams": array(sorted(streams)),
        }
        chains = {"people": sorted(readers), "codes": sorted(self._codes())}
        self.found: Mapping[str, Cursor[Any]] = {
            "careers": connection.execute(self.people.sql["load_people"], wanted),
            "kin": connection.execute(self.sql["load_kin"], wanted),
            "units": connection.execute(self.sql["load_chains"], chains),
            "reviewers": connection.execute(self.sql["load_assignments"], wanted),
        }
        self.laws.send(connection)

    def _codes(self) -> set[str]:
        """Return the units that the batch puts somebody, or another unit, under."""
        facts = [event.fact for event in self.events]
        posts = {
            f.unit for f in facts if isinstance(f, PositionAssumed | PositionChanged)
        }
        units = {f.parent for f in facts if isinstance(f, UnitEstablished | UnitMoved)}
        return posts | {code for code in units if code}

    def write(self, connection: Connection) -> None:
        if not self.rows:
            return
        rows = list(self._shown(self._ties(), self.laws.before))
        connection.execute(self.sql["save_shown"], {"rows": table(rows)})
        if volumes := counted(rows):
            connection.execute(self.sql["add_volume"], {"rows": table(volumes)})

    def _ties(self) -> Ties:
        careers = Careers()
        careers.load(self.found["careers"].fetchall())
        return Ties(
            careers.people,
            self.found["kin"].fetchall(),
            self.found["units"].fetchall(),
            self.found["reviewers"].fetchall(),
        )

    def _shown(self, ties: Ties, book: Book) -> Iterator[dict[str, Any]]:
        """Yield the rows in order, each as things stood when the data were read."""
        told = {event.position: person for event, person in self.people.told}
        said = {event.position: row for event, row in self.rows}
        for event in self.events:
            if event.position in said:
                yield from of_each(event, said[event.position], ties, book)
            elif type(event.fact) in LAW:
                book.note(event)
            else:
                ties.note(event, told.get(event.position))


class AccessLog(ReadModel):
    name: ClassVar = "access_log"
    sources: ClassVar = (
        *ROSTER,
        "laws.sql",
        "access_log.sql",
        "access_log_fold.py",
        "access_log_rows.py",
        "access_log_ties.py",
        "laws.py",
        "ties.py",
    )
    guards: ClassVar = {
        **GUARDS,
        "law": None,
        "shown": Guard(stream="disclosure", shown_from="shown_from"),
        "volume": Guard("reader"),
        "kin": Guard(web=False),
        "assignment": Guard(web=False),
    }

    def build(self) -> Sequence[Part]:
        people, units = roster(self)
        sql = self.statements("access_log.sql")
        laws = Laws(self.statements("laws.sql"))
        shown = Shown(sql, people, laws)
        return people, units, laws, Kin(sql), Assignments(sql), shown
