"""A board decides when it meets, on what holds for that day and for today."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import NotAllowed, WrongStage
from domain.promotion.facts import CandidateDecided, RecommendationSealed
from domain.promotion.recommending import DecideCandidate, SealRecommendation
from domain.verification.verification import ConcludeVerification
from tests.domain.case.proceeding import Proceeding, sanctioned
from tests.domain.promotion.boards import LI, MEETS, VIGILANCE, Sitting, ready, sitting

DECIDES = DecideCandidate(candidacy=LI, recommended=True, text="by merit")
LATER = MEETS + timedelta(days=20)


def met_late(meets_on: date = MEETS) -> Sitting:
    """Return a board that certified Li in time, and comes to decide later."""
    board = sitting().convened(meets_on=meets_on).entered().verified().certified()
    assert board.answer.result == "ELIGIBLE"
    return board


@pytest.mark.parametrize("recommended", [True, False])
def test_before_the_day_of_the_board_nothing_is_decided(*, recommended: bool) -> None:
    board = ready().certified()
    board.scenario.on(MEETS - timedelta(days=1))
    command = DecideCandidate(candidacy=LI, recommended=recommended, text="by merit")

    board.by_member(command).then_refused(WrongStage, match="meets on 2021-05-10")
    seal = SealRecommendation(candidacy=LI, recommended="recommended")
    board.by_member(seal).then_refused(WrongStage, match="meets on 2021-05-10")


def test_the_day_of_the_board_begins_where_its_law_is() -> None:
    board = ready().certified()
    board.scenario.now = datetime(2021, 5, 9, 15, 59, tzinfo=UTC)
    board.by_member(DECIDES).then_refused(WrongStage)

    board.scenario.now = datetime(2021, 5, 9, 16, 0, tzinfo=UTC)
    assert board.by_member(DECIDES).one(CandidateDecided).decided_on == MEETS


def test_s2_01_who_is_barred_today_is_not_recommended_for_a_later_day() -> None:
    board = sitting()
    sanctioned(board.scenario, "warning", "2021-05-20")
    after = date(2021, 12, 1)
    board.scenario.on("2021-11-01")
    board.convened(meets_on=after).entered().verified().certified()
    assert board.answer.result == "ELIGIBLE"

    board.by_member(DECIDES).then_refused(WrongStage, match="meets on")
    board.scenario.on(after)
    board.by_member(DECIDES).then_kinds(CandidateDecided)


def test_s2_01_who_was_sanctioned_since_the_board_met_is_not_recommended() -> None:
    board = met_late()
    sanctioned(board.scenario, "warning", LATER, from_on=date(2021, 5, 11))
    board.scenario.on(LATER)

    board.certified()
    assert board.answer.result == "ELIGIBLE"
    board.by_member(DECIDES).then_refused(NotAllowed, match="it is NOT_ELIGIBLE")


def test_s1_13_what_was_verified_years_ago_is_no_ground_for_a_recommendation() -> None:
    board = met_late()
    board.scenario.on("2024-05-10")

    board.by_member(DECIDES).then_refused(NotAllowed, match="it is UNDETERMINED")
    board.decides(recommended=False).then_kinds(CandidateDecided)


def test_s1_13_a_verification_is_not_over_before_it_is() -> None:
    board = sitting().convened().entered()
    board.scenario.by("vera", "verifier").on(LATER)
    done = ConcludeVerification(verification=LI, text="x", occurred_on=MEETS)
    board.scenario.given(done)

    board.certified().by_member(DECIDES).then_refused(NotAllowed, match="HELD")


def test_a_case_since_the_board_met_puts_the_recommendation_under_seal() -> None:
    board = sitting(VIGILANCE, ladder="grade").convened().entered().certified()
    case = Proceeding(board.scenario, on=LATER, rulebook=VIGILANCE, violation="conduct")
    case.upto("notice")
    board.certified().by_member(DECIDES).then_refused(NotAllowed, match="HELD")

    assert board.seals().one(RecommendationSealed).because_of == (case.case,)
