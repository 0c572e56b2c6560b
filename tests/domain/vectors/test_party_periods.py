"""T6 to T9: the party's track, beside the government's and by itself."""

from datetime import date

import pytest

from domain.errors import WrongStage
from domain.sanction.restoring import RestoreRights
from tests.domain.vectors.world import PARTY, Office

PROBATION = {"rulebook": PARTY, "on": "2024-01-01", "term": "1Y"}


def test_t6_what_remains_of_a_warning_is_added_to_a_serious_one_without_a_cap() -> None:
    office = Office()
    office.sanctions("warning", on="2024-02-01", rulebook=PARTY)
    second = office.sanctions("serious_warning", on="2024-08-01", rulebook=PARTY)

    terms = office.sanction(second).terms
    assert terms.until_on == date(2026, 8, 1)
    assert any(basis.startswith("Art. 21") for basis in terms.cited.legal_basis)
    assert office.asked("2024-09-01").until == date(2026, 8, 1)


def test_t6_a_third_adds_up_as_well_and_nothing_cuts_it() -> None:
    office = Office()
    days = ("2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01")
    names = [office.sanctions("removal", on=on, rulebook=PARTY) for on in days]

    terms = office.sanction(names[-1]).terms
    assert (terms.until_on, terms.capped) == (date(2032, 2, 1), False)


def test_t7_s2_01_of_two_tracks_the_longest_decides() -> None:
    office = Office()
    office.sanctions("serious_warning", on="2024-01-15", rulebook=PARTY)
    office.sanctions("demerit", on="2024-01-15")

    answer = office.asked("2024-06-01")
    assert (answer.result, answer.until) == ("NOT_ELIGIBLE", date(2025, 7, 15))
    barring = [r.track for r in answer.reasons if r.effect == "bars"]
    assert sorted(map(str, barring)) == ["government", "party"]
    assert office.asked("2025-03-01").until == date(2025, 7, 15)
    assert office.bars("2025-07-15") == []


def test_t7_one_conduct_may_be_sanctioned_on_both_tracks() -> None:
    office = Office()
    office.sanctions(
        "serious_warning", on="2024-01-15", rulebook=PARTY, conduct="the gift"
    )
    office.sanctions("demerit", on="2024-01-15", conduct="the gift")

    assert len(office.bars("2024-06-01")) == 2


def test_t8_a_probation_bars_for_two_years_after_rights_are_restored() -> None:
    office = Office()
    name = office.sanctions("probation", **PROBATION)
    office.scenario.on("2025-01-01")
    office.does("han", "deciding_authority", RestoreRights(sanction=name))

    assert office.sanction(name).terms.until_on == date(2027, 1, 1)
    for level in ("higher", "equal"):
        assert office.asked("2026-12-31", level=level).until == date(2027, 1, 1)
        assert office.bars("2027-01-01", level=level) == []


def test_t8_before_rights_are_restored_it_bars_and_nobody_can_say_until_when() -> None:
    office = Office()
    name = office.sanctions("probation", **PROBATION)

    answer = office.asked("2024-06-01")
    assert (answer.result, answer.until) == ("NOT_ELIGIBLE", None)
    office.scenario.on("2024-12-31").by("han", "deciding_authority")
    office.scenario.when(RestoreRights(sanction=name)).then_refused(
        WrongStage, match="the probation runs until 2025-01-01"
    )


@pytest.mark.parametrize(
    ("level", "barred"), [("higher", True), ("equal", True), ("lower", False)]
)
def test_t9_after_a_removal_an_equal_post_is_barred_and_a_lower_one_is_not(
    level: str, *, barred: bool
) -> None:
    office = Office()
    office.sanctions("removal", on="2024-01-01", rulebook=PARTY)

    assert bool(office.bars("2025-12-31", level=level)) is barred
    assert office.bars("2026-01-01", level=level) == []


def test_t9_a_warning_leaves_an_equal_post_open() -> None:
    office = Office()
    office.sanctions("warning", on="2024-01-01", rulebook=PARTY)

    assert office.bars("2024-06-01", level="equal") == []
    assert office.bars("2024-06-01", purpose="further_use", level="equal") == [
        "live_sanction:warning"
    ]
