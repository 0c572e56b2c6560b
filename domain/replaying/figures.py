"""Reported figures counted again, from the log alone (I12)."""

from collections.abc import Iterator, Mapping

from domain.attestation import ProjectionAttested
from domain.figures.counting import FACTS, Count
from domain.figures.reporting import FiguresReported
from domain.record import Fact
from domain.replaying.moment import Check, Hidden, Moment, Part, Recompute

ROWS = "it is of rows: `probity verify --projections` makes them anew and compares"


def reported(moment: Moment) -> Iterator[Part]:
    """Count again, up to the position that the figure names."""
    fact: FiguresReported = moment.fact
    rule = f"definition {fact.definition}"
    cells = counted(moment, fact.position).cells(fact)
    yield Check("cells", fact.cells, cells, rule)
    yield Check("total", fact.total, sum(cell.count for cell in cells), rule)


def counted(moment: Moment, position: int) -> Count:
    """Return the count at a position; it goes on from the last, if that was before."""
    past = moment.past
    count = past.counted
    if count is None or count.position > position:
        count = Count()
    count.take(past.log.kinds(FACTS, count.position, position), position)
    past.counted = count
    return count


def attested(moment: Moment) -> Iterator[Part]:  # noqa: ARG001  it is of rows, not of events
    """Say where the rows of a read model are compared."""
    yield Hidden("digest", ROWS)


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    FiguresReported: reported,
    ProjectionAttested: attested,
}
