"""What the log says the rows of a read model were, and whether others are the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from psycopg import Connection

from domain.attestation import ProjectionAttested, projection_stream
from domain.facts import TOPICS
from domain.topics import Place
from projections.digest import FORM, SQL, Digest
from projections.models.model import ReadModel

Against = Literal["attested", "live"]
Verdict = Literal["same", "different", "unknown", "unattested"]


class Attestation(NamedTuple):
    """What was attested, and where in the log that stands."""

    fact: ProjectionAttested
    position: int


class Claim(Protocol):
    """What rows are said to be: in the log, or by the live tables themselves."""

    @property
    def position(self) -> int: ...
    @property
    def digest(self) -> str: ...
    @property
    def tables(self) -> Mapping[str, str]: ...
    @property
    def rows(self) -> Mapping[str, int]: ...
    @property
    def parked(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """A table whose rows are not those that the log makes; None: it is not there."""

    table: str
    claimed: str | None
    rebuilt: str | None
    claimed_rows: int | None
    rebuilt_rows: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether rows are those that the log makes.

    Attributes:
        model: the read model.
        against: what was compared with the rebuilt rows: those that the log says were
            attested, or those of the live tables.
        verdict: unattested, where the log says nothing of rows as this program makes
            them; unknown, where it could not be found out. Then `why` says more.
        position: of the log, up to which the rows were made.
        on: the day on which they were attested.
        claimed: the digest that was attested, or that of the live rows.
        rebuilt: the digest of the rows that were made anew of the log.
        tables: those that differ.
    """

    model: str
    against: Against
    verdict: Verdict
    position: int | None = None
    on: date | None = None
    claimed: str | None = None
    rebuilt: str | None = None
    tables: tuple[Difference, ...] = ()
    why: str | None = None

    def __str__(self) -> str:
        """Return it as a sentence for people, with both digests where they differ."""
        return "".join(_sentence(self))


def attested(connection: Connection[Any], model: str) -> Iterator[Attestation]:
    """Yield what was attested of a read model, the newest first.

    Raises:
        UnreadableEvent: an attestation in the log is not as this program writes them.
    """
    stream = projection_stream(model)
    for position, topic, state in connection.execute(
        SQL["list_attested"], {"stream": stream}
    ):
        place = Place(event=f"attestation of {model}", position=str(position))
        yield Attestation(TOPICS.decode(topic, bytes(state), place).fact, position)


def latest(connection: Connection[Any], model: ReadModel) -> ProjectionAttested | None:
    """Return what was last attested of rows as this very program would make them."""
    for found in attested(connection, model.name):
        if (found.fact.layout, found.fact.form) == (model.layout(), FORM):
            return found.fact
    return None


def compare(against: Against, claim: Claim, rebuilt: Digest) -> Comparison:
    """Compare what rows are said to be with those that were made anew of the log.

    Where events are parked on one side, a difference says nothing: the other program,
    or the same one later, may have taken them.

    Raises:
        ValueError: the two are not of the same position.
    """
    if claim.position != rebuilt.position:
        raise ValueError(f"rows at {claim.position} compared with {rebuilt.position}")
    tables = tuple(_differences(claim, rebuilt))
    same = claim.digest == rebuilt.digest and not tables
    aside = claim.parked + rebuilt.parked
    return Comparison(
        model=rebuilt.model,
        against=against,
        verdict="same" if same else "unknown" if aside else "different",
        position=claim.position,
        on=claim.on if isinstance(claim, ProjectionAttested) else None,
        claimed=claim.digest,
        rebuilt=rebuilt.digest,
        tables=tables,
        why=None if same or not aside else _parked(claim, rebuilt),
    )


def _differences(claim: Claim, rebuilt: Digest) -> Iterator[Difference]:
    for name in sorted(claim.tables.keys() | rebuilt.tables.keys()):
        if claim.tables.get(name) != rebuilt.tables.get(name):
            yield Difference(
                table=name,
                claimed=claim.tables.get(name),
                rebuilt=rebuilt.tables.get(name),
                claimed_rows=claim.rows.get(name),
                rebuilt_rows=rebuilt.rows.get(name),
            )


def _parked(claim: Claim, rebuilt: Digest) -> str:
    return (
        f"the rows differ, but not all events were taken: {claim.parked} were parked"
        f" there, {rebuilt.parked} in the rebuild; see `probity parked`"
    )


def _sentence(said: Comparison) -> Iterator[str]:
    if said.why:
        yield f"{said.model} could not be compared with its {said.against} rows: "
        yield f"{said.why}"
        return
    yield f"{said.model} at position {said.position}: "
    what = "the live rows" if said.against == "live" else f"what was attested {said.on}"
    yield f"{what} and what the log makes are "
    if said.verdict == "same":
        yield "the same"
        return
    yield f"NOT THE SAME: {said.claimed} stands, {said.rebuilt} is rebuilt"
    for one in said.tables:
        stands = _side(one.claimed, one.claimed_rows)
        yield f"; table {one.table}: {stands} stands,"
        yield f" {_side(one.rebuilt, one.rebuilt_rows)} is rebuilt"


def _side(digest: str | None, rows: int | None) -> str:
    return f"{digest} ({rows} rows)" if digest else "nothing"
