"""A finding of a case bars once the case was decided on it, and while that stands."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.case.case import case_stream
from domain.case.facts import CaseClosed, CaseFinding, CaseReopened, NoCaseFound
from tests.domain.promotion.cast import asked, past
from tests.past import Past

FOUND = "case:K:1"
Course = Callable[[Past], object]


def found() -> Past:
    """Let concealment be found in a case, under a law that bars for a year."""
    known = past().on("2024-02-01")
    known.inquire("P1", "K", "strict")
    fact = CaseFinding(
        finding=FOUND,
        conduct="c",
        class_="concealment",
        mental="intent",
        standard="clear",
        reasons="why",
        cited=known.cite("strict"),
    )
    known.on("2024-03-01").add(case_stream("K"), fact)
    return known.on("2024-03-10")


def no_case(known: Past) -> None:
    known.add(case_stream("K"), NoCaseFound(text="nothing to it"))


def begun_anew(known: Past) -> None:
    fact = CaseReopened(text="anew", opened_on=known.today)
    known.add(case_stream("K"), fact)


def referred(known: Past) -> None:
    fact = CaseClosed(closing="referred", closed_on=known.today)
    known.add(case_stream("K"), fact)


def test_s1_13_a_case_that_was_decided_on_a_finding_bars_from_its_day() -> None:
    known = found()
    known.decide("K", FOUND)

    answer = asked(known, "2024-04-01")
    assert (answer.result, answer.until) == ("NOT_ELIGIBLE", date(2025, 3, 1))
    assert asked(known, "2024-02-29").result == "ELIGIBLE"


@pytest.mark.parametrize(
    "course",
    [
        (),
        (no_case,),
        (referred,),
        (lambda known: known.decide("K", "case:K:2"),),
        (lambda known: known.decide("K", FOUND), begun_anew),
        (lambda known: known.decide("K", FOUND), no_case),
        (lambda known: known.notify("K", "strict"), lambda k: k.decide("K", FOUND)),
    ],
    ids=["undecided", "none", "referred", "other", "anew", "cleared", "new notice"],
)
def test_s2_09_a_finding_of_which_nothing_came_bars_nobody(
    course: tuple[Course, ...],
) -> None:
    known = found()
    for step in course:
        step(known)

    for day in ("2024-03-05", "2024-04-01"):
        assert asked(known, day).result == "ELIGIBLE"


def test_i17_what_was_known_before_it_was_begun_anew_is_known_still() -> None:
    known = found()
    known.decide("K", FOUND)
    before = known.position
    begun_anew(known)

    assert asked(known, "2024-04-01", position=before).result == "NOT_ELIGIBLE"
