"""A population is that of the log as it was, whoever has come or moved since."""

from typing import Any

import pytest

from domain.errors import Unknown
from domain.personnel import AssumePosition
from domain.verification.draw import DrawSample
from domain.verification.facts import SampleDrawn
from projections import population
from projections.population import found, repeat
from tests.domain.cast import joins
from tests.domain.verification.cast import HOMES, office
from tests.spec import Scenario

STAFF = {"chief", "li", "shen", "wang", "zhang"}


def asks(**more: Any) -> DrawSample:
    usual = {"draw": "W-1", "rulebook": HOMES, "seed": "x", "seed_from": "lottery"}
    return DrawSample(**(usual | more), persons=())


def draws(scenario: Scenario, **more: Any) -> DrawSample:
    return found(scenario.app, asks(**more), scenario.now)


@pytest.mark.parametrize("together", [1, 2, 5, 5000])
def test_everybody_is_found_however_many_are_read_at_once(
    monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(population, "TOGETHER", together)
    scenario = office()

    assert set(draws(scenario).persons) == STAFF
    assert set(draws(scenario, unit="college").persons) == {"shen", "zhang", "li"}
    assert set(draws(scenario, population="senior").persons) == {
        "chief",
        "shen",
        "zhang",
    }


def test_s5_06_s3_26_a_draw_is_repeated_whatever_happened_since() -> None:
    scenario = office().by("vera", "verifier")
    fact = scenario.when(draws(scenario)).one(SampleDrawn)
    moved = AssumePosition(
        number="shen",
        post="second",
        unit="training",
        title="Officer",
        from_on=fact.as_of,
    )
    scenario.clerk().given(*joins("newcomer"), moved)
    heard: list[int] = []

    recorded, again = repeat(scenario.app, "W-1", heard.append)

    assert recorded == again == fact
    assert sum(heard) == len(STAFF)


def test_s5_06_a_list_from_which_somebody_was_left_out_shows() -> None:
    scenario = office().by("vera", "verifier")
    short = DrawSample(
        draw="W-1",
        rulebook=HOMES,
        seed="x",
        seed_from="lottery",
        persons=("li", "shen"),
    )
    scenario.given(short)

    recorded, again = repeat(scenario.app, "W-1")

    assert (recorded.population_size, again.population_size) == (2, 5)
    assert recorded.population_sha256 != again.population_sha256


def test_a_draw_that_was_never_made_is_not_repeated() -> None:
    with pytest.raises(Unknown, match="there is no draw W-9"):
        repeat(office().app, "W-9")
