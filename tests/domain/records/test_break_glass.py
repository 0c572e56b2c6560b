"""Access in an emergency: with a reason, for a while, judged by a second person."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.records.break_glass import (
    BreakGlass,
    BreakGlassReviewed,
    BreakGlassUsed,
    Glass,
    ReviewBreakGlass,
    glass_stream,
)
from tests.domain.cast import INSTANT
from tests.domain.records.cast import (
    CONFLICTS,
    anna,
    boris,
    law_with,
    office,
    stored,
    under,
)
from tests.spec import Scenario

NOON = datetime(2016, 12, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def breaks(**changes: Any) -> BreakGlass:
    usual: dict[str, Any] = {
        "actor": "anna",
        "person": "shen",
        "rulebook": INSTANT,
        "reason": "Shen is missing",
    }
    return BreakGlass(**(usual | changes))


def reviews(**changes: Any) -> ReviewBreakGlass:
    usual: dict[str, Any] = {
        "actor": "anna",
        "person": "shen",
        "use": 1,
        "justified": True,
        "text": "he was",
    }
    return ReviewBreakGlass(**(usual | changes))


def glass(scenario: Scenario, actor: str = "anna", person: str = "shen") -> Glass:
    return scenario.state(Glass(), glass_stream(actor, person))


def broken() -> Scenario:
    return anna(office()).given(breaks())


def test_s1_21_the_glass_is_broken_with_a_reason_for_as_long_as_the_rulebook_says() -> (
    None
):
    scenario = anna(office()).when(breaks())
    fact = scenario.one(BreakGlassUsed)

    assert (fact.use, fact.actor, fact.person) == (1, "anna", "shen")
    assert fact.until == NOON + DAY
    assert (fact.cited.rulebook, fact.cited.rule) == (INSTANT, "handling.break_glass")
    assert fact.cited.legal_basis
    assert scenario.news[0].reason == "Shen is missing"
    assert "Shen is missing" not in stored(scenario)
    assert scenario.news[0].subject == "shen"


@pytest.mark.parametrize(("written", "lasts"), [("24h", DAY), ("2d", 2 * DAY)])
def test_the_glass_stays_broken_for_hours_or_days(
    written: str, lasts: timedelta
) -> None:
    scenario = anna(under(law_with(break_glass=f'"{written}"'))).when(breaks())
    assert scenario.one(BreakGlassUsed).until == NOON + lasts


def test_the_glass_is_whole_again_when_the_time_is_over() -> None:
    state = glass(broken())
    assert state.open_at(NOON)
    assert state.open_at(NOON + DAY - timedelta(seconds=1))
    assert not state.open_at(NOON + DAY)
    assert not glass(broken(), actor="boris").open_at(NOON)


def test_a_glass_that_is_broken_is_not_broken_again() -> None:
    broken().when(breaks(reason="again")).then_nothing()


def test_the_next_emergency_may_come_before_the_first_was_reviewed_and_is_noted() -> (
    None
):
    scenario = broken().on("2016-12-09").when(breaks())
    fact = scenario.one(BreakGlassUsed)
    assert (fact.use, fact.unreviewed) == (2, 1)
    assert glass(scenario).unreviewed == (1, 2)
    assert glass(scenario).open_at(scenario.now)


def test_s2_14_a_use_found_unjustified_ends_at_once_and_bars_the_next() -> None:
    scenario = boris(broken()).when(reviews(justified=False, text="he was at home"))
    scenario.then(BreakGlassReviewed(use=1, justified=False, text="he was at home"))
    assert not glass(scenario).open_at(NOON)
    anna(scenario).on("2016-12-09").when(breaks()).then_refused(
        NotAllowed, match="anna did so without need before: ask somebody else"
    )
    assert "he was at home" not in stored(scenario)


def test_a_use_that_was_justified_goes_on_until_its_time_is_over() -> None:
    scenario = boris(broken()).when(reviews())
    scenario.then(BreakGlassReviewed(use=1, justified=True, text="he was"))
    assert glass(scenario).open_at(NOON)
    assert glass(scenario).unreviewed == ()
    anna(scenario).on("2016-12-09").when(breaks()).then_kinds(BreakGlassUsed)
    assert scenario.one(BreakGlassUsed).unreviewed == 0


def test_each_use_is_reviewed_for_itself() -> None:
    scenario = broken().on("2016-12-09").given(breaks())
    boris(scenario).when(reviews(use=2)).then_kinds(BreakGlassReviewed)
    assert glass(scenario).unreviewed == (1,)


@pytest.mark.parametrize("reason", [None, " "])
def test_s1_21_without_a_reason_the_glass_stays_whole(reason: str | None) -> None:
    scenario = anna(office()).when(breaks(reason=reason))
    scenario.then_refused(Invalid, match="reason: say what the emergency is")


def test_nobody_breaks_the_glass_in_the_name_of_another() -> None:
    scenario = boris(office()).when(breaks())
    scenario.then_refused(NotAllowed, match="boris may not do so in the name of anna")


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_breaks_the_glass_of_their_own_a_relatives_or_a_superiors_file(
    who: str, why: str
) -> None:
    scenario = office().by(who, "reviewer").when(breaks(actor=who, person="zhang"))
    scenario.then_refused(NotAllowed, match=why)


def test_where_the_rulebook_knows_no_such_access_there_is_none() -> None:
    scenario = anna(under(law_with(break_glass=None))).when(breaks())
    scenario.then_refused(NotAllowed, match="knows no such access")


def test_a_file_that_does_not_exist_cannot_be_broken_into() -> None:
    anna(office()).when(breaks(person="nobody")).then_refused(Unknown)
    anna(office()).when(breaks(rulebook="none")).then_refused(Unknown)


def test_s2_14_nobody_reviews_their_own_use() -> None:
    broken().when(reviews()).then_refused(NotAllowed, match="anna broke the glass")
    for_anna = broken().by("desk", "records_officer", on_behalf_of="anna")
    for_anna.when(reviews()).then_refused(NotAllowed, match="anna broke the glass")


def test_s2_14_whoever_works_under_the_user_does_not_judge_them() -> None:
    scenario = office().by("chief", "certifier").given(breaks(actor="chief"))
    scenario.by("wang", "reviewer").when(reviews(actor="chief")).then_refused(
        NotAllowed, match="chief is a superior of wang"
    )
    boris(scenario).when(reviews(actor="chief")).then_kinds(BreakGlassReviewed)


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nor_does_anyone_in_conflict_with_the_person_whose_file_it_was(
    who: str, why: str
) -> None:
    scenario = anna(office()).given(breaks(person="zhang"))
    scenario.by(who, "reviewer").when(reviews(person="zhang"))
    scenario.then_refused(NotAllowed, match=why)


def test_a_use_is_reviewed_once_with_words_and_only_if_there_was_one() -> None:
    boris(broken()).given(reviews()).when(reviews(justified=False)).then_refused(
        WrongStage, match="use 1 was reviewed"
    )
    boris(broken()).when(reviews(text=" ")).then_refused(Invalid, match="text")
    boris(broken()).when(reviews(use=2)).then_refused(Unknown)
