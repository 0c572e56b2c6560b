"""I7, I12 and I13 hold whatever is asked; broken, each is found."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

import domain.access.policy
import domain.figures.counting
import domain.figures.standing
import domain.promotion.certifying
import domain.promotion.eligibility
from domain.access import TABLE
from domain.disclosure import DisclosureCertified, DisclosureFiled
from domain.figures.matters import Changes
from domain.record import Sealed
from tests.domain.machines.boards import Boards, leaking
from tests.domain.machines.totals import Totals
from tests.domain.machines.trial import finds, tried

Boards.TestCase.settings = tried(12, 10)
Totals.TestCase.settings = tried(12, 10)
TestBoards = pytest.mark.soak(Boards.TestCase)
TestTotals = pytest.mark.soak(Totals.TestCase)


def test_i7_a_board_that_may_read_cases_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = TABLE["board"]
    more = replace(board, rights=board.rights | {"case.read"})
    monkeypatch.setattr(domain.access.policy, "TABLE", {**TABLE, "board": more})
    finds(Boards, "I7")


def test_i7_a_certificate_that_tells_too_much_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = leaking(domain.promotion.eligibility.ask)
    monkeypatch.setattr(domain.promotion.certifying, "ask", told)
    finds(Boards, "I7")


def counting(monkeypatch: pytest.MonkeyPatch, changes: Mapping[Any, Any]) -> None:
    """Have figures counted otherwise."""
    known: Changes = domain.figures.standing.CHANGES
    monkeypatch.setattr(domain.figures.counting, "CHANGES", {**known, **changes})


def test_i12_a_statistic_that_misses_something_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: Any) -> Iterator[Any]:
        return iter(())

    counting(monkeypatch, {DisclosureCertified: nothing})
    finds(Totals, "I12")


def test_i13_a_figure_that_needs_what_was_destroyed_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filed = domain.figures.standing.CHANGES[DisclosureFiled]

    def readable(told: Any, live: Any) -> Iterator[Any]:
        answers = [value for item in told.fact.items for value in item.values()]
        if any(isinstance(v, Sealed | Mapping) for v in answers):
            return iter(())
        return filed(told, live)

    counting(monkeypatch, {DisclosureFiled: readable})
    finds(Totals, "I13")
