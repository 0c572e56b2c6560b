"""Art. 43: nobody is judged who was not told of what, on what evidence, in time."""

from datetime import date

import pytest

from domain.case.evidence import EvidenceExcluded
from domain.case.evidencing import ExcludeEvidence
from domain.case.facts import NoticeOfAllegationsServed
from domain.case.finding import MakeFinding
from domain.case.investigating import RecordInterview
from domain.case.notice import ServeNotice
from domain.case.opening import AddAllegation
from domain.errors import Incomplete, Invalid, NotAllowed, WrongStage
from tests.domain.case.proceeding import Proceeding, office, piece, under

DAY = "2021-03-10"
CONDUCT = "conduct-C-1"
INTERVIEW = RecordInterview(
    case="C-1",
    who="the porter",
    interviewers=("jia", "luo"),
    held_on=date(2021, 3, 10),
    text="He was here.",
)


def begun(*changes: tuple[str, str]) -> Proceeding:
    scenario = under(*changes) if changes else office()
    case = Proceeding(scenario, on=DAY).inquiry().investigation()
    scenario.by("jia", "investigator")
    return case


def serve(**more: object) -> ServeNotice:
    usual: dict[str, object] = {
        "allegations": (CONDUCT,),
        "evidence": (),
        "text": "You are said to have done it.",
        "at_most": "demerit",
    }
    return ServeNotice(case="C-1", **(usual | more))  # type: ignore[arg-type]  # as its fields are


def test_the_answer_is_in_time_for_as_long_as_the_rulebook_says() -> None:
    case = begun()

    notice = case.scenario.when(serve()).one(NoticeOfAllegationsServed)

    assert (notice.served_on, notice.answer_by) == (
        date(2021, 3, 10),
        date(2021, 3, 17),
    )
    assert case.state.told


@pytest.mark.parametrize(
    ("day", "taken"),
    [("2021-03-16", False), ("2021-03-17", True), ("2021-05-01", True)],
)
def test_more_time_may_be_given_and_never_less(day: str, *, taken: bool) -> None:
    case = begun()
    command = serve(answer_by=date.fromisoformat(day))

    if taken:
        fact = case.scenario.when(command).one(NoticeOfAllegationsServed)
        assert fact.answer_by == date.fromisoformat(day)
    else:
        case.scenario.when(command).then_refused(Invalid, match="answer_by")


def test_a_last_day_that_is_not_worked_is_moved_on_and_never_back() -> None:
    """17 March 2021 is taken for a holiday."""
    for roll, day in (("next_working_day", 18), ("previous_working_day", 17)):
        calendar = (
            "weekend = [5, 6]\n",
            'weekend = [5, 6]\nholidays = ["2021-03-17"]\n',
        )
        rolled = (
            'timezone = "Asia/Shanghai"\n',
            f'timezone = "UTC"\nroll = "{roll}"\n',
        )
        case = begun(calendar, rolled).notice()

        assert case.state.notice
        assert case.state.notice.answer_by == date(2021, 3, day)


@pytest.mark.parametrize(
    ("more", "kind", "match"),
    [
        ({"allegations": ()}, Incomplete, "tells of nothing"),
        ({"allegations": ("another",)}, Invalid, "allegations"),
        ({"evidence": ("C-1:7",)}, Invalid, "evidence"),
        ({"text": " "}, Invalid, "text"),
        ({"at_most": "flogging"}, Invalid, "at_most"),
    ],
)
def test_it_tells_of_what_is_alleged_and_rests_on_what_there_is(
    more: dict[str, object], kind: type[Exception], match: str
) -> None:
    begun().scenario.when(serve(**more)).then_refused(kind, match=match)


def test_art_42_what_was_excluded_is_held_against_nobody() -> None:
    case = begun().investigator(piece(1), piece(2), INTERVIEW)
    case.decider(ExcludeEvidence(case="C-1", evidence="C-1:1", text="By threats."))
    assert case.scenario.log()[-1].fact == EvidenceExcluded(
        evidence="C-1:1", text="By threats."
    )
    case.scenario.by("jia", "investigator")

    excluded = serve(evidence=("C-1:1", "C-1:2"))
    case.scenario.when(excluded).then_refused(Invalid, match="C-1:1 was excluded")
    fact = case.scenario.when(serve(evidence=("C-1:2", "C-1:i1")))
    assert fact.one(NoticeOfAllegationsServed).evidence == ("C-1:2", "C-1:i1")


def test_art_42_what_is_excluded_after_the_notice_takes_a_new_one() -> None:
    case = begun().investigator(piece(1), serve(evidence=("C-1:1",))).response()
    case.decider(ExcludeEvidence(case="C-1", evidence="C-1:1", text="By threats."))
    find = MakeFinding(
        case="C-1", conduct=CONDUCT, mental="none", standard="clear", reasons="So."
    )

    case.scenario.when(find).then_refused(WrongStage, match="serve one without it")
    assert case.investigator(serve()).waiver().finding().state.findings


def test_what_is_alleged_later_takes_a_new_notice_and_a_new_answer() -> None:
    case = begun().notice().response()
    case.investigator(
        AddAllegation(case="C-1", allegation=case.allegation(conduct="more"))
    )

    assert case.state.unnoticed == ("more",)
    after = case.notice().state
    assert (len(after.unnoticed), after.answered) == (0, False)


def test_a_notice_takes_an_investigation() -> None:
    case = Proceeding(office(), on=DAY).inquiry()

    case.scenario.when(serve()).then_refused(WrongStage, match="stage inquiry")


def test_art_43_a_second_notice_is_heavier_only_for_what_is_new() -> None:
    case = begun().investigator(serve()).response()
    scenario = case.scenario.by("jia", "investigator")

    heavier = serve(at_most="dismissal")
    scenario.when(heavier).then_refused(NotAllowed, match="nothing is new")
    scenario.when(serve(at_most="warning")).then_kinds(NoticeOfAllegationsServed)
    scenario.given(piece(1))
    scenario.when(heavier).then_refused(NotAllowed, match="nothing is new")
    cited = serve(at_most="dismissal", evidence=("C-1:1",))
    scenario.when(cited).then_kinds(NoticeOfAllegationsServed)


def test_art_43_who_was_told_of_no_sanction_is_told_of_one_only_for_what_is_new() -> (
    None
):
    case = begun().investigator(piece(1), serve(at_most=None)).response()
    scenario = case.scenario.by("jia", "investigator")

    scenario.when(serve()).then_refused(NotAllowed, match="told of None")
    scenario.given(
        AddAllegation(case="C-1", allegation=case.allegation(violation="gift_received"))
    )
    scenario.when(serve()).then_kinds(NoticeOfAllegationsServed)


def test_art_43_the_same_conduct_in_other_words_is_nothing_new() -> None:
    case = begun().investigator(serve(at_most="warning")).response()
    scenario = case.scenario.by("jia", "investigator")
    reworded = case.allegation(text="That they did it, and meant it.")
    scenario.given(AddAllegation(case="C-1", allegation=reworded))

    scenario.when(serve(at_most="dismissal")).then_refused(NotAllowed, match="warning")
    scenario.given(serve(at_most="warning"))
    more = case.allegation(conduct="more")
    scenario.given(AddAllegation(case="C-1", allegation=more))
    scenario.when(serve(at_most="dismissal")).then_refused(NotAllowed, match="warning")
    both = serve(at_most="dismissal", allegations=(CONDUCT, "more"))
    scenario.when(both).then_kinds(NoticeOfAllegationsServed)


def test_art_43_what_a_case_is_reopened_for_has_to_be_told_as_well() -> None:
    case = begun().investigator(serve(at_most="warning")).response().finding()
    case.decision().served().closed().reopened()
    scenario = case.scenario.by("jia", "investigator")

    scenario.when(serve(at_most="dismissal")).then_refused(NotAllowed, match="warning")
    cited = serve(at_most="dismissal", evidence=("C-1:1",))
    scenario.when(cited).then_kinds(NoticeOfAllegationsServed)


def test_art_42_who_serves_it_is_one_of_those_who_investigate() -> None:
    scenario = begun().scenario

    for who in ("wei", "han"):
        scenario.by(who, "investigator")
        scenario.when(serve()).then_refused(NotAllowed, match="does not investigate")
    scenario.by("Jia", "investigator").when(serve()).then_some()
