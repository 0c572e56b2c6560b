"""Figures from the log by year, category, rank and unit, with definition and place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.rows import args_row

from domain.errors import Invalid, Unknown
from domain.figures.definitions import DEFINITIONS, Definition
from projections.models.paging import given
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("statistics_questions.sql"))


@dataclass(frozen=True, slots=True)
class Cell:
    """How many in one year, category and rank; rank None: none is known for the day.

    The `unit` is told where figures are asked for by unit.
    """

    year: int
    category: str
    rank: str | None
    count: int
    unit: str | None = None


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
    """Which part of the figures: every condition that is given must hold.

    `unit` is the very unit, not those below it. `by_unit` narrows nothing: it has the
    figures broken down by unit as well.
    """

    year: int | None = None
    category: str | None = None
    person: str | None = None
    ranks: list[str] | None = None
    unit: str | None = None
    by_unit: bool = False


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
        definition: the id of one of `domain.figures.definitions`.
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
    moment = (at, as_of)
    return tuple(
        Tally(definition, at, as_of, _cells(connection, definition, which, moment))
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
    connection: Connection[Any],
    definition: Definition,
    which: Which,
    moment: tuple[int, datetime | None],
) -> tuple[Cell, ...]:
    position, as_of = moment
    conditions = given(which)
    by_unit = conditions.pop("by_unit", False)
    if definition.overdue:
        conditions["overdue"] = as_of.date() if as_of else date.min
    values = {
        **conditions,
        "standings": list(definition.standings),
        "position": position,
        "by_unit": by_unit,
    }
    question = SQL.asking("select_cells", conditions, "then_by_cell")
    with connection.cursor(row_factory=args_row(Cell)) as cursor:
        return tuple(cursor.execute(question, values))
