"""Figures on record: with definition, position and sum, once and the same."""

from datetime import date
from typing import Any

from domain.errors import Invalid, Unknown, WrongStage
from domain.figures.reporting import (
    FiguresReported,
    ReportedCell,
    ReportFigures,
    day_of,
    in_order,
)
from tests.spec import Scenario

CELL = ReportedCell(year=2016, category="wedding", count=3)


def figure(**more: Any) -> FiguresReported:
    usual: dict[str, Any] = {
        "report": "R-1",
        "definition": "filed",
        "position": 7,
        "as_of": None,
        "cells": (CELL,),
        "total": 3,
        "to": "the public",
    }
    return FiguresReported(**(usual | more))


def report(*figures: FiguresReported) -> ReportFigures:
    return ReportFigures(report="R-1", figures=figures)


def test_s5_02_two_definitions_are_reported_side_by_side() -> None:
    both = (figure(), figure(definition="certified", cells=(), total=0))

    Scenario().when(report(*both)).then(*both)


def test_the_same_again_records_nothing_and_another_is_refused() -> None:
    told = Scenario().given(report(figure()))

    told.when(report(figure())).then_nothing()
    told.when(report(figure(to="the press"))).then_refused(WrongStage)


def test_a_figure_that_does_not_add_up_or_is_of_nothing_known_is_refused() -> None:
    empty = Scenario()

    empty.when(report()).then_refused(Invalid, match="say which figures")
    empty.when(report(figure(to=" "))).then_refused(Invalid, match="to")
    empty.when(report(figure(total=4))).then_refused(Invalid, match="sum")
    empty.when(report(figure(report="R-2"))).then_refused(Invalid, match="R-2")
    empty.when(report(figure(definition="guilt"))).then_refused(Unknown)


def test_cells_are_told_in_one_order_wherever_they_come_from() -> None:
    later = ReportedCell(year=2017, category="a", count=1)
    ranked = ReportedCell(year=2016, category="wedding", count=1, rank="chief")

    assert in_order([later, ranked, CELL]) == (CELL, ranked, later)


def test_before_anything_happened_nothing_was_overdue() -> None:
    assert day_of(figure()) == date.min
