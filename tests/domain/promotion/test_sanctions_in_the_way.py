"""Sanctions and measures: each bars what it blocks, until it ends, on every track."""

from datetime import date
from typing import Any

from domain.sanction.facts import (
    ReparationOrdered,
    RightsRestored,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
)
from tests.domain.promotion.cast import asked, past, told
from tests.past import GOVERNMENT, PARTY, Past

ONE, TWO = "P1:government:1", "P1:government:2"
BOTH = ("promotion", "equal_post")


def warned() -> Past:
    known = past().on("2021-03-10")
    known.sanction(ONE, "warning", "2021-09-10")
    return known


def quashed(name: str, day: date) -> SanctionQuashed:
    return SanctionQuashed(
        sanction=name, on=day, grounds=("facts",), appeal="A1", text="why"
    )


def test_t1_a_warning_bars_promotion_for_half_a_year_and_not_a_rise_in_pay() -> None:
    known = warned()

    until = date(2021, 9, 10)
    assert told(asked(known, "2021-09-09")) == (
        "NOT_ELIGIBLE",
        until,
        ["live_sanction:warning"],
    )
    assert told(asked(known, "2021-09-10")) == ("ELIGIBLE", None, [])
    assert told(asked(known, "2021-03-09")) == ("ELIGIBLE", None, [])
    assert asked(known, "2021-04-01", purpose="pay_step").result == "ELIGIBLE"
    assert asked(known, "2021-04-01", ladder="pay_step").result == "ELIGIBLE"


def test_t2_of_two_decided_together_only_the_heavier_runs() -> None:
    known = past().on("2021-01-01")
    known.sanction(ONE, "major_demerit", "2022-07-01", findings=("a", "b"))

    assert told(asked(known, "2022-06-30"))[1] == date(2022, 7, 1)
    assert asked(known, "2022-07-01").result == "ELIGIBLE"


def test_t7_s2_01_both_tracks_bar_and_the_longest_decides() -> None:
    known = past().on("2024-01-15")
    cited = known.cite(PARTY)
    known.sanction("P1:party:1", "serious_warning", "2025-07-15", cited=cited)
    known.sanction(ONE, "demerit", "2025-01-15")

    answer = asked(known, "2024-06-01")
    assert told(answer) == (
        "NOT_ELIGIBLE",
        date(2025, 7, 15),
        ["live_sanction:demerit", "live_sanction:serious_warning"],
    )
    assert [reason.track for reason in answer.reasons] == ["government", "party"]
    assert [reason.cited.rulebook for reason in answer.reasons][1] == PARTY
    assert asked(known, "2025-03-01").until == date(2025, 7, 15)


def test_t8_a_probation_bars_until_rights_are_restored_and_its_period_after() -> None:
    known = past().on("2024-01-01")
    known.sanction("P1:party:1", "probation", None, blocks=BOTH)
    before = known.position
    known.on("2025-01-01")
    terms = known.terms(
        "probation", "2027-01-01", blocks=BOTH, from_on=date(2024, 1, 1)
    )
    known.disciplined(
        RightsRestored(sanction="P1:party:1", on=known.today, terms=terms)
    )

    assert told(asked(known, "2024-06-01", position=before))[:2] == (
        "NOT_ELIGIBLE",
        None,
    )
    assert asked(known, "2026-12-31", level="equal").until == date(2027, 1, 1)
    assert asked(known, "2027-01-01", level="equal").result == "ELIGIBLE"


def test_t9_who_was_removed_may_not_have_an_equal_post_either() -> None:
    known = past().on("2024-01-01")
    known.sanction("P1:party:1", "removal", "2026-01-01", blocks=BOTH)

    results = {
        level: asked(known, "2025-01-01", level=level).result
        for level in ("higher", "equal", "lower")
    }
    assert results == {
        "higher": "NOT_ELIGIBLE",
        "equal": "NOT_ELIGIBLE",
        "lower": "ELIGIBLE",
    }
    assert asked(known, "2025-01-01", purpose="further_use").result == "NOT_ELIGIBLE"


def test_t10_i17_what_was_quashed_never_barred_but_was_known_to() -> None:
    known = warned()
    before = known.on("2021-06-01").position
    known.disciplined(quashed(ONE, known.today))

    assert asked(known, "2021-04-01").result == "ELIGIBLE"
    assert asked(known, "2021-04-01", position=before).result == "NOT_ELIGIBLE"
    assert asked(known, "2021-06-01").result == "ELIGIBLE"


def test_i17_with_a_sanction_fall_the_findings_that_it_rested_on() -> None:
    known = past().on("2021-03-10")
    known.verify("P1", "V1")
    known.find("V1", "concealment", "intent", cited=known.cite("strict"))
    found = asked(known, "2021-04-01")
    known.sanction(ONE, "warning", "2021-09-10", findings=("verification:V1:1",))
    known.disciplined(quashed(ONE, known.today))

    assert [reason.source for reason in found.reasons] == ["finding"]
    assert asked(known, "2021-04-01").reasons == ()


def test_t11_what_was_varied_bars_as_if_it_had_been_so_from_the_beginning() -> None:
    known = past().on("2022-01-01")
    imposed = known.sanction(ONE, "demerit", "2023-01-01")
    terms = known.terms("warning", "2022-07-01")
    known.on("2022-03-01")
    fact = SanctionVaried(
        sanction=ONE, on=known.today, terms=terms, grounds=(), appeal="A1", text="why"
    )
    varied = known.disciplined(fact)

    answer = asked(known, "2022-01-15")
    assert told(answer)[1:] == (date(2022, 7, 1), ["live_sanction:warning"])
    assert answer.reasons[0].events == (imposed, varied)


def test_t5_a_recomputed_period_is_the_one_that_bars() -> None:
    known = past().on("2022-01-01")
    known.sanction(ONE, "demerit", "2023-01-01")
    known.on("2022-07-01").sanction(TWO, "warning", "2023-07-01")
    assert asked(known, "2022-08-01").until == date(2023, 7, 1)

    terms = known.terms("warning", "2023-01-01")
    fact = SanctionPeriodRecomputed(sanction=TWO, terms=terms, because_of=ONE)
    known.disciplined(fact)
    known.disciplined(quashed(ONE, known.today))
    assert asked(known, "2022-08-01").until == date(2023, 1, 1)


def test_whose_period_is_over_is_eligible_though_no_release_is_recorded_yet() -> None:
    known = warned().on("2021-09-12")
    assert asked(known, "2021-09-10").result == "ELIGIBLE"

    fact = SanctionReleased(sanction=ONE, on=date(2021, 9, 10), restores_level=False)
    known.disciplined(fact)
    assert asked(known, "2021-09-10").result == "ELIGIBLE"
    assert asked(known, "2021-09-09").result == "NOT_ELIGIBLE"


def test_what_is_stayed_bars_nothing_until_the_stay_ends() -> None:
    known = warned().on("2021-05-01")
    known.disciplined(SanctionStayed(sanction=ONE, on=known.today, appeal="A1"))
    assert asked(known, "2021-04-30").result == "NOT_ELIGIBLE"
    assert asked(known, "2021-08-01").result == "ELIGIBLE"

    known.on("2021-06-01").disciplined(StayEnded(sanction=ONE, on=known.today))
    results = [asked(known, f"2021-{day}").result for day in ("05-31", "06-01")]
    assert results == ["ELIGIBLE", "NOT_ELIGIBLE"]
    assert asked(known, "2021-08-01").until == date(2021, 9, 10)


def test_a_stay_that_ended_on_its_first_day_and_what_follows_change_nothing() -> None:
    known = warned().on("2021-05-01")
    known.disciplined(SanctionStayed(sanction=ONE, on=known.today, appeal="A1"))
    known.disciplined(StayEnded(sanction=ONE, on=known.today))
    cited = known.cite(GOVERNMENT)
    task = ReparationOrdered(sanction=ONE, task="pay", due_on=known.today, cited=cited)
    known.disciplined(task)

    assert asked(known, "2021-04-01").until == date(2021, 9, 10)


def test_a_measure_bars_for_its_period_and_without_one_not_at_all() -> None:
    known = past().on("2021-03-10")
    known.measure("P1:government:m1", "admonition", "2021-09-10")
    known.measure("P1:government:m2", "reminder_talk", None)

    assert told(asked(known, "2021-03-10")) == (
        "NOT_ELIGIBLE",
        date(2021, 9, 10),
        ["live_measure:admonition"],
    )


def test_a_sanction_bars_only_the_ladders_of_the_category() -> None:
    known = past().on("2021-03-10")
    known.sanction(ONE, "warning", "2021-09-10", ladders=("rank",))
    known.measure("P1:government:m1", "admonition", "2021-09-10")

    assert asked(known, "2021-04-01", ladder="rank").reasons[-1].source == "sanction"
    assert [r.source for r in asked(known, "2021-04-01").reasons] == ["measure"]


def test_a_measure_bars_only_the_ladders_of_the_category_on_that_day() -> None:
    known = past().hire("P2", employer_type="institution", from_on=date(2021, 1, 1))
    known.on("2021-03-10")
    for number in ("P1", "P2"):
        known.measure(f"{number}:government:m1", "admonition", "2021-09-10")

    ranked: dict[str, Any] = {"ladder": "rank"}
    assert asked(known, "2021-04-01", **ranked).result == "NOT_ELIGIBLE"
    assert asked(known, "2021-04-01", number="P2", **ranked).result == "ELIGIBLE"


def test_of_two_posts_a_measure_bars_the_ladders_of_both() -> None:
    known = past().on("2021-01-04")
    second = {"post": "second", "employer_type": "institution"}
    known.history.post("P1", "HQ", date(2021, 1, 1), **second)
    known.on("2021-03-10").measure("P1:government:m1", "admonition", "2021-09-10")

    for ladder in ("post", "rank", "staff_grade"):
        assert asked(known, "2021-04-01", ladder=ladder).result == "NOT_ELIGIBLE"
    assert asked(known, "2021-04-01", ladder="pay_step").result == "ELIGIBLE"


def test_where_one_of_two_posts_has_every_ladder_a_measure_bars_them_all() -> None:
    known = past().on("2021-01-04")
    known.history.post("P1", "HQ", date(2021, 1, 1), post="s", employer_type="none")
    known.on("2021-03-10").measure("P1:government:m1", "admonition", "2021-09-10")

    answer = asked(known, "2021-04-01", ladder="staff_grade")
    assert answer.result == "NOT_ELIGIBLE"
