"""The rulebooks that events cite: their texts, and the events that made them law."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.errors import Unknown
from domain.facts import TOPICS
from domain.record import Fact, Recorded
from domain.rulebook import RulebookDrafted, RulebookPublished
from domain.topics import Place
from projections.ledger.store import Row
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("queries.sql"))


@dataclass(frozen=True, kw_only=True)
class Law:
    """A version of a rulebook, and the positions of the events that made it law."""

    rulebook: str
    version: int
    text: str
    drafted: int
    published: int

    @property
    def file(self) -> str:
        return f"rulebooks/{self.rulebook}-v{self.version}.toml"


def published(facts: Iterable[Fact]) -> set[tuple[str, int]]:
    """Return the versions that were made law, where it is a rulebook's own stream."""
    drafted: dict[int, str] = {}
    made: set[int] = set()
    for fact in facts:
        if isinstance(fact, RulebookDrafted):
            drafted[fact.version] = fact.rulebook
        elif isinstance(fact, RulebookPublished):
            made.add(fact.version)
    return {(drafted[version], version) for version in made & drafted.keys()}


def law_of(rulebook: str, version: int, rows: Iterable[Row]) -> Law:
    """Return a version as it was published: of its drafts, the last before that."""
    drafted: tuple[int, str] | None = None
    for row in rows:
        fact = decoded(row).fact
        if isinstance(fact, RulebookDrafted) and fact.version == version:
            drafted = row.position, fact.text
        made = isinstance(fact, RulebookPublished) and fact.version == version
        if made and drafted:
            return Law(
                rulebook=rulebook,
                version=version,
                text=drafted[1],
                drafted=drafted[0],
                published=row.position,
            )
    raise Unknown("published rulebook", f"{rulebook} v{version}")


def read_streams(
    connection: Connection[Any], streams: Collection[UUID]
) -> Iterator[Row]:
    values = {"streams": list(streams)}
    return map(Row._make, connection.execute(SQL["read_streams"], values, binary=True))


def decoded(row: Row) -> Recorded[Any]:
    place = Place(f"{row.stream} version {row.version}", str(row.position))
    return TOPICS.decode(row.topic, row.state, place)
