"""Figures of what was found and what came of it, now and at any position of the log."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from domain.figures.counting import FACTS, Count
from domain.figures.definitions import DEFINITIONS
from domain.figures.reporting import (
    FiguresReported,
    ReportedCell,
    in_order,
    report_stream,
)
from domain.promotion import facts as promotion
from domain.promotion.board import candidacy_stream
from domain.verification import facts as verification
from domain.verification.state import verification_stream
from projections.models.statistics import Cell, Tally, Which, side_by_side, tally
from projections.replaying.going import replay_one
from projections.replaying.reading import Reading
from tests.chance_candidates import funnel_history
from tests.chance_funnel import Funnel, fact
from tests.history import History, cite
from tests.naive_funnel import Log
from tests.projections.kinds import Connection, Tell

BY_UNIT = Which(by_unit=True)


def cells(figure: Tally) -> Counter[tuple[Any, ...]]:
    return Counter(
        {(c.year, c.category, c.rank, c.unit): c.count for c in figure.cells}
    )


@pytest.mark.parametrize("seed", range(2))
def test_i12_s5_03_the_funnel_is_that_of_the_log_at_every_position(
    tell: Tell, reader: Connection, seed: int
) -> None:
    history = tell(funnel_history(seed, 220))
    for position in range(50, history.position + 1, 73):
        naive = Log(history.records[:position])
        today = history.records[position - 1].recorded_at.date()
        found = side_by_side(reader, sorted(DEFINITIONS), BY_UNIT, position=position)
        for figure in found:
            wanted = naive.count(figure.definition, today)
            assert cells(figure) == wanted, (figure.definition.id, position)


def certified(history: History, name: str, person: str, *sources: str) -> None:
    """Enter a candidate, whom a certificate bars for findings or sanctions."""
    stream = candidacy_stream(f"{name}:{person}")
    history.subjects[stream] = person
    entered: Any = fact(promotion.CandidateEntered, person=person)
    history.add(stream, entered)
    answer = promotion.Eligibility(
        question=entered.question,
        result="NOT_ELIGIBLE" if sources else "ELIGIBLE",
        reasons=tuple(
            promotion.Reason(
                source=source,  # type: ignore[arg-type]  # they are sources
                key="x",
                effect="bars",
                code="x",
                cited=cite("eligibility"),
            )
            for source in sources
        ),
    )
    history.add(stream, fact(promotion.EligibilityCertified, answer=answer))
    history.add(stream, fact(promotion.CandidateDecided, recommended=not sources))


def test_s1_13_sixteen_candidates_held_by_findings_on_what_they_reported(
    tell: Tell, reader: Connection
) -> None:
    history = Funnel(0).history
    for n in range(16):
        certified(history, f"B{n}", "P1", "finding")
    for n in range(3):
        certified(history, f"C{n}", "P2", "sanction")
    certified(history, "D", "P3")
    stream = verification_stream("V-1")
    history.subjects[stream] = "P3"
    history.add(stream, fact(verification.VerificationOpened, person="P3"))
    history.add(stream, fact(verification.DiscrepancyDetected))
    tell(history)
    names = (
        "candidates",
        "candidates_held",
        "candidates_held_by_findings",
        "candidates_recommended",
        "discrepancies_open",
    )

    totals = [figure.total for figure in side_by_side(reader, names)]

    assert totals == [20, 19, 16, 1, 1]


def test_s2_16_open_and_overdue_ones_are_told_beside_what_was_punished(
    tell: Tell, reader: Connection
) -> None:
    history = History()
    history.unit("HQ")
    history.person("P1")
    history.post("P1", "HQ", date(2015, 1, 1), rank="clerk")
    stream = verification_stream("V-1")
    history.subjects[stream] = "P1"
    history.add(stream, fact(verification.VerificationOpened, person="P1"))
    asked = fact(verification.ExplanationRequested, answer_by=date(2016, 3, 1))
    history.on(date(2016, 2, 1)).add(stream, asked)
    before = tell(history).position
    history.on(date(2016, 3, 2)).unit("North")
    after = tell(history).position

    def overdue(position: int) -> int:
        return tally(reader, "explanations_overdue", position=position).total

    assert (overdue(before), overdue(after)) == (0, 1)
    assert tally(reader, "explanations_asked", position=before).total == 1
    assert tally(reader, "verifications_open").total == 1
    assert tally(reader, "sanctions").total == 0
    history.add(stream, fact(verification.ExplanationReceived))
    tell(history)
    assert tally(reader, "explanations_overdue").total == 0
    assert (overdue(after), tally(reader, "explanations_received").total) == (1, 1)


def test_figures_are_told_by_unit_where_they_are_asked_for_so(
    tell: Tell, reader: Connection
) -> None:
    tell(funnel_history(3, 200))

    whole = tally(reader, "cases")
    apart = tally(reader, "cases", BY_UNIT)
    north = tally(reader, "cases", Which(unit="North"))

    assert whole.total == apart.total > north.total > 0
    assert {cell.unit for cell in whole.cells} == {None}
    assert sum(c.count for c in apart.cells if c.unit == "North") == north.total


def reported(found: Tally, stream: str = "R-1", **more: Any) -> FiguresReported:
    said = [
        ReportedCell(
            year=c.year, category=c.category, rank=c.rank, unit=c.unit, count=c.count
        )
        for c in found.cells
    ]
    fields: dict[str, Any] = {
        "report": stream,
        "definition": found.definition.id,
        "position": found.position,
        "as_of": found.as_of,
        "cells": in_order(said),
        "total": found.total,
        "to": "the public",
    }
    return FiguresReported(**(fields | more))


def test_s5_03_i12_reported_figures_are_counted_again_by_a_replay(
    tell: Tell, reader: Connection
) -> None:
    history = tell(funnel_history(1, 200))
    found = side_by_side(reader, sorted(DEFINITIONS), BY_UNIT)
    wrong = tally(reader, "cases")
    cells_ = (Cell(2016, "complaint", None, 999), *wrong.cells)
    for figure in found:
        history.add(report_stream("R-1"), reported(figure, by_unit=True))
    forged = Tally(wrong.definition, wrong.position, wrong.as_of, cells_)
    history.add(report_stream("R-2"), reported(forged, "R-2"))
    tell(history)

    right = replay_one(reader, report_stream("R-1"))
    other = replay_one(reader, report_stream("R-2"))

    assert (right.replayed, right.identical) == (len(DEFINITIONS), len(DEFINITIONS))
    assert [(d.field, d.rule) for d in other.differences] == [
        ("cells", "definition cases"),
        ("total", "definition cases"),
    ]
    assert other.differences[1].stored == 999 + other.differences[1].recomputed


def test_what_is_counted_in_the_database_is_counted_from_the_log(
    tell: Tell, reader: Connection
) -> None:
    history = tell(funnel_history(2, 200))
    count = Count()
    count.take(Reading(reader).kinds(FACTS, 0, history.position), history.position)

    for figure in side_by_side(reader, sorted(DEFINITIONS), BY_UNIT):
        said = reported(figure, by_unit=True)
        assert count.cells(said) == said.cells, figure.definition.id
