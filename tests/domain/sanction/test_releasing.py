"""A sanction ends by itself at the end of its period, unless there is something new."""

from datetime import date
from typing import Any

import pytest

from domain.errors import NotAllowed, Unknown, WrongStage
from domain.sanction.facts import ReleaseWithheld, SanctionReleased
from domain.sanction.releasing import ReleaseSanction
from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import SHIPPED, law, police
from tests.domain.sanction.cast import PARTY, sanction, sanctioned, tracks
from tests.spec import Scenario

LI = "li:government:1"
END = date(2021, 9, 10)


def warned() -> Scenario:
    """Return a register in which Li is warned from 10 March to 10 September 2021."""
    scenario = tracks()
    sanctioned(scenario, "warning", "2021-03-10")
    return scenario


def releases(
    scenario: Scenario, on: str, name: str = LI, *, by_hand: bool = False
) -> Scenario:
    who = ("han", "deciding_authority") if by_hand else ("scheduler", "scheduler")
    command = ReleaseSanction(sanction=name, by_hand=by_hand)
    return scenario.on(on).by(*who).when(command)


def investigated(
    scenario: Scenario, done_on: date, on: str = "2021-09-09"
) -> Proceeding:
    """Let a case be opened on what was done on a day; it is under investigation."""
    case = Proceeding(scenario, on=on, case="C-2", from_on=done_on)
    return case.inquiry().investigation()


def test_it_ends_on_the_day_on_which_its_period_is_over_and_no_day_before() -> None:
    releases(warned(), "2021-09-09").then_nothing()
    releases(warned(), "2021-09-10").then(
        SanctionReleased(sanction=LI, on=END, restores_level=False)
    )


def test_it_ended_at_the_end_of_its_period_even_if_that_is_seen_later() -> None:
    scenario = releases(warned(), "2021-12-24")

    assert scenario.one(SanctionReleased).on == END
    assert sanction(scenario).status == "released"
    releases(scenario, "2021-12-25").then_nothing()


def test_after_a_demotion_the_former_level_is_not_restored() -> None:
    scenario = tracks()
    sanctioned(scenario, "demotion", "2021-03-10")

    released = releases(scenario, "2023-03-10").one(SanctionReleased)
    assert not released.restores_level


def test_t16_the_release_is_withheld_while_conduct_in_the_period_is_looked_into() -> (
    None
):
    scenario = warned()
    investigated(scenario, date(2021, 9, 9))

    withheld = releases(scenario, "2021-09-10").one(ReleaseWithheld)
    assert (withheld.case, withheld.on) == ("C-2", END)
    assert "Art. 26" in withheld.cited.legal_basis[0]
    assert sanction(scenario).status == "withheld"
    releases(scenario, "2021-09-11").then_nothing()


def test_t16_it_is_released_on_the_day_on_which_that_is_decided() -> None:
    scenario = warned()
    case = investigated(scenario, date(2021, 9, 9))
    releases(scenario, "2021-09-10")
    case.at("2021-10-20").notice().waiver().finding().decision(None)

    released = releases(scenario, "2021-10-21").one(SanctionReleased)
    assert released.on == date(2021, 10, 21)
    assert sanction(scenario).withheld is None


def test_t16_the_release_is_withheld_until_the_decision_and_not_only_the_notice() -> (
    None
):
    scenario = warned()
    investigated(scenario, date(2021, 9, 9)).notice()

    assert releases(scenario, "2021-09-10").one(ReleaseWithheld).case == "C-2"


def test_t16_another_case_withholds_it_further_and_is_named() -> None:
    scenario = warned()
    first = investigated(scenario, date(2021, 9, 9))
    releases(scenario, "2021-09-10")
    other = Proceeding(scenario, on="2021-09-12", case="C-3", from_on=date(2021, 4, 1))
    other.inquiry().investigation()
    first.at("2021-10-20").notice().waiver().finding().decision(None)

    withheld = releases(scenario, "2021-10-21").one(ReleaseWithheld)
    assert withheld.case == "C-3"


@pytest.mark.parametrize("done_on", [date(2021, 9, 10), date(2021, 3, 9)])
def test_t16_conduct_outside_of_the_period_withholds_nothing(done_on: date) -> None:
    scenario = warned()
    investigated(scenario, done_on, on="2021-09-10")

    releases(scenario, "2021-09-10").one(SanctionReleased)


def test_t16_an_inquiry_in_which_nothing_is_alleged_withholds_nothing() -> None:
    scenario = warned()
    Proceeding(scenario, on="2021-09-01", case="C-2").inquiry()

    releases(scenario, "2021-09-10").one(SanctionReleased)


def written(text: str, old: str, new: str) -> Scenario:
    """Return the department under the law with something else written in it."""
    assert old in text
    scenario = law(police(f"{PARTY}-v3"), text.replace(old, new))
    sanctioned(scenario, "warning", "2021-03-10")
    return scenario


def test_a_rulebook_may_release_whatever_is_looked_into() -> None:
    text = SHIPPED[f"{GOVERNMENT}.toml"]
    scenario = written(
        text, "unless_new_violation = true", "unless_new_violation = false"
    )
    investigated(scenario, date(2021, 9, 9))

    releases(scenario, "2021-09-10").one(SanctionReleased)


def test_where_nothing_ends_by_itself_somebody_releases_by_hand() -> None:
    text = SHIPPED[f"{GOVERNMENT}.toml"]
    scenario = written(text, "automatic = true", "automatic = false")

    releases(scenario, "2021-09-10").then_nothing()
    released = releases(scenario, "2021-09-15", by_hand=True).one(SanctionReleased)
    assert released.on == date(2021, 9, 15)
    releases(scenario, "2021-09-16", by_hand=True).then_nothing()


def test_by_hand_nobody_releases_early_or_while_a_case_is_open() -> None:
    scenario = warned()
    releases(scenario, "2021-09-09", by_hand=True).then_refused(
        WrongStage, match="it runs until 2021-09-10"
    )
    investigated(scenario, date(2021, 9, 9), on="2021-09-10")
    releases(scenario, "2021-09-10", by_hand=True).then_refused(
        WrongStage, match="case C-2 is open"
    )


def test_what_has_no_end_is_not_released() -> None:
    scenario = tracks()
    sanctioned(scenario, "dismissal", "2021-03-10")

    releases(scenario, "2091-09-09").then_nothing()
    releases(scenario, "2091-09-09", by_hand=True).then_refused(
        WrongStage, match="it has no end yet"
    )


def test_i2_nobody_releases_themselves() -> None:
    command: Any = ReleaseSanction(sanction=LI, by_hand=True)
    scenario = warned().on("2021-09-10").by("li", "deciding_authority").when(command)
    scenario.then_refused(NotAllowed, match="li is the person concerned")


@pytest.mark.parametrize("name", ["li:government:2", "li:party:1", "li", "a:b"])
def test_what_was_never_imposed_is_not_released(name: str) -> None:
    releases(warned(), "2021-09-10", name).then_refused(Unknown, match=name)
