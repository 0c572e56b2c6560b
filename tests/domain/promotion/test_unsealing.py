"""Who is cleared at last rises with the others, unless something else bars them."""

from datetime import date

import pytest

from domain.appealing.deciding import DecideAppeal
from domain.appealing.lodging import LodgeAppeal
from domain.appealing.panel import ConstitutePanel
from domain.case.closing import FindNoCase
from domain.case.hearing import HoldHearing
from domain.errors import Invalid, WrongStage
from domain.promotion.facts import RecommendationUnsealed
from domain.promotion.unsealing import UnsealRecommendation
from tests.domain.case.proceeding import Proceeding
from tests.domain.promotion.boards import LI, MEETS, VIGILANCE, Sitting
from tests.domain.promotion.test_sealed_cover import OPENS, charged, cleared


def convicted(case: Proceeding, kind: str, day: str) -> None:
    """Have a case heard, and decided with a sanction."""
    heard = HoldHearing(
        case=case.case, held_on=date.fromisoformat(day), text="Li was heard."
    )
    case.waiver().at(day).decider(heard).finding().decision(kind).served()


def another(board: Sitting, last: str = "notice") -> Proceeding:
    """Return a second case, which began after the recommendation was sealed."""
    day, law = "2021-06-10", VIGILANCE
    case = Proceeding(
        board.scenario, on=day, case="C-9", rulebook=law, violation="conduct"
    )
    return case.upto(last)


def quashed(board: Sitting, case: Proceeding) -> None:
    stage = next(stage for stage in case.book.appeals if not stage.after)
    ask, name = board.scenario, "A-1"
    lodge = LodgeAppeal(
        appeal=name, person="li", case=case.case, stage=stage.id, text="No."
    )
    ask.declarant("li").given(lodge)
    panel = ConstitutePanel(appeal=name, members=("shen",), authority="review section")
    ask.by("over", "oversight").given(panel)
    grounds = tuple(stage.grounds.get("quashed", ("facts",)))[:1]
    decide = DecideAppeal(appeal=name, outcome="quashed", grounds=grounds, text="So.")
    ask.by("shen", "appeal_panel").given(decide)


def test_s2_01_who_was_dismissed_in_another_case_does_not_rise() -> None:
    board, case = charged()
    board.seals()
    convicted(another(board), "dismissal", "2021-07-20")
    cleared(case)

    fact = board.by_office(OPENS).one(RecommendationUnsealed)

    assert not fact.takes_effect
    assert fact.from_on is None


def test_it_stays_sealed_while_another_case_holds_the_promotion() -> None:
    board, case = charged()
    board.seals()
    other = another(board)
    cleared(case)
    board.by_office(OPENS).then_refused(WrongStage, match="in the way: open_case")

    other.decider(FindNoCase(case=other.case, text="It was nothing."))
    assert board.by_office(OPENS).one(RecommendationUnsealed).takes_effect


def test_t10_i17_who_was_sanctioned_and_then_cleared_on_appeal_does_rise() -> None:
    board, case = charged()
    board.seals()
    convicted(case, "censure", "2021-08-02")
    case.closed()
    quashed(board, case)

    fact = board.by_office(OPENS).one(RecommendationUnsealed)

    assert fact.takes_effect
    assert fact.from_on == MEETS


@pytest.mark.parametrize("day", ["0001-01-01", "2021-05-09", "2021-08-03"])
def test_nobody_rises_before_the_board_met_or_ahead_of_today(day: str) -> None:
    board, case = charged()
    board.seals()
    cleared(case)

    opens = UnsealRecommendation(candidacy=LI, from_on=date.fromisoformat(day))
    board.by_office(opens).then_refused(Invalid, match="from_on")
