"""Figures from the log by year, category and rank, with definition and position."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.rows import args_row

from domain.errors import Invalid, Unknown
from projections.models.paging import given
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("statistics_questions.sql"))


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure counts: its id, a sentence, and the standings that count."""

    id: str
    sentence: str
    standings: tuple[str, ...]


DEFINITIONS = {
    definition.id: definition
    for definition in (
        Definition(
            "filed",
            "Reports received in the year, by the rank held on the day of receipt;"
            " those that were withdrawn do not count.",
            ("disclosure.filed", "disclosure.certified", "disclosure.closed"),
        ),
        Definition(
            "certified",
            "Reports received in the year that stand certified, by the rank held on the"
            " day of receipt.",
            ("disclosure.certified",),
        ),
        Definition(
            "obliged",
            "Obligations due in the year, by the rank held on the due date; those"
            " waived or cancelled do not count.",
            (
                "obligation.open",
                "obligation.overdue",
                "obligation.fulfilled",
                "obligation.fulfilled_late",
            ),
        ),
        Definition(
            "fulfilled",
            "Obligations due in the year that were fulfilled, in time or late, by the"
            " rank held on the due date.",
            ("obligation.fulfilled", "obligation.fulfilled_late"),
        ),
        Definition(
            "fulfilled_late",
            "Obligations due in the year that were fulfilled after the due date, by the"
            " rank held on that date.",
            ("obligation.fulfilled_late",),
        ),
        Definition(
            "overdue",
            "Obligations due in the year that were found overdue and are still open, by"
            " the rank held on the due date.",
            ("obligation.overdue",),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many in one year, category and rank; rank None: none is known for the day."""

    year: int
    category: str
    rank: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure, and all that is needed to compute it again.

    Attributes:
        definition: what it counts.
        position: the position in the log up to which events count.
        as_of: when the event at that position was recorded; None for an empty log.
        cells: the breakdown; it sums to the total.
    """

    definition: Definition
    position: int
    as_of: datetime | None
    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which part of the figures: every condition that is given must hold."""

    year: int | None = None
    category: str | None = None
    person: str | None = None
    ranks: list[str] | None = None


ALL = Which()


def tally(
    connection: Connection[Any],
    definition: str,
    which: Which = ALL,
    *,
    position: int | None = None,
) -> Tally:
    """Count by year, category and rank.

    Args:
        connection: as probity_web or probity_scheduler.
        definition: the id of one of `DEFINITIONS`.
        which: which part.
        position: count what was known at this position of the log; None: now. The same
            position gives the same figure for ever.

    Raises:
        Unknown: there is no such definition.
        Invalid: the figures do not reach to that position yet.
    """
    return side_by_side(connection, (definition,), which, position=position)[0]


def side_by_side(
    connection: Connection[Any],
    definitions: Sequence[str],
    which: Which = ALL,
    *,
    position: int | None = None,
) -> tuple[Tally, ...]:
    """Count under several definitions at one position of the log; see `tally`."""
    chosen = [_defined(name) for name in definitions]
    at, as_of = _moment(connection, position)
    return tuple(
        Tally(definition, at, as_of, _cells(connection, definition, which, at))
        for definition in chosen
    )


def _defined(name: str) -> Definition:
    if name not in DEFINITIONS:
        raise Unknown("definition", name)
    return DEFINITIONS[name]


def _moment(
    connection: Connection[Any], position: int | None
) -> tuple[int, datetime | None]:
    found = connection.execute(SQL["read_moment"], {"position": position}).fetchone()
    reached, as_of = found or (0, None)
    if position is not None and not 0 <= position <= reached:
        raise Invalid("position", f"the figures reach from position 0 to {reached}")
    return (reached if position is None else position), as_of


def _cells(
    connection: Connection[Any], definition: Definition, which: Which, position: int
) -> tuple[Cell, ...]:
    conditions = given(which)
    values = {
        **conditions,
        "standings": list(definition.standings),
        "position": position,
    }
    question = SQL.asking("select_cells", conditions, "then_by_cell")
    with connection.cursor(row_factory=args_row(Cell)) as cursor:
        return tuple(cursor.execute(question, values))
