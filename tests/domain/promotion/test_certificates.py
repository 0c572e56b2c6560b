"""A board decides on what is certified, and on that only while it holds."""

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.promotion.certifying import CertifyEligibility, RecheckEligibility
from domain.promotion.facts import (
    CandidateDecided,
    EligibilityCertified,
    EligibilityRechecked,
)
from domain.promotion.recommending import DecideCandidate
from tests.domain.case.proceeding import Proceeding
from tests.domain.promotion.boards import LI, MEETS, SELECTION, ready, sitting

ASKS = CertifyEligibility(candidacy=LI, position=7)


def test_a_certificate_says_what_was_asked_what_was_read_and_under_which_law() -> None:
    scenario = ready().by_office(ASKS)

    fact = scenario.one(EligibilityCertified)
    assert fact.certificate == f"{LI}:1"
    assert fact.position == 7
    assert fact.answer.result == "ELIGIBLE"
    assert fact.answer.question.as_of == MEETS
    assert fact.rulebooks == {SELECTION: 1}
    assert len(fact.basis) > 2


def test_until_the_verification_is_over_a_candidate_is_held() -> None:
    board = sitting().convened().entered().certified()

    assert board.answer.result == "HELD"
    board.decides().then_refused(NotAllowed, match="HELD")


def test_no_log_is_smaller_than_empty() -> None:
    scenario = ready().by_office(CertifyEligibility(candidacy=LI, position=-1))

    scenario.then_refused(Invalid, match="position")


def test_a_later_certificate_takes_the_place_of_an_earlier() -> None:
    board = ready().certified().certified()

    certificate = board.state.certificate
    assert certificate
    assert certificate.certificate == f"{LI}:2"


def test_i2_nobody_certifies_their_own_eligibility() -> None:
    ready().scenario.by("li", "deciding_authority").when(ASKS).then_refused(NotAllowed)


def test_there_is_no_certificate_of_who_is_no_candidate() -> None:
    sitting().convened().by_office(ASKS).then_refused(Unknown)


def test_a_member_recommends_on_a_certificate() -> None:
    ready().certified().decides().then(
        CandidateDecided(
            recommended=True,
            decided_on=MEETS,
            certificate=f"{LI}:1",
            text="by merit",
        )
    )


def test_nothing_is_decided_without_a_certificate_or_without_a_reason() -> None:
    board = ready()
    board.decides().then_refused(WrongStage, match="no certificate")

    silent = DecideCandidate(candidacy=LI, recommended=True, text=" ")
    board.certified().met().by_member(silent).then_refused(Invalid, match="text")


def test_who_is_not_on_the_board_decides_nothing() -> None:
    board = ready().certified().met()
    command = DecideCandidate(candidacy=LI, recommended=True, text="by merit")

    scenario = board.scenario.by("shen", "board").when(command)

    scenario.then_refused(NotAllowed, match="not on this board")


def test_what_was_decided_of_a_candidate_stays_decided() -> None:
    board = ready().certified()
    board.decides()

    board.decides(recommended=False).then_refused(WrongStage, match="settled")
    board.by_office(ASKS).then_refused(WrongStage, match="settled")


def test_s1_13_since_the_certificate_a_case_was_opened_so_a_new_one_is_needed() -> None:
    board = ready().certified()
    Proceeding(board.scenario, on="2021-05-04").inquiry().investigation()

    board.decides().then_refused(WrongStage, match="have a new one issued")

    board.certified()
    assert board.answer.result == "HELD"
    board.decides().then_refused(NotAllowed, match="HELD")
    board.decides(recommended=False).then_kinds(CandidateDecided)


def test_what_changed_nothing_is_noted_when_the_board_decides() -> None:
    board = ready().certified()
    Proceeding(board.scenario, on="2021-05-04").inquiry()

    scenario = board.decides()

    scenario.then_kinds(EligibilityRechecked, CandidateDecided)
    again = scenario.one(EligibilityRechecked)
    assert again.same
    assert again.changed


@pytest.mark.parametrize("stage", ["inquiry", "investigation"])
def test_the_office_asks_again_and_says_what_has_changed(stage: str) -> None:
    board = ready().certified()
    Proceeding(board.scenario, on="2021-05-04").upto(stage)

    again = board.by_office(RecheckEligibility(candidacy=LI)).one(EligibilityRechecked)

    assert again.same == (stage == "inquiry")
    assert again.certificate == f"{LI}:1"
    assert again.changed
    assert board.state.rechecked == again


def test_nothing_is_asked_again_that_was_not_certified() -> None:
    ready().by_office(RecheckEligibility(candidacy=LI)).then_refused(WrongStage)
