"""I1 to I6, I14 and I17 hold whatever is asked; broken, each is found."""

from collections.abc import Iterator
from typing import Any

import pytest

import domain.appealing.deciding
import domain.case.deciding
import domain.case.finding
import domain.conflict
import domain.finding
import domain.sanction.computing
import domain.sanction.imposing
import domain.sanction.standing
import domain.sanction.varying
from domain.case.case import Case, case_stream
from domain.record import Given
from domain.rulebook import Regime
from tests.domain.machines.discipline import Discipline
from tests.domain.machines.trial import finds, tried

Discipline.TestCase.settings = tried(20, 10)
TestDiscipline = pytest.mark.soak(Discipline.TestCase)


def nothing(*_: Any, **__: Any) -> None:
    return None


def none_at_all(*_: Any, **__: Any) -> Iterator[Any]:
    return iter(())


def test_i1_a_sanction_without_an_answer_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def looked_up(given: Given, name: str, person: str) -> Case:  # noqa: ARG001
        return given.look(Case(), case_stream(name))

    monkeypatch.setattr(domain.case.finding, "refuse_unanswered", nothing)
    monkeypatch.setattr(domain.case.deciding, "refuse_unanswered", nothing)
    monkeypatch.setattr(domain.sanction.imposing, "decided_case", looked_up)
    finds(Discipline, "I1")


def test_i2_a_sister_who_judges_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain.conflict, "conflict_of", nothing)
    finds(Discipline, "I2")


def test_i3_what_an_appeal_made_heavier_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    varying = domain.sanction.varying.VarySanction
    monkeypatch.setattr(domain.appealing.deciding, "refuse_heavier", nothing)
    monkeypatch.setattr(varying, "refuse_heavier", nothing)
    finds(Discipline, "I3")


def test_i4_a_conduct_sanctioned_twice_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(domain.sanction.imposing, "refuse_again", nothing)
    finds(Discipline, "I4")


def test_i5_concealment_without_intent_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(domain.finding, "refuse_unclassed", nothing)
    finds(Discipline, "I5")


def test_i6_an_omission_that_was_sanctioned_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(domain.sanction.imposing, "refuse_measures_only", nothing)
    finds(Discipline, "I6")


def test_i14_a_sanction_under_another_edition_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def newest(regime: Regime, *_: Any) -> Any:
        return regime.version(max(regime.published))

    monkeypatch.setattr(domain.sanction.computing, "edition_for", newest)
    finds(Discipline, "I14")


def test_i17_a_quashing_that_makes_nothing_good_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(domain.sanction.varying, "reparations", none_at_all)
    finds(Discipline, "I17")


def test_i17_a_quashing_that_leaves_the_later_periods_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(domain.sanction.varying, "follow", none_at_all)
    finds(Discipline, "I17")
