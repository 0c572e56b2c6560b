"""The people that a read model keeps for itself, and where they stood day by day."""

from collections.abc import Collection, Sequence
from typing import Any

from psycopg import Connection, Cursor
from psycopg.types.json import Json

from domain.person import CoveredPerson
from domain.record import Fact
from projections.models.careers import FACTS, Careers, standings
from projections.models.model import Event
from projections.models.rows import table
from projections.statements import Statements


class People:
    """Keeps the tables `person` and `standing`.

    `told` has the events of the batch, each with the person as it is after it.
    """

    facts: Collection[type[Fact]] = FACTS

    def __init__(self, sql: Statements) -> None:
        self.sql = sql

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        self.events = events
        self.careers = Careers()
        self.told: list[tuple[Event, CoveredPerson]] = []
        self.known: Cursor[Any] | None = None
        if numbers := self.careers.wanted(events):
            statement = self.sql["load_people"]
            self.known = connection.execute(statement, {"numbers": numbers})

    def write(self, connection: Connection) -> None:
        if not self.events:
            return
        self.careers.load(self.known.fetchall() if self.known else ())
        self.told = [(event, self.careers.note(event)) for event in self.events]
        connection.execute(self.sql["save_people"], {"rows": self._people()})
        if old := sorted(self.careers.changed.keys() - self.careers.opened):
            connection.execute(self.sql["drop_standings"], {"numbers": old})
        connection.execute(self.sql["save_standings"], {"rows": self._standings()})

    def _people(self) -> Json:
        people = self.careers.people
        return table(
            [
                {
                    "number": number,
                    "name": people[number].name,
                    "email": people[number].email,
                    "career": people[number],
                    "event_id": event.record.event_id,
                }
                for number, event in self.careers.changed.items()
            ]
        )

    def _standings(self) -> Json:
        return table(
            [
                {"person": number, **standing._asdict()}
                for number in self.careers.changed
                for standing in standings(self.careers.people[number])
            ]
        )
