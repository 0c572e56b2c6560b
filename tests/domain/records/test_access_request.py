"""A person asks to see what is kept of them; the answer gives it, or says why not."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.records.access_request import (
    AnswerAccess,
    RequestAccess,
    SubjectAccessAnswered,
    SubjectAccessRequested,
)
from tests.domain.cast import INSTANT
from tests.domain.records.cast import CONFLICTS, anna, law_with, office, stored, under
from tests.spec import Scenario

NEXT = "discipline inspection organ of the next higher level"


def requests(**changes: Any) -> RequestAccess:
    usual = {"request": "Q-1", "person": "shen", "rulebook": INSTANT}
    return RequestAccess(**(usual | changes))


def answers(outcome: str = "given", **changes: Any) -> AnswerAccess:
    return AnswerAccess(request="Q-1", outcome=outcome, **changes)


def asked(scenario: Scenario | None = None, **changes: Any) -> Scenario:
    person = changes.get("person", "shen")
    return (scenario or office()).declarant(person).given(requests(**changes))


def test_s1_21_a_request_is_answered_within_the_month_that_the_rulebook_gives() -> None:
    scenario = office().declarant("shen").when(requests(text="all about the wedding"))
    fact = scenario.one(SubjectAccessRequested)
    assert (fact.received_on, fact.due_on) == (date(2016, 12, 2), date(2017, 1, 2))
    assert fact.cited.rule == "handling.subject_access"
    assert scenario.news[0].subject == "shen"
    assert "all about the wedding" not in stored(scenario)


def test_where_the_rulebook_gives_no_time_one_may_ask_all_the_same() -> None:
    scenario = under(law_with(subject_access=None)).declarant("shen").when(requests())
    assert scenario.one(SubjectAccessRequested).due_on is None


def test_it_is_received_on_the_day_that_it_is_where_the_rulebook_holds() -> None:
    scenario = office().declarant("shen")
    scenario.now = scenario.now.replace(hour=20)
    assert scenario.when(requests()).one(SubjectAccessRequested).received_on == date(
        2016, 12, 3
    )


def test_a_clerk_may_ask_on_behalf_of_the_person_but_nobody_for_another() -> None:
    office().clerk(on_behalf_of="shen").when(requests()).then_kinds(
        SubjectAccessRequested
    )
    office().declarant("li").when(requests()).then_refused(NotAllowed, match="li may")
    office().declarant("nobody").when(requests(person="nobody")).then_refused(Unknown)


def test_the_same_request_again_records_nothing_and_its_number_is_taken() -> None:
    scenario = asked()
    scenario.when(requests()).then_nothing()
    scenario.when(requests(text="more")).then_refused(
        WrongStage, match="request Q-1 is taken"
    )
    scenario.declarant("li").when(requests(person="li")).then_refused(WrongStage)


def test_an_answer_that_gives_it_all_needs_no_words() -> None:
    anna(asked()).when(answers()).then(SubjectAccessAnswered(outcome="given"))


def test_an_answer_may_say_more() -> None:
    scenario = anna(asked()).when(answers(text="nine pages"))
    scenario.then(SubjectAccessAnswered(outcome="given", text="nine pages"))
    assert "nine pages" not in stored(scenario)
    assert scenario.news[0].subject == "shen"


@pytest.mark.parametrize("outcome", ["partly", "refused"])
def test_a_refusal_says_why_and_where_to_turn(outcome: str) -> None:
    scenario = anna(asked())
    scenario.when(answers(outcome)).then_refused(Invalid, match="text: say what is")
    scenario.when(answers(outcome, text="a case is open"))
    scenario.then(
        SubjectAccessAnswered(outcome=outcome, text="a case is open", turn_to=NEXT)
    )


def test_whoever_answers_may_name_another_place_to_turn_to() -> None:
    scenario = anna(asked()).when(answers("refused", text="no", turn_to="the court"))
    assert scenario.one(SubjectAccessAnswered).turn_to == "the court"


def test_where_nobody_says_where_to_turn_the_refusal_is_incomplete() -> None:
    scenario = anna(asked(under(law_with(complaint_to=None))))
    scenario.when(answers("refused", text="no")).then_refused(
        Incomplete, match="turn_to: say where one may turn who is refused"
    )
    scenario.when(answers("refused", text="no", turn_to="the court"))
    scenario.then_kinds(SubjectAccessAnswered)


def test_a_request_is_answered_once_and_in_one_of_three_ways() -> None:
    anna(asked()).when(answers("perhaps")).then_refused(Invalid, match="perhaps is not")
    scenario = anna(asked()).given(answers())
    scenario.when(answers()).then_refused(WrongStage, match="Q-1 was answered")
    anna(office()).when(answers()).then_refused(Unknown)


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_answers_a_request_of_their_own_a_relatives_or_a_superiors(
    who: str, why: str
) -> None:
    scenario = asked(person="zhang").by(who, "records_officer")
    scenario.when(answers()).then_refused(NotAllowed, match=why)
