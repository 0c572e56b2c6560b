"""What is counted from the log is what anybody finds who reads stream by stream."""

import os
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from domain.figures.counting import FACTS, Count
from domain.figures.definitions import DEFINITIONS
from domain.figures.reporting import FiguresReported
from tests.chance_candidates import funnel_history
from tests.domain.replaying.logs import Records
from tests.naive_funnel import Log

SEEDS = range(300 if os.environ.get("PROBITY_SOAK") == "1" else 2)


def asked(
    definition: str, position: int, as_of: datetime | None, **more: Any
) -> FiguresReported:
    return FiguresReported(
        report="R-1",
        definition=definition,
        position=position,
        as_of=as_of,
        cells=(),
        total=0,
        to="the public",
        by_unit=True,
        **more,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_i12_figures_are_what_the_log_says_at_every_position(seed: int) -> None:
    records = funnel_history(seed, 220).records
    log, count = Records(records), Count()
    for position in range(40, len(records), 40):
        count.take(log.kinds(FACTS, count.position, position), position)
        as_of = records[position - 1].recorded_at
        naive = Log(records[:position])
        for name, definition in DEFINITIONS.items():
            cells = count.cells(asked(name, position, as_of))
            found = Counter(
                {(c.year, c.category, c.rank, c.unit): c.count for c in cells}
            )
            assert found == naive.count(definition, as_of.date()), (name, position)


def test_every_definition_counts_something_somewhere() -> None:
    counts = Counter[str]()
    for seed in range(3):
        records = funnel_history(seed, 400).records
        log, count = Records(records), Count()
        count.take(log.kinds(FACTS, 0, len(records)), len(records))
        as_of = records[-1].recorded_at
        for name in DEFINITIONS:
            counts[name] += sum(
                cell.count for cell in count.cells(asked(name, len(records), as_of))
            )

    declared = {
        "filed",
        "certified",
        "obliged",
        "fulfilled",
        "fulfilled_late",
        "overdue",
    }
    never = {
        f"findings_{c}"
        for c in ("late", "incomplete", "false_statement", "unapproved_act")
    }
    assert {name for name in DEFINITIONS if not counts[name]} == declared | never


def test_a_figure_is_narrowed_and_told_without_units() -> None:
    records = funnel_history(1, 300).records
    log, count = Records(records), Count()
    count.take(log.kinds(FACTS, 0, len(records)), len(records))
    as_of = records[-1].recorded_at
    whole = count.cells(asked("sanctions", len(records), as_of))
    one = whole[0]
    narrowed = {"year": one.year, "category": one.category, "unit": one.unit}

    part = count.cells(asked("sanctions", len(records), as_of, **narrowed))

    assert part
    assert {(c.year, c.category, c.unit) for c in part} == {
        (one.year, one.category, one.unit)
    }
    assert sum(c.count for c in part) <= sum(c.count for c in whole)
