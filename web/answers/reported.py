"""Figures as they were reported."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from web.answers.answer import Answer, taken
from web.matters import Matter


class ReportedFigure(Answer):
    """What was said that a figure is, and to whom."""

    definition: str
    position: int
    as_of: datetime | None
    to: str
    total: int
    cells: Sequence[Mapping[str, Any]]
    year: int | None
    category: str | None
    unit: str | None
    by_unit: bool


class Report(Answer):
    """Figures as they were reported; each names its definition and its position."""

    id: str
    version: int
    figures: Sequence[ReportedFigure]


def report(matter: Matter) -> Report:
    """Show figures as they were reported."""
    return Report(
        id=matter.id,
        version=matter.version,
        figures=[
            taken(ReportedFigure, figure, cells=msgspec.to_builtins(figure.cells))
            for figure in matter.state.figures
        ],
    )
