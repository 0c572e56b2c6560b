"""A board is convened with members, and its candidates are near to none of them."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.person import person_stream
from domain.personnel import DeclareRelative
from domain.proceedings import ProceedingEntered
from domain.promotion.board import Board, board_stream
from domain.promotion.convening import ConcludeBoard, ConveneBoard, EnterCandidate
from domain.promotion.facts import (
    BoardConvened,
    BoardDecided,
    CandidateEntered,
    CandidateListed,
)
from domain.verification.facts import VerificationOpened
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.promotion.boards import BOARD, LI, MEETS, SELECTION, ready, sitting
from tests.spec import Scenario


def convening(**changes: Any) -> ConveneBoard:
    usual: dict[str, Any] = {
        "board": BOARD,
        "rulebook": SELECTION,
        "ladder": "rank",
        "level": "higher",
        "members": ("chief", "wang"),
        "meets_on": MEETS,
    }
    return ConveneBoard(**(usual | changes))


def hr() -> Scenario:
    return sitting().scenario.by("hr", "hr")


def test_a_board_is_convened_for_one_level_of_one_ladder() -> None:
    hr().when(convening()).then(
        BoardConvened(
            board=BOARD,
            rulebook=SELECTION,
            ladder="rank",
            level="higher",
            purpose="promotion",
            members=("chief", "wang"),
            meets_on=MEETS,
        )
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rulebook": GOVERNMENT}, Invalid),
        ({"ladder": "cloud"}, Invalid),
        ({"members": ()}, Incomplete),
        ({"members": ("wang", "chief", "wang")}, Invalid),
        ({"meets_on": date(2021, 5, 2)}, Invalid),
    ],
)
def test_it_needs_members_and_a_ladder_of_a_rulebook_on_eligibility(
    changes: dict[str, Any], refusal: type[Exception]
) -> None:
    hr().when(convening(**changes)).then_refused(refusal)


@pytest.mark.parametrize("changes", [{"rulebook": "nowhere"}, {"members": ("ghost",)}])
def test_it_is_made_of_what_there_is(changes: dict[str, Any]) -> None:
    hr().when(convening(**changes)).then_refused(Unknown)


def test_convening_it_again_is_nothing_and_another_needs_another_id() -> None:
    scenario = hr().given(convening())

    scenario.when(convening()).then_nothing()
    scenario.on("2022-01-01").when(convening()).then_nothing()
    scenario.when(convening(level="equal")).then_refused(WrongStage, match="is taken")


def test_entering_a_candidate_opens_the_verification_that_is_wanted_first() -> None:
    scenario = hr().given(convening()).when(EnterCandidate(board=BOARD, person="li"))

    entered = scenario.one(CandidateEntered)
    assert entered.verification == LI
    assert (entered.question.person, entered.question.as_of) == ("li", MEETS)
    opened = scenario.one(VerificationOpened)
    assert (opened.basis, opened.board, opened.person) == ("promotion", BOARD, "li")
    kinds = [fact.kind for fact in scenario.all(ProceedingEntered)]
    assert kinds == ["candidacy", "verification"]
    scenario.then_some(CandidateListed(person="li"))


def test_entering_a_candidate_twice_is_nothing() -> None:
    enter = EnterCandidate(board=BOARD, person="li")

    hr().given(convening(), enter).when(enter).then_nothing()


def test_without_that_demand_no_verification_is_opened() -> None:
    board = sitting("in-vigilance").convened()

    scenario = board.scenario.when(EnterCandidate(board=BOARD, person="li"))

    assert scenario.one(CandidateEntered).verification is None
    assert not scenario.all(VerificationOpened)


@pytest.mark.parametrize("person", ["wang", "chief"])
def test_i2_no_member_is_a_candidate(person: str) -> None:
    scenario = hr().given(convening()).when(EnterCandidate(board=BOARD, person=person))

    scenario.then_refused(NotAllowed, match="on this board")


def test_i2_no_relative_and_no_superior_of_a_member_is_a_candidate() -> None:
    cousin = DeclareRelative(
        number="li", relative="R", relation="cousin", related_number="wang"
    )
    scenario = hr().given(convening(), cousin)
    scenario.when(EnterCandidate(board=BOARD, person="li")).then_refused(NotAllowed)

    below = hr().given(convening(members=("li",)))
    below.when(EnterCandidate(board=BOARD, person="zhang")).then_refused(
        NotAllowed, match="superior"
    )


def test_a_candidate_is_entered_on_a_board_that_there_is_and_sits_still() -> None:
    ended = ready().scenario.by("hr", "hr")
    hr().when(EnterCandidate(board="B-9", person="li")).then_refused(Unknown)

    empty = hr().given(convening(), ConcludeBoard(board=BOARD))
    empty.when(EnterCandidate(board=BOARD, person="li")).then_refused(WrongStage)
    ended.when(EnterCandidate(board=BOARD, person="ghost")).then_refused(Unknown)


def test_a_board_ends_when_it_is_done_with_every_candidate() -> None:
    board = ready()
    end = ConcludeBoard(board=BOARD)
    board.scenario.by("hr", "hr").when(end).then_refused(Incomplete, match="li")

    board.certified().decides(recommended=False)

    scenario = board.scenario.by("hr", "hr").when(end)
    scenario.then(BoardDecided(decided_on=board.scenario.now.date()))
    scenario.when(end).then_nothing()


def test_a_board_is_about_nobody_in_particular() -> None:
    board = sitting().convened().entered()

    state = board.scenario.state(Board(), board_stream(BOARD))

    assert state.subject is None
    assert state.candidates == ("li",)
    assert board.state.subject == "li"
    assert person_stream("li") != board_stream(BOARD)
