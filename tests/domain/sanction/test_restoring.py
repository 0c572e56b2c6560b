"""A probation's period counts from the day on which rights are restored."""

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.sanction.facts import (
    RightsRestored,
    SanctionPeriodRecomputed,
    SanctionReleased,
)
from domain.sanction.releasing import ReleaseSanction
from domain.sanction.restoring import RestoreRights
from domain.sanction.staying import EndStay, StaySanction
from tests.domain.sanction.cast import (
    PARTY,
    appealed,
    day,
    ready,
    sanction,
    sanctioned,
    tracks,
)
from tests.spec import Scenario

LI, SECOND, THIRD = "li:party:1", "li:party:2", "li:party:3"


def probation(on: str = "2024-02-01", term: str = "1Y", **more: str) -> Scenario:
    """Return a register in which Li is on probation from a day on."""
    case = ready(more.pop("scenario", None) or tracks(), on, rulebook=PARTY, **more)  # type: ignore[arg-type]  # one is no text
    asked = case.sanctioning("probation", term=term)
    return case.decision("probation", sanctions=(asked,)).scenario


def restores(scenario: Scenario, on: str, since: str | None = None) -> Scenario:
    command = RestoreRights(sanction=LI, on=day(since) if since else None)
    return scenario.on(on).by("han", "deciding_authority").when(command)


def test_t8_two_years_count_from_the_day_on_which_rights_are_restored() -> None:
    scenario = probation()
    assert sanction(scenario, LI).terms.term_until == day("2025-02-01")

    fact = restores(scenario, "2025-02-01").one(RightsRestored)
    assert fact.terms.until_on == day("2027-02-01")
    assert sanction(scenario, LI).terms == fact.terms


def test_t8_rights_restored_later_count_from_later() -> None:
    later = restores(probation(), "2025-03-01", since="2025-02-15")
    assert later.one(RightsRestored).terms.until_on == day("2027-02-15")


@pytest.mark.parametrize(
    ("on", "since", "kind", "match"),
    [
        ("2025-01-31", None, WrongStage, "the probation runs until 2025-02-01"),
        ("2025-03-01", "2025-01-31", WrongStage, "the probation runs until"),
        ("2025-03-01", "2025-03-02", Invalid, "on: 2025-03-02 is not here yet"),
    ],
)
def test_t8_rights_are_restored_after_the_term_and_never_foretold(
    on: str, since: str | None, kind: type[Exception], match: str
) -> None:
    restores(probation(), on, since).then_refused(kind, match=match)


def test_t8_rights_are_restored_once_and_where_they_were_lost() -> None:
    scenario = restores(probation(), "2025-02-01")
    restores(scenario, "2025-02-02").then_refused(WrongStage, match="no rights")

    warned = tracks()
    sanctioned(warned, "warning", "2024-02-01", rulebook=PARTY)
    restores(warned, "2026-02-01").then_refused(WrongStage, match="no rights")


def test_i2_nobody_restores_their_own_rights() -> None:
    scenario = probation().on("2025-02-01").by("li", "deciding_authority")
    scenario.when(RestoreRights(sanction=LI)).then_refused(NotAllowed)


def test_nothing_ends_before_rights_are_restored() -> None:
    scenario = probation().on("2030-01-01").by("scheduler", "scheduler")
    scenario.when(ReleaseSanction(sanction=LI)).then_nothing()


def test_t6_what_follows_a_probation_waits_for_its_earliest_end() -> None:
    scenario = probation()
    sanctioned(scenario, "warning", "2024-06-01", rulebook=PARTY, case="C-2")
    assert sanction(scenario, SECOND).terms.until_on == day("2028-02-01")

    restored = restores(scenario, "2025-08-01")
    (fact,) = restored.all(SanctionPeriodRecomputed)
    assert fact.terms.until_on == day("2028-08-01")
    assert (fact.sanction, fact.because_of) == (SECOND, LI)


def test_t6_the_remainder_that_is_left_at_the_restoration_comes_first() -> None:
    scenario = tracks()
    sanctioned(scenario, "removal", "2024-02-01", rulebook=PARTY, case="C-2")
    probation("2024-03-01", scenario=scenario)  # type: ignore[arg-type]  # no text
    assert sanction(scenario, SECOND).terms.remainder_of == LI

    command = RestoreRights(sanction=SECOND)
    scenario.on("2025-03-01").by("han", "deciding_authority").when(command)
    assert scenario.one(RightsRestored).terms.until_on == day("2028-02-01")


def test_a_restored_probation_varied_to_a_removal_counts_from_its_decision() -> None:
    case = ready(tracks(), "2024-02-01", rulebook=PARTY)
    asked = case.sanctioning("probation", term="2Y")
    case.decision("probation", sanctions=(asked,))
    restores(case.scenario, "2026-02-01")

    appealed(case, "2026-02-02", "varied", kind="removal", grounds=("rules",))
    assert sanction(case.scenario, LI).terms.until_on == day("2026-02-01")


def test_a_restored_probation_varied_to_a_shorter_term_keeps_its_restoration() -> None:
    case = ready(tracks(), "2024-02-01", rulebook=PARTY)
    asked = case.sanctioning("probation", term="2Y")
    case.decision("probation", sanctions=(asked,))
    restores(case.scenario, "2026-02-01")

    scenario = appealed(case, "2026-02-02", "varied", term="1Y", grounds=("rules",))
    scenario.then_refused(NotAllowed, match="it is probation until 2028-02-01 already")


def test_a_stay_takes_away_the_effect_and_ends_once() -> None:
    scenario = probation().by("mu", "appeal_panel")

    scenario.given(StaySanction(sanction=LI, appeal="A-1"))
    assert sanction(scenario, LI).status == "stayed"
    scenario.when(StaySanction(sanction=LI, appeal="A-1")).then_nothing()
    scenario.given(EndStay(sanction=LI, appeal="A-1"))
    assert sanction(scenario, LI).status == "running"
    scenario.when(EndStay(sanction=LI, appeal="A-1")).then_nothing()


@pytest.mark.parametrize("command", [StaySanction, EndStay])
def test_what_was_never_imposed_is_not_stayed(
    command: type[StaySanction | EndStay],
) -> None:
    asked = command(sanction="li:party:9", appeal="A-1")
    tracks().when(asked).then_refused(Unknown, match="no sanction li:party:9")


def test_what_ends_after_a_probation_is_not_released_before_its_end_is_known() -> None:
    scenario = probation()
    sanctioned(scenario, "warning", "2024-08-01", case="C-2", rulebook=PARTY)
    sanctioned(scenario, "warning", "2024-09-01", case="C-3", rulebook=PARTY)
    for name in (SECOND, THIRD):
        scenario.on("2030-01-01").by("scheduler", "scheduler")
        scenario.when(ReleaseSanction(sanction=name)).then_nothing()
        scenario.by("han", "deciding_authority")
        scenario.when(ReleaseSanction(sanction=name, by_hand=True))
        scenario.then_refused(WrongStage, match=f"it ends after {LI}, whose rights")

    restores(scenario, "2030-01-02").one(RightsRestored)
    assert sanction(scenario, SECOND).terms.until_on == day("2033-01-02")
    scenario.on("2033-01-02").by("scheduler", "scheduler")
    assert scenario.when(ReleaseSanction(sanction=SECOND)).all(SanctionReleased)
