"""I8, I9, I14 to I16 and I18 hold whatever is asked; broken, each is found."""

from datetime import date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

import domain.holding.placing
import domain.mandate
from domain.case.opening import OpenInquiry
from domain.mandate import Mandate, MandateGiven
from domain.rulebook import Regime
from tests.domain.machines.duties import Duties
from tests.domain.machines.holds import Holding
from tests.domain.machines.mandates import Mandated
from tests.domain.machines.readings import Readings
from tests.domain.machines.tips import Tips
from tests.domain.machines.trial import finds, tried
from web.reading import Reader

for machine in (Duties, Holding, Mandated, Readings, Tips):
    machine.TestCase.settings = tried(12, 12)
TestDuties = pytest.mark.soak(Duties.TestCase)
TestHolding = pytest.mark.soak(Holding.TestCase)
TestMandated = pytest.mark.soak(Mandated.TestCase)
TestReadings = pytest.mark.soak(Readings.TestCase)
TestTips = pytest.mark.soak(Tips.TestCase)


def nothing(*_: Any, **__: Any) -> None:
    return None


def test_i8_a_hold_that_nobody_reviews_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(domain.holding.placing, "refuse_review_day", nothing)
    finds(Holding, "I8")


def test_i8_a_hold_without_a_reason_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain.holding.placing, "demand", nothing)
    finds(Holding, "I8")


def test_i9_a_read_that_is_not_on_record_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Reader, "go_on_record", nothing)
    finds(Readings, "I9")


def test_i14_a_duty_under_another_version_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def newest(regime: Regime, _: Any) -> Any:
        known = regime.published
        return regime.version(max(known)) if known else None

    monkeypatch.setattr(Regime, "in_force", newest)
    finds(Duties, "I14")


def test_i15_a_mandate_that_outlasts_its_end_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    grant_of = domain.mandate.grant_of

    def endless(given: MandateGiven) -> Any:
        late = datetime.max.replace(tzinfo=given.until.tzinfo)
        return grant_of(replace(given, until=late))

    monkeypatch.setattr(Mandate, "holds", lambda *_: True)
    monkeypatch.setattr(domain.mandate, "grant_of", endless)
    finds(Mandated, "I15")


def test_i16_a_case_that_names_a_tipster_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(OpenInquiry, "check_source", nothing)
    finds(Tips, "I16")


def test_i18_a_duty_under_a_mere_draft_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def drafted(regime: Regime, day: date) -> Any:
        books = map(regime.version, regime.texts)
        begun = [book for book in books if book.effective_from <= day]
        return max(begun, key=lambda book: book.effective_from, default=None)

    monkeypatch.setattr(Regime, "in_force", drafted)
    finds(Duties, "I18")
