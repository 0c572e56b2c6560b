"""Sealed cover (India, DoPT): only from the charge sheet on, and opened at the end."""

from datetime import date

import pytest

from domain.case.closing import FindNoCase
from domain.case.hearing import HoldHearing
from domain.errors import Invalid, NotAllowed, WrongStage
from domain.promotion.facts import RecommendationSealed, RecommendationUnsealed
from domain.promotion.unsealing import UnsealRecommendation
from tests.domain.case.proceeding import Proceeding
from tests.domain.promotion.boards import LI, MEETS, VIGILANCE, Sitting, ready, sitting

OPENS = UnsealRecommendation(candidacy=LI)
JUNIORS = date(2021, 6, 15)


def charged(last: str = "notice") -> tuple[Sitting, Proceeding]:
    """Return a board on Li, and a case against Li that has come to a stage."""
    board = sitting(VIGILANCE, ladder="grade").convened().entered()
    case = Proceeding(
        board.scenario, on="2021-05-04", rulebook=VIGILANCE, violation="conduct"
    )
    case.upto(last)
    return board.certified(), case


def cleared(case: Proceeding) -> None:
    case.at("2021-08-02").decider(FindNoCase(case=case.case, text="It was lent."))


def test_a_mere_complaint_or_inquiry_is_not_enough() -> None:
    board, _ = charged("inquiry")

    assert board.answer.result == "ELIGIBLE"
    board.seals().then_refused(NotAllowed, match="nothing is in the way")


def test_from_the_charge_sheet_on_the_recommendation_is_sealed() -> None:
    board, case = charged()
    assert board.answer.result == "HELD"
    board.decides().then_refused(NotAllowed)

    fact = board.seals().one(RecommendationSealed)

    assert fact.because_of == (case.case,)
    assert fact.cited.rulebook == VIGILANCE
    assert any("sealed" in basis.lower() for basis in fact.cited.legal_basis)
    assert board.state.settled


def test_it_is_recommended_or_not_and_nothing_else() -> None:
    charged()[0].seals("perhaps").then_refused(Invalid, match="recommended")


def test_it_stays_sealed_while_the_case_is_open() -> None:
    board, case = charged()
    board.seals()

    board.by_office(OPENS).then_refused(WrongStage, match=f"still open: {case.case}")


def test_who_was_cleared_rises_from_the_day_on_which_the_junior_did() -> None:
    board, case = charged()
    board.seals()
    cleared(case)

    opens = UnsealRecommendation(candidacy=LI, from_on=JUNIORS)
    fact = board.by_office(opens).one(RecommendationUnsealed)

    assert fact.takes_effect
    assert fact.from_on == JUNIORS
    board.by_office(OPENS).then_refused(WrongStage)


def test_unless_it_is_said_it_counts_from_the_day_of_the_board() -> None:
    board, case = charged()
    board.seals()
    cleared(case)

    assert board.by_office(OPENS).one(RecommendationUnsealed).from_on == MEETS


def test_who_was_not_recommended_does_not_rise_though_cleared() -> None:
    board, case = charged()
    board.seals("not_recommended")
    cleared(case)

    fact = board.by_office(OPENS).one(RecommendationUnsealed)

    assert not fact.takes_effect
    assert fact.from_on is None


def test_who_was_sanctioned_does_not_rise() -> None:
    board, case = charged()
    board.seals()
    day = date(2021, 8, 2)
    heard = HoldHearing(case=case.case, held_on=day, text="Li was heard.")
    case.response().at(day).decider(heard).finding().decision("censure")
    case.served().closed()

    fact = board.by_office(OPENS).one(RecommendationUnsealed)

    assert not fact.takes_effect
    assert fact.because_of == (case.case,)


def test_a_rulebook_that_knows_no_sealed_cover_has_none() -> None:
    board = ready()
    Proceeding(board.scenario, on="2021-05-04").upto("notice")

    board.certified().seals().then_refused(NotAllowed, match="no sealed cover")


def test_i2_nobody_opens_what_is_sealed_about_themselves() -> None:
    board, _ = charged()
    board.seals()

    scenario = board.scenario.by("li", "deciding_authority").when(OPENS)

    scenario.then_refused(NotAllowed)


@pytest.mark.parametrize("recommended", ["recommended", "not_recommended"])
def test_what_is_sealed_stands_in_the_log_sealed(recommended: str) -> None:
    board, _ = charged()
    board.seals(recommended)

    stored = b"".join(
        event.state
        for event in board.scenario.app.recorder.select_notifications(1, 10**6)
    )

    assert f'"recommended":"{recommended}"'.encode() not in stored
