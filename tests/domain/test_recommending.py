"""S3-13: a recommendation has an addressee, a due date, and an answer with reasons."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.proceedings import ProceedingEntered, Proceedings, proceedings_stream
from domain.recommendation import (
    Recommendation,
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationIssued,
    RecommendationOverdue,
    RecommendationRefused,
    recommendation_stream,
)
from domain.recommending import (
    AcceptRecommendation,
    ImplementRecommendation,
    IssueRecommendation,
    NoteUnanswered,
    RefuseRecommendation,
)
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office, under
from tests.spec import Scenario

DAY, LAST = date(2021, 3, 10), date(2021, 4, 9)
ACCEPT = AcceptRecommendation(recommendation="R-1")
OVERDUE = NoteUnanswered(recommendation="R-1")


def issue(**more: Any) -> IssueRecommendation:
    usual: dict[str, Any] = {
        "recommendation": "R-1",
        "person": "li",
        "rulebook": GOVERNMENT,
        "to": "appointing_body",
        "unit": "college",
        "text": "Remove him: he claimed a medical trip to Macau.",
        "attachments": ("the leave he asked for", "his medical records"),
    }
    return IssueRecommendation(**(usual | more))


def refuse(text: str = "He was ill indeed.") -> RefuseRecommendation:
    return RefuseRecommendation(recommendation="R-1", text=text)


def done(text: str = "He was removed.") -> ImplementRecommendation:
    return ImplementRecommendation(recommendation="R-1", text=text)


def deciding(scenario: Scenario | None = None) -> Scenario:
    return (scenario or office()).on(DAY).by("han", "deciding_authority")


def issued() -> Scenario:
    return deciding().given(issue()).by("hr", "hr")


def test_s3_13_it_says_to_whom_what_is_asked_and_by_when_to_answer() -> None:
    scenario = deciding().when(issue())

    scenario.then_kinds(RecommendationIssued, ProceedingEntered)
    fact = scenario.one(RecommendationIssued)
    assert (fact.to, fact.unit) == ("appointing_body", "college")
    assert (fact.issued_on, fact.answer_by) == (DAY, LAST)
    assert fact.attachments[1] == "his medical records"
    entered = scenario.state(Proceedings(), proceedings_stream("li"))
    assert entered.of("recommendation") == ("R-1",)


def test_issuing_it_again_just_so_records_nothing() -> None:
    scenario = deciding().given(issue())

    scenario.when(issue()).then_nothing()
    scenario.when(issue(text="Another.")).then_refused(WrongStage, match="taken")


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"to": "the press"}, Invalid),
        ({"text": ""}, Invalid),
        ({"unit": "nowhere"}, Invalid),
        ({"case": "C-9"}, Invalid),
        ({"answer_by": date(2021, 4, 8)}, Invalid),
        ({"person": "citizen"}, Unknown),
        ({"person": "han"}, Unknown),
    ],
)
def test_what_is_recommended_has_an_addressee_and_words(
    more: dict[str, Any], kind: type[Exception]
) -> None:
    deciding().when(issue(**more)).then_refused(kind)


def test_i2_nobody_recommends_something_about_themselves() -> None:
    scenario = deciding().by("li", "deciding_authority")

    scenario.when(issue()).then_refused(NotAllowed)


def test_it_may_come_from_a_case_about_the_same_person_and_leave_more_time() -> None:
    case = Proceeding(office(), on=DAY).upto("finding")
    scenario = case.scenario

    scenario.when(issue(case="C-1", person="wang")).then_refused(Invalid, match="case")
    fact = scenario.when(issue(case="C-1", answer_by=date(2021, 5, 1)))
    assert fact.one(RecommendationIssued).answer_by == date(2021, 5, 1)


def test_where_the_rulebook_sets_no_time_one_says_by_when() -> None:
    scenario = deciding(under(('reply_within = "30d"\n', "")))

    scenario.when(issue()).then_refused(Incomplete, match="never due")
    scenario.when(issue(answer_by=date(2021, 3, 9))).then_refused(Invalid)
    scenario.when(issue(answer_by=DAY)).then_some()


def test_s3_13_it_is_accepted_and_then_carried_out() -> None:
    scenario = issued()

    scenario.when(done()).then_refused(WrongStage, match="R-1 is issued")
    scenario.when(ACCEPT).then(RecommendationAccepted(on=DAY))
    scenario.when(refuse()).then_refused(WrongStage, match="R-1 is accepted")
    scenario.when(done(" ")).then_refused(Invalid, match="text")
    scenario.when(done()).then(
        RecommendationImplemented(on=DAY, text="He was removed.")
    )


def test_s3_13_art_61_it_is_refused_with_reasons_alone() -> None:
    scenario = issued()

    scenario.when(refuse(" ")).then_refused(Invalid, match="text")
    scenario.when(refuse()).then(
        RecommendationRefused(on=DAY, text="He was ill indeed.")
    )


def test_who_recommends_it_does_not_answer_it_nor_does_the_person() -> None:
    scenario = issued().by("han", "hr")

    scenario.when(ACCEPT).then_refused(NotAllowed, match="recommends it")
    scenario.by("li", "hr").when(ACCEPT).then_refused(NotAllowed)


def test_s3_13_what_nobody_answered_in_time_is_overdue_once_and_answered_late() -> None:
    scenario = issued().by("scheduler", "scheduler").on(LAST)

    scenario.when(OVERDUE).then_nothing()
    scenario.on("2021-04-10").when(OVERDUE).then(RecommendationOverdue(answer_by=LAST))
    scenario.when(OVERDUE).then_nothing()
    scenario.by("hr", "hr").when(refuse()).then_kinds(RecommendationRefused)
    assert scenario.state(Recommendation(), recommendation_stream("R-1")).stage == (
        "refused"
    )


def test_there_is_nothing_to_answer_that_was_not_issued() -> None:
    deciding().when(ACCEPT).then_refused(Unknown, match="R-1")
    deciding().when(OVERDUE).then_refused(Unknown)
