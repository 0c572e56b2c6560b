"""What a bundle is made of: the events of one thing, and of what belongs to it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.disclosure import Disclosure
from domain.errors import Invalid, Unknown
from domain.promotion.board import candidacy_of, candidacy_stream
from domain.record import Fact, Recorded, stream_of
from domain.rulebook import regime_stream
from domain.sanction.sanctions import stream_of_sanction
from domain.view import replay
from projections.ledger.bundles.cited import (
    SQL,
    Law,
    decoded,
    law_of,
    published,
    read_streams,
)
from projections.ledger.store import Row
from projections.ledger.verifier.bundles.contents import citations

ITSELF, FULFILLED = "the thing itself", "a duty that it fulfils"
CAUSE, LAW = "what led to it", "a rulebook that is cited"
# By which name each kind of thing goes in the register; its stream follows from that.
NAMED = (
    "disclosure",
    "approval",
    "person",
    "unit",
    "rulebook",
    "campaign",
    "verification",
    "source",
    "draw",
    "case",
    "appeal",
    "recommendation",
    "board",
    "holds",
    "release",
    "export",
    "access-request",
    "correction",
    "records",
    "mandates",
)
Facts = Iterable[Fact]
Related = Callable[[Facts], Iterator[UUID]]


def stream(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError as error:
        raise Invalid("stream", f"{name} is no UUID") from error


KINDS: Mapping[str, Callable[[str], UUID]] = {
    **{kind: partial(stream_of, kind) for kind in NAMED},
    "sanction": stream_of_sanction,
    "candidacy": candidacy_stream,
    "certificate": lambda name: candidacy_stream(candidacy_of(name)),
    "stream": stream,
}


def duties(facts: Facts) -> Iterator[UUID]:
    """Yield what a disclosure fulfils; nothing where the facts are of another kind."""
    return replay(Disclosure(), facts).obligations()


# What else belongs to a thing, by its facts.
RELATED: tuple[tuple[str, Related], ...] = ((FULFILLED, duties),)


@dataclass(kw_only=True)
class Selection:
    """The events of a thing, and of what belongs to it.

    Attributes:
        kind, name, stream: which thing it is.
        streams: how each stream belongs to it.
        whole: the streams of which no event is left out.
        rows: the events, by position.
        laws: the rulebooks that they cite.
    """

    kind: str
    name: str
    stream: UUID
    streams: dict[UUID, str] = field(default_factory=dict)
    whole: set[UUID] = field(default_factory=set)
    rows: dict[int, Row] = field(default_factory=dict)
    records: dict[int, Recorded[Any]] = field(default_factory=dict)
    laws: list[Law] = field(default_factory=list)

    @property
    def persons(self) -> tuple[str, ...]:
        """Return the numbers of those whom it is about."""
        found = {record.subject for record in self.records.values()}
        return tuple(sorted(filter(None, found)))

    @property
    def law_positions(self) -> set[int]:
        return {at for law in self.laws for at in (law.drafted, law.published)}

    def add(self, rows: Iterable[Row], what: str) -> None:
        for row in rows:
            self.rows[row.position] = row
            self.records[row.position] = decoded(row)
            self.streams.setdefault(row.stream, what)


def gather(connection: Connection[Any], kind: str, name: str) -> Selection:
    """Return what a bundle of a thing is made of.

    With a disclosure come the duties that it fulfils. With all come the events that led
    to theirs, as far as these are about the same person or about nobody, and the
    rulebooks that they cite.

    Args:
        connection: as a role that reads the log; in one transaction, for one moment.
        kind: one of `KINDS`.
        name: the thing's name, as its kind has names; of a `stream`, the UUID.

    Raises:
        Unknown: there is no such thing, or no such kind.
    """
    if kind not in KINDS:
        raise Unknown("kind", f"{kind}: it is one of {', '.join(KINDS)}")
    found = Selection(kind=kind, name=name, stream=KINDS[kind](name))
    found.add(read_streams(connection, [found.stream]), ITSELF)
    if not found.rows:
        raise Unknown(kind, name)
    for what, related in RELATED:
        facts = [record.fact for record in found.records.values()]
        found.add(read_streams(connection, list(related(facts))), what)
    found.whole |= found.streams.keys()
    add_causes(connection, found)
    add_laws(connection, found)
    return found


def add_causes(connection: Connection[Any], found: Selection) -> None:
    """Add what led to the events, where it tells of nobody else."""
    ids = {record.event_id for record in found.records.values()}
    causes = {record.causation_id for record in found.records.values()} - {None, *ids}
    rows = connection.execute(SQL["read_causes"], {"events": list(causes)}, binary=True)
    same = {None, *found.persons}
    found.add((r for r in map(Row._make, rows) if decoded(r).subject in same), CAUSE)


def add_laws(connection: Connection[Any], found: Selection) -> None:
    """Add the events that made the cited versions law."""
    cited = {
        (citation["rulebook"], citation["version"])
        for row in found.rows.values()
        for citation in citations(json.loads(row.state))
    }
    cited |= published(record.fact for record in found.records.values())
    streams = {regime_stream(rulebook): rulebook for rulebook, _ in cited}
    rows = list(read_streams(connection, list(streams)))
    for rulebook, version in sorted(cited):
        theirs = [row for row in rows if row.stream == regime_stream(rulebook)]
        law = law_of(rulebook, version, theirs)
        found.laws.append(law)
        held = (law.drafted, law.published)
        found.add((row for row in theirs if row.position in held), LAW)
