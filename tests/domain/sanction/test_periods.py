"""A sanction blocks for its period: alone, with others at once, and after others."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import Invalid
from domain.regime.duration import Duration
from tests.domain.sanction.cast import (
    GOV_BOOK,
    PARTY_BOOK,
    PARTY_BOOKS,
    day,
    decided,
    still,
)


def test_t1_a_warning_blocks_promotion_for_six_months_and_no_pay_step() -> None:
    terms = decided(GOV_BOOK, "warning", on="2021-03-10")

    assert (terms.from_on, terms.until_on) == (day("2021-03-10"), day("2021-09-10"))
    assert "promotion" in terms.blocks
    assert "pay_step" not in terms.blocks
    assert (terms.basis, terms.period) == ("single", "6M")


def test_t2_of_different_kinds_only_the_heaviest_runs() -> None:
    terms = decided(GOV_BOOK, "demerit", "major_demerit", on="2021-01-01")

    assert (terms.kind, terms.until_on) == ("major_demerit", day("2022-07-01"))
    assert terms.basis == "most_severe"


@pytest.mark.parametrize("months", [12, 18, 24])
def test_t3_of_one_kind_the_decision_chooses_a_period_within_the_range(
    months: int,
) -> None:
    terms = decided(
        GOV_BOOK, "demerit", "demerit", on="2021-01-01", period=f"{months}M"
    )

    assert terms.until_on == date(2021 + months // 12, 1 + months % 12, 1)
    assert terms.basis == "same_kind_range"
    assert any("Art. 15" in cite for cite in terms.cited.legal_basis)


@pytest.mark.parametrize("months", [11, 25, 0, -1])
def test_t3_a_period_outside_of_the_range_is_refused_and_the_range_told(
    months: int,
) -> None:
    with pytest.raises(Invalid, match=r"from 12M to 24M.*Art\. 15") as refused:
        decided(GOV_BOOK, "demerit", "demerit", on="2021-01-01", period=f"{months}M")
    assert refused.value.field == "period"


def test_t3_where_there_is_a_range_the_decision_has_to_choose() -> None:
    with pytest.raises(Invalid, match="period: choose one from 12M to 24M"):
        decided(GOV_BOOK, "demerit", "demerit", on="2021-01-01")


def test_t4_the_sum_of_three_demotions_is_cut_at_48_months() -> None:
    three = ("demotion",) * 3
    longest = decided(GOV_BOOK, *three, on="2021-01-01", period="48M")

    assert longest.until_on == day("2025-01-01")
    assert decided(GOV_BOOK, *three, on="2021-01-01", period="2Y").until_on == day(
        "2023-01-01"
    )
    with pytest.raises(Invalid, match="from 24M to 48M"):
        decided(GOV_BOOK, *three, on="2021-01-01", period="49M")


def test_lighter_ones_beside_two_of_the_heaviest_kind_do_not_widen_the_range() -> None:
    kinds = ("warning", "demerit", "demerit")

    with pytest.raises(Invalid, match="from 12M to 24M"):
        decided(GOV_BOOK, *kinds, on="2021-01-01", period="30M")


def test_t5_the_remainder_comes_before_the_period_of_a_new_sanction() -> None:
    first = decided(GOV_BOOK, "demerit", on="2022-01-01")
    second = decided(
        GOV_BOOK, "warning", on="2022-07-01", running=still(first.until_on)
    )

    assert second.until_on == day("2023-07-01")
    assert second.basis == "single+remainder"
    assert second.remainder_of == "li:government:1"
    assert any("2007" in cite for cite in second.cited.legal_basis)
    assert not second.capped


def test_t5_remainder_and_new_period_are_cut_at_48_months() -> None:
    first = decided(GOV_BOOK, *["demotion"] * 2, on="2022-01-01", period="48M")
    second = decided(
        GOV_BOOK, "removal", on="2022-07-01", running=still(first.until_on)
    )

    assert (second.until_on, second.capped) == (day("2026-07-01"), True)


def test_t5_no_cap_makes_a_period_shorter_than_it_is_by_itself() -> None:
    track = GOV_BOOK.track
    assert track
    sequential = replace(track.sequential, cap=Duration("3M"))
    book = replace(GOV_BOOK, track=replace(track, sequential=sequential))
    running = still(day("2022-02-01"))

    terms = decided(book, "warning", on="2022-01-01", running=running)
    assert (terms.until_on, terms.capped) == (day("2022-07-01"), True)


def test_t5_what_ends_on_the_day_of_the_decision_leaves_no_remainder() -> None:
    running = still(day("2022-01-01"))
    terms = decided(GOV_BOOK, "warning", on="2022-01-01", running=running)

    assert (terms.remainder_of, terms.basis) == (None, "single")


def test_t6_in_the_party_remainder_and_new_period_have_no_cap() -> None:
    first = decided(PARTY_BOOK, "warning", on="2024-02-01")
    second = decided(
        PARTY_BOOK, "serious_warning", on="2024-08-01", running=still(first.until_on)
    )
    assert second.until_on == day("2026-08-01")

    third = decided(
        PARTY_BOOK, "expulsion", on="2024-09-01", running=still(second.until_on)
    )
    assert (third.until_on, third.capped) == (day("2031-08-01"), False)


def test_t7_each_track_runs_by_itself_and_the_longest_blocks() -> None:
    party = decided(PARTY_BOOK, "serious_warning", on="2024-01-15")
    government = decided(GOV_BOOK, "demerit", on="2024-01-15")

    assert party.until_on == day("2025-07-15")
    assert government.until_on == day("2025-01-15")


def test_t8_of_a_probation_no_end_is_known_before_rights_are_restored() -> None:
    terms = decided(PARTY_BOOK, "probation", on="2024-01-01", term="1Y")

    assert (terms.until_on, terms.term_until) == (None, day("2025-01-01"))
    assert terms.period == "2Y"


@pytest.mark.parametrize("term", ["11M", "25M", None])
def test_t8_a_probation_takes_a_term_of_one_or_two_years(term: str | None) -> None:
    with pytest.raises(Invalid, match="from 1Y to 2Y"):
        decided(PARTY_BOOK, "probation", on="2024-01-01", term=term)


def test_t8_a_probation_with_one_term_takes_that_one() -> None:
    track = PARTY_BOOK.track
    assert track
    kinds = tuple(
        replace(kind, term_max=None) if kind.term_min else kind for kind in track.kinds
    )
    book = replace(PARTY_BOOK, track=replace(track, kinds=kinds))

    terms = decided(book, "probation", on="2024-01-01")
    assert terms.term_until == day("2025-01-01")


def test_t9_removal_from_a_party_post_blocks_an_equal_post_as_well() -> None:
    terms = decided(PARTY_BOOK, "removal", on="2024-01-01")

    assert terms.until_on == day("2026-01-01")
    assert {"promotion", "equal_post"} <= set(terms.blocks)


def test_t17_before_the_edition_of_18_months_a_serious_warning_ran_one_year() -> None:
    old, new = (
        decided(PARTY_BOOKS[number], "serious_warning", on="2015-03-01")
        for number in (1, 2)
    )

    assert (old.until_on, new.until_on) == (day("2016-03-01"), day("2016-09-01"))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-08-31", "2025-02-28"),
        ("2023-08-31", "2024-02-29"),
        ("2024-08-29", "2025-02-28"),
        ("2024-08-28", "2025-02-28"),
        ("2024-12-31", "2025-06-30"),
    ],
)
def test_t20_a_period_ends_with_the_month_that_has_no_such_day(
    start: str, end: str
) -> None:
    assert decided(GOV_BOOK, "warning", on=start).until_on == day(end)


def test_in_the_party_several_violations_weigh_one_grade_heavier() -> None:
    two = decided(PARTY_BOOK, "warning", "warning", on="2024-01-01")
    assert (two.kind, two.basis) == ("serious_warning", "one_heavier")

    worse = decided(PARTY_BOOK, "removal", "warning", on="2024-01-01", term="2Y")
    assert worse.kind == "probation"


def test_one_grade_heavier_never_reaches_expulsion_by_itself() -> None:
    terms = decided(PARTY_BOOK, "probation", "warning", on="2024-01-01", term="2Y")
    assert terms.kind == "probation"

    deserved = decided(PARTY_BOOK, "expulsion", "warning", on="2024-01-01")
    assert deserved.kind == "expulsion"


def test_a_dismissal_has_no_period_and_blocks_for_ever() -> None:
    terms = decided(GOV_BOOK, "dismissal", "dismissal", on="2021-01-01")

    assert (terms.until_on, terms.period, terms.for_ever) == (None, None, True)
    assert terms.basis == "most_severe"
    after = decided(
        GOV_BOOK, "dismissal", on="2021-02-01", running=still(day("2022-01-01"))
    )
    assert after.remainder_of is None


@pytest.mark.parametrize(
    ("kind", "said", "match"),
    [
        ("dismissal", {"period": "1Y"}, "period: dismissal has none"),
        ("warning", {"period": "7M"}, "period: 7M is not 6M"),
        ("warning", {"period": "half a year"}, "period: expected a duration"),
        ("warning", {"term": "1Y"}, "term: warning has none"),
        ("warning", {"kind": "demerit"}, "kind: what is determined comes to warning"),
        ("scolding", {}, "kind: scolding is not one of warning, demerit"),
    ],
)
def test_a_decision_chooses_nothing_that_the_law_does_not_leave_to_it(
    kind: str, said: dict[str, Any], match: str
) -> None:
    with pytest.raises(Invalid, match=match) as refused:
        decided(GOV_BOOK, kind, on="2021-01-01", **said)
    assert refused.value.rule


def test_what_the_law_gives_may_be_said_as_well() -> None:
    terms = decided(GOV_BOOK, "warning", on="2021-01-01", kind="warning", period="6M")
    assert terms == decided(GOV_BOOK, "warning", on="2021-01-01")
