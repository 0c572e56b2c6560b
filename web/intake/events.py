"""The reportable events of a row: which can be read, and why the others cannot."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.errors import Invalid
from domain.regime.types import Kind
from web.intake.cells import Cells, Row, at, texts
from web.intake.mapping import paths
from web.intake.outcome import Refusal, refusal
from web.intake.shape import Column, EventColumns, Mapping
from web.intake.tables import Line


class Event(NamedTuple):
    """An event of a row: which one it is (from 1), and its answers."""

    number: int
    answers: dict[str, Any]


class Events:
    """Reads events as the `events` part of a mapping says."""

    def __init__(self, mapping: Mapping, columns: EventColumns) -> None:
        self.listed = columns
        self.cells = Cells(mapping.source)
        self.used = paths(mapping)

    def read(
        self, line: Line, kinds: dict[str, Kind]
    ) -> tuple[tuple[Event, ...], tuple[Refusal, ...]]:
        """Return the events that can be read, and why others cannot."""
        events: list[Event] = []
        refused: list[Refusal] = []
        for number, entry in enumerate(self.entries(line.row), 1):
            try:
                answers = self.answers(entry, kinds)
            except Invalid as error:
                refused.append(refusal(line.number, number, error))
            else:
                if answers:
                    events.append(Event(number, answers))
        return tuple(events), tuple(refused)

    def entries(self, row: Row) -> Iterator[Any]:
        """Yield the entries of the list of events; without a list, the row itself."""
        found = at(row, self.listed.list) if self.listed.list else [row]
        if found is not None and not isinstance(found, list):
            raise Invalid(self.listed.list or "events", "expected a list")
        for entry in found or ():
            yield {} if self.is_notice(entry) else entry

    def is_notice(self, entry: Any) -> bool:
        return any(
            sign.casefold() in text.casefold()
            for sign in self.listed.ignore
            for text in texts(entry)
        )

    def answers(self, entry: Any, kinds: dict[str, Kind]) -> dict[str, Any]:
        if not isinstance(entry, dict):
            raise Invalid(self.listed.list or "events", "expected an object")
        fields = dict(self.listed.fields)
        if self.listed.all_columns:
            own = {name: Column(path=(name,)) for name in entry.keys() - self.used}
            fields = own | fields
        read = {
            name: self.cells.answer(column, entry, kinds.get(name, "text"))
            for name, column in fields.items()
        }
        # Constants alone are no answer.
        said = [n for n, v in read.items() if v is not None and fields[n].path]
        return {n: v for n, v in read.items() if v is not None} if said else {}
