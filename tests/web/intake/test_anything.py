"""Whatever a file holds, it is read, refused by line, or refused as a whole."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from domain.errors import Invalid
from domain.regime.parse import parse
from domain.rulebook import Regime
from domain.rulebooks import shipped
from tests.web.intake.test_events import NOTICE, TRADE, report
from web.intake.mapping import load
from web.intake.outcome import NO
from web.intake.reports import Reports
from web.intake.shape import Source
from web.intake.tables import Line, read

RELAXED = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.text(), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx"])
@RELAXED
@given(content=some.binary(min_size=1) | some.text(min_size=1).map(str.encode))
def test_any_bytes_are_rows_or_faults(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with suppress(Invalid):
        for line in read(path, Source()):
            assert line.number > 0
            assert line.fault or json.dumps(line.row).encode()


@RELAXED
@given(
    changes=some.dictionaries(some.sampled_from(sorted(report("1"))), VALUES),
    trade=some.dictionaries(some.sampled_from(sorted(TRADE | NOTICE)), VALUES),
)
def test_any_row_is_a_report_or_is_refused(
    changes: dict[str, Any], trade: dict[str, Any]
) -> None:
    book = parse(shipped()["us-oge-278t.toml"])
    texts = {1: shipped()["us-oge-278t.toml"]}
    regime = Regime(texts=texts, published={1: book.effective_from})
    reader = Reports(
        load("senate_ptr", "disclosures"), "a.jsonl", None, lambda _: regime
    )

    with suppress(*NO):
        drafted = reader.draft(Line(1, report("1", TRADE, TRADE | trade) | changes))
        assert drafted.command.report.person
        assert (
            len(drafted.events) + len(drafted.refused) <= 2 or "transactions" in changes
        )
