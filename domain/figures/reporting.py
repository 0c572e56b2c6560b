"""Figures as an office reported them, with their definition, to be checked by it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Invalid, Unknown, WrongStage
from domain.figures.definitions import DEFINITIONS
from domain.record import Command, Decision, Fact, Given, Value, stream_of
from domain.records.words import demand

CHECKED = "a figure that is reported names its definition and its place in the log"


# Facts: what happened.


class ReportedCell(Value):
    """How many in one year, category and rank, and unit where it was asked for."""

    year: int
    category: str
    count: int
    rank: str | None = None
    unit: str | None = None


def in_order(cells: Iterable[ReportedCell]) -> tuple[ReportedCell, ...]:
    """Return cells as a report has them: by year, category, rank and unit."""
    return tuple(
        sorted(cells, key=lambda c: (c.year, c.category, c.rank or "", c.unit or ""))
    )


class FiguresReported(Fact):
    """What an office says that its figures are (S5-02, S5-03).

    Attributes:
        report: which report it is part of.
        definition: what is counted; see `domain.figures.definitions`.
        position: the position of the log up to which it was counted.
        as_of: when the event at that position was recorded.
        cells: all of it, cell by cell; `total` is their sum.
        to: to whom it is reported.
        year, category, unit: to what it was narrowed; by_unit: it is told by unit.
    """

    TOPIC: ClassVar = "figures.reported"
    report: str
    definition: str
    position: int
    as_of: datetime | None
    cells: tuple[ReportedCell, ...]
    total: int
    to: str
    year: int | None = None
    category: str | None = None
    unit: str | None = None
    by_unit: bool = False


# State: what the facts add up to.


class FiguresReport(Value):
    """A report: figures under several definitions, side by side."""

    figures: tuple[FiguresReported, ...] = ()

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case FiguresReported():
                return replace(self, figures=(*self.figures, fact))
        return self


def report_stream(report: str) -> UUID:
    return stream_of("figures", report)


# Commands: what someone asks for, and when the rules allow it.


class ReportFigures(Command[FiguresReport]):
    """Put figures on record as they are reported; the same again records nothing.

    They were counted by who asks: a replay counts them again from the log alone.
    """

    figures: tuple[FiguresReported, ...]
    report: str

    @property
    def stream(self) -> UUID:
        return report_stream(self.report)

    def blank(self) -> FiguresReport:
        return FiguresReport()

    def decide(self, state: FiguresReport, given: Given) -> Decision:  # noqa: ARG002
        if not self.figures:
            raise Invalid("definition", "say which figures", rule=CHECKED)
        for figure in self.figures:
            demand("to", figure.to, what="say to whom", rule=CHECKED)
            check(figure, self.report)
        if state.figures and state.figures != self.figures:
            raise WrongStage(f"{self.report} was reported otherwise", rule=CHECKED)
        if not state.figures:
            yield from self.figures


def check(figure: FiguresReported, report: str) -> None:
    """Raise unless it is of this report, of a known definition, and adds up."""
    if figure.definition not in DEFINITIONS:
        raise Unknown("definition", figure.definition)
    if figure.report != report:
        raise Invalid("report", f"it is of {figure.report}", rule=CHECKED)
    if figure.total != sum(cell.count for cell in figure.cells):
        raise Invalid("total", "it is not the sum of its cells", rule=CHECKED)


def day_of(figure: FiguresReported) -> date:
    """Return the day by which something is overdue in a figure (UTC)."""
    return figure.as_of.date() if figure.as_of else date.min
