"""What a read model is: a schema of its own, and parts that each write some tables."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from domain.record import Fact, Recorded
from projections.models.row_security import Guards, protect
from projections.models.words import Opener
from projections.statements import Statements

HERE = Path(__file__).parent
SECURITY = ("row_security.sql",)


class Event(NamedTuple):
    """An event, its fact, and its place in the log.

    `key` says whose order counts: events with one key are applied in the order of the
    log, or not at all. It is the person's number; of events about nobody, their stream.
    `stream` is the text of the stream's id: as a key, half as dear as the id itself.
    """

    position: int
    key: str
    stream: str
    fact: Any
    record: Recorded[Any]

    @property
    def day(self) -> date:
        """Return when it took effect: as claimed, else when it was recorded (UTC)."""
        return self.record.occurred_on or self.record.recorded_at.date()

    @property
    def opening(self) -> bool:
        """Return whether nothing in its stream came before it."""
        return self.record.originator_version == 1


class Part(Protocol):
    """Keeps some tables of a read model, a batch of events at a time."""

    @property
    def facts(self) -> Collection[type[Fact]]:
        """Return the kinds of facts that it takes."""

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:
        """Send for the rows that these events change; do not wait for them."""

    def write(self, connection: Connection) -> None:
        """Write what the events asked about make of those rows."""


class ReadModel(ABC):
    """Tables in a schema of their own, which follow from the log and nothing else."""

    name: ClassVar[str]
    # The files that say what the tables hold; the SQL among them in order of creation.
    sources: ClassVar[tuple[str, ...]]
    # Who may see the rows of each table; None: there are no people in it.
    guards: ClassVar[Guards]
    # The tables that the log alone does not decide, which are not attested, and why.
    unattested: ClassVar[Mapping[str, str]] = {}

    def __init__(self, vault: Opener | None, schema: str | None = None) -> None:
        """Name the model.

        Args:
            vault: opens names to index them; without one the model takes no events with
                names, and can be asked and made all the same.
            schema: where it is not the live one that is meant.
        """
        self.vault = vault
        self.schema = schema or self.name
        self.parts = self.build()
        self.facts = frozenset(fact for part in self.parts for fact in part.facts)

    @abstractmethod
    def build(self) -> Sequence[Part]:
        """Return the parts that the model consists of."""

    def statements(self, file: str) -> Statements:
        """Return the statements of a file, for this model's schema."""
        path = HERE / file
        return Statements(path, {path.stem: self.schema, self.name: self.schema})

    def create(self, connection: Connection) -> None:
        """Make the schema and its empty tables, in the transaction of the caller."""
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(self.schema)))
        for file in self.sources:
            if file.endswith(".sql"):
                for statement in self.statements(file).creating():
                    connection.execute(statement)
        protect(connection, self.schema, self.guards)

    @classmethod
    def layout(cls) -> str:
        """Return what decides the rows: a digest of the tables, and one of the code."""
        said = sorted(cls.guards.items(), key=str)
        tables = _digest((*cls.sources, *SECURITY), ".sql", repr(said))
        return f"{tables} {_digest(cls.sources, '.py')}"

    @classmethod
    def fits(cls, layout: str) -> bool:
        """Return whether tables that were made under a layout are like ours."""
        return layout.split()[:1] == cls.layout().split()[:1]


def _digest(files: Sequence[str], suffix: str, more: str = "") -> str:
    texts = [(HERE / file).read_bytes() for file in files if file.endswith(suffix)]
    texts += [more.encode()] if more else []
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def apply(
    connection: Connection, models: Sequence[ReadModel], events: Sequence[Event]
) -> None:
    """Write what the events make of the models, in the transaction of the caller.

    All parts ask before the first has to wait for its answer: in a pipeline the server
    works for one part while another folds.
    """
    parts = [part for model in models for part in model.parts]
    takers: dict[type[Fact], list[list[Event]]] = {}
    wanted: list[list[Event]] = [[] for _ in parts]
    for event in events:
        kind = type(event.fact)
        if kind not in takers:
            pairs = zip(parts, wanted, strict=True)
            takers[kind] = [taken for part, taken in pairs if kind in part.facts]
        for taken in takers[kind]:
            taken.append(event)
    for part, taken in zip(parts, wanted, strict=True):
        part.ask(connection, taken)
    for part in parts:
        part.write(connection)
