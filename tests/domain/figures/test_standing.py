"""What counts as what: reports and duties, and facts that follow nothing."""

from collections import Counter

import pytest
from msgspec.structs import replace

from domain.disclosure import DisclosureWithdrawn
from domain.figures.counting import FACTS, Count
from domain.figures.definitions import DEFINITIONS
from domain.figures.matters import Matter, told
from domain.figures.reporting import report_stream
from domain.figures.standing import CHANGES, PLACING
from domain.obligation import FulfilmentWithdrawn, ObligationBecameOverdue
from tests.chance import chance_history
from tests.domain.figures.test_counting import asked
from tests.domain.golden import full
from tests.domain.replaying.logs import Records, replayed
from tests.history import History
from tests.naive import Naive


@pytest.mark.parametrize("topic", sorted(f.TOPIC for f in CHANGES))
def test_a_fact_that_follows_nothing_changes_nothing_that_is_not_new(
    topic: str,
) -> None:
    kind = next(fact for fact in CHANGES if topic == fact.TOPIC)
    history = History()
    history.add(report_stream("x"), full(kind), subject="P1")
    (record,) = history.records

    found = list(CHANGES[kind](told(record), {}))

    assert len(found) <= 1
    assert not found or kind in PLACING


@pytest.mark.parametrize("seed", range(2))
def test_i12_reports_and_duties_are_counted_from_the_log_alone(seed: int) -> None:
    records = chance_history(seed, 300).records
    log, count = Records(records), Count()
    count.take(log.kinds(FACTS, 0, len(records)), len(records))
    naive = Naive(records).at(len(records))
    for name in ("filed", "certified", "obliged", "fulfilled", "overdue"):
        found: Counter[tuple[int, str, str | None]] = Counter()
        for cell in count.cells(asked(name, len(records), None)):
            found[cell.year, cell.category, cell.rank] += cell.count
        assert found == naive.count(DEFINITIONS[name]), name


def test_what_was_found_overdue_and_is_open_again_is_overdue_again() -> None:
    matter = Matter(
        part="",
        standing="obligation.fulfilled",
        person="P1",
        day=History().now.date(),
        category="wedding",
        marked=True,
    )
    history = History()
    history.add(report_stream("x"), FulfilmentWithdrawn(disclosure="D-1"))
    again = CHANGES[FulfilmentWithdrawn](told(history.records[0]), {"": matter})

    assert next(again).standing == "obligation.overdue"
    assert CHANGES[ObligationBecameOverdue] is not CHANGES[DisclosureWithdrawn]


def test_s5_03_a_reported_figure_is_counted_again_wherever_it_stands() -> None:
    history = chance_history(3, 200)
    size, as_of = history.position, history.records[-1].recorded_at
    log, count = Records(history.records), Count()
    count.take(log.kinds(FACTS, 0, size), size)
    for position in (size, size, 50):
        figure = asked("filed", size, as_of)
        cells = count.cells(figure)
        right = {"cells": cells, "total": sum(cell.count for cell in cells)}
        history.add(report_stream("R-1"), replace(figure, **right, position=position))

    found = [
        d for d in replayed(history.records).differences if d.topic[:7] == "figures"
    ]

    assert {d.field for d in found} == {"cells", "total"}
    assert {d.position for d in found} == {size + 3}
