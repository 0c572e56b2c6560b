"""T1 to T5, T11, T17, T20: how long a sanction bars what, and from when."""

from datetime import date

import pytest

from domain.errors import Invalid
from tests.domain.vectors.world import PARTY, Office

EVERY = ("2021-03-10", "2021-06-01", "2021-09-09")


@pytest.mark.parametrize("as_of", EVERY)
def test_t1_a_warning_bars_a_promotion_for_six_months(as_of: str) -> None:
    office = Office()
    office.sanctions("warning", on="2021-03-10")

    answer = office.asked(as_of)
    assert (answer.result, answer.until) == ("NOT_ELIGIBLE", date(2021, 9, 10))


def test_t1_a_warning_leaves_the_pay_step_alone() -> None:
    office = Office()
    office.sanctions("warning", on="2021-03-10")

    assert office.bars("2021-06-01", ladder="pay_step", purpose="pay_step") == []


def test_t1_on_the_day_on_which_a_warning_ends_it_bars_no_more() -> None:
    office = Office()
    office.sanctions("warning", on="2021-03-10")

    assert office.asked("2021-09-10").result == "UNDETERMINED"
    assert office.verified("2021-09-10").asked("2021-09-10").result == "ELIGIBLE"


def test_t1_the_answer_names_the_law_its_version_and_the_events() -> None:
    office = Office()
    office.sanctions("warning", on="2021-03-10")

    reason = next(r for r in office.asked("2021-06-01").reasons if r.effect == "bars")
    assert (reason.code, reason.track) == ("live_sanction:warning", "government")
    assert (reason.cited.rulebook, reason.cited.version) == (
        "cn-governmental-sanctions",
        1,
    )
    assert "Art. 8 (6 months)" in reason.cited.legal_basis
    assert reason.events


def test_t2_of_a_demerit_and_a_major_demerit_only_the_major_one_runs() -> None:
    office = Office()
    name = office.sanctions("demerit", "major_demerit", on="2021-01-01")

    terms = office.sanction(name).terms
    assert (terms.kind, terms.basis) == ("major_demerit", "most_severe")
    assert terms.until_on == date(2022, 7, 1)
    assert office.asked("2022-06-30").until == date(2022, 7, 1)
    assert office.bars("2022-07-01") == []
    assert "pay_step" in terms.blocks


@pytest.mark.parametrize("period", ["12M", "13M", "18M", "24M"])
def test_t3_of_two_demerits_the_decision_chooses_a_period(period: str) -> None:
    office = Office()
    name = office.sanctions("demerit", "demerit", on="2021-01-01", period=period)

    terms = office.sanction(name).terms
    assert (terms.period, terms.basis) == (period, "same_kind_range")


@pytest.mark.parametrize("period", ["11M", "25M", "364d", "731d", None])
def test_t3_a_period_outside_of_the_range_is_refused(period: str | None) -> None:
    refused = Office().refused("demerit", "demerit", on="2021-01-01", period=period)

    assert isinstance(refused.failure, Invalid)
    assert refused.failure.field == "period"
    assert "12M to 24M" in refused.failure.reason
    assert "Art. 15" in str(refused.failure.rule)


@pytest.mark.parametrize(("period", "until"), [("24M", 2023), ("48M", 2025)])
def test_t4_three_demotions_run_for_two_to_four_years(period: str, until: int) -> None:
    office = Office()
    kinds = ("demotion",) * 3
    name = office.sanctions(*kinds, on="2021-01-01", period=period)

    assert office.sanction(name).terms.until_on == date(until, 1, 1)


@pytest.mark.parametrize("period", ["23M", "49M", "72M"])
def test_t4_the_sum_of_three_demotions_is_cut_at_four_years(period: str) -> None:
    kinds = ("demotion",) * 3
    refused = Office().refused(*kinds, on="2021-01-01", period=period)

    assert isinstance(refused.failure, Invalid)
    assert "24M to 48M" in refused.failure.reason


def test_t5_what_remains_of_a_demerit_is_added_to_a_warning() -> None:
    office = Office()
    office.sanctions("demerit", on="2022-01-01")
    second = office.sanctions("warning", on="2022-07-01")

    terms = office.sanction(second).terms
    assert (terms.until_on, terms.remainder_of) == (
        date(2023, 7, 1),
        "li:government:1",
    )
    assert not terms.capped
    assert any("2007, Art. 10" in basis for basis in terms.cited.legal_basis)
    assert not any(basis.startswith("Art. 15") for basis in terms.cited.legal_basis)
    assert office.asked("2022-09-01").until == date(2023, 7, 1)


def test_t5_the_demerit_keeps_its_own_end_for_the_pay_step() -> None:
    office = Office()
    office.sanctions("demerit", on="2022-01-01")
    office.sanctions("warning", on="2022-07-01")

    pay = {"ladder": "pay_step", "purpose": "pay_step"}
    assert office.bars("2022-12-31", **pay) == ["live_sanction:demerit"]
    assert office.bars("2023-01-01", **pay) == []


def test_t5_remainder_and_new_period_are_cut_at_four_years() -> None:
    office = Office()
    office.sanctions(*("demotion",) * 3, on="2021-01-01", period="48M")
    second = office.sanctions("removal", on="2021-07-01")

    terms = office.sanction(second).terms
    assert (terms.until_on, terms.capped) == (date(2025, 7, 1), True)


def test_t11_a_demerit_varied_to_a_warning_ends_as_if_it_had_always_been_one() -> None:
    office = Office()
    name = office.sanctions("demerit", on="2022-01-01")
    office.reviewed(
        "C-1",
        "varied",
        lodged="2022-01-20",
        on="2022-03-01",
        grounds=("inappropriate",),
        kind="warning",
    )

    terms = office.sanction(name).terms
    assert (terms.kind, terms.from_on) == ("warning", date(2022, 1, 1))
    assert terms.until_on == date(2022, 7, 1)
    assert office.asked("2022-04-01").until == date(2022, 7, 1)
    assert office.bars("2022-04-01", ladder="pay_step", purpose="pay_step") == []


@pytest.mark.parametrize(
    ("on", "until", "version"),
    [
        ("2012-05-10", "2013-05-10", 1),
        ("2017-05-10", "2018-11-10", 2),
        ("2024-05-10", "2025-11-10", 3),
    ],
)
def test_t17_a_serious_warning_runs_as_the_edition_of_its_decision_says(
    on: str, until: str, version: int
) -> None:
    office = Office()
    conduct = date(2011, 1, 1)  # under the first edition, whenever it is decided
    name = office.sanctions("serious_warning", on=on, rulebook=PARTY, from_on=conduct)

    terms = office.sanction(name).terms
    assert terms.until_on == date.fromisoformat(until)
    assert (terms.cited.rulebook, terms.cited.version) == (PARTY, version)


def test_t20_a_warning_of_the_last_of_august_ends_with_february() -> None:
    office = Office()
    name = office.sanctions("warning", on="2024-08-31")

    assert office.sanction(name).terms.until_on == date(2025, 2, 28)
    assert office.bars("2025-02-27") == ["live_sanction:warning"]
    assert office.bars("2025-02-28") == []
