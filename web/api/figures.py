"""Statistics: each figure with its definition and its position in the log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.access import Reach
from domain.errors import Invalid
from domain.figures.definitions import Definition
from projections.models import statistics
from projections.models.reach import within
from projections.models.statistics import Cell, Tally
from web.auth import concerning
from web.resource import Resource
from web.schemas.queries import Counting
from web.wiring import desk

figures = Resource("statistics", about="Figures that anybody can compute again.")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted, how many in all, and in each year, category and rank."""

    definition: Definition
    total: int
    cells: Sequence[Cell]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Figures as of one position in the log; asked for it, they stay the same."""

    position: int
    as_of: datetime | None
    figures: Sequence[Figure]


@figures.question(
    "/statistics",
    may="statistics.read",
    asks=Counting,
    answer=Figures,
    model="statistics",
)
def show_statistics(query: dict[str, Any]) -> Figures:
    """Count what was reported, owed, found, decided, appealed, by year and sort."""
    if "person" in query:
        concerning(query["person"])
    found = counted(query)
    return Figures(
        position=found[0].position,
        as_of=found[0].as_of,
        figures=[figure(tally) for tally in found],
    )


def counted(query: dict[str, Any]) -> Sequence[Tally]:
    names, at = query.pop("definition"), query.pop("at", None)
    chosen = statistics.Which(ranks=query.pop("rank", None), **query)
    # Everybody is counted, whoever asks: a figure names no one.
    with desk().reading() as connection, within(connection, Reach()):
        try:
            return statistics.side_by_side(connection, names, chosen, position=at)
        except Invalid as error:
            raise Invalid("at", error.reason) from error


def figure(tally: Tally) -> Figure:
    return Figure(definition=tally.definition, total=tally.total, cells=tally.cells)
