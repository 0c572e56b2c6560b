"""Art. 42: several investigate, and who decides does not; nobody who is in conflict."""

from datetime import date

import pytest

from domain.case.facts import (
    InterviewRecorded,
    InvestigatorAssigned,
    InvestigatorRelieved,
)
from domain.case.investigating import (
    AssignInvestigator,
    RecordInterview,
    RelieveInvestigator,
)
from domain.case.notice import ServeNotice
from domain.case.opening import ExtendTimeToDecide
from domain.errors import Incomplete, Invalid, NotAllowed, OutOfTime, WrongStage
from domain.personnel import DeclareRelative
from tests.domain.case.proceeding import Proceeding, office, under

DAY = "2021-03-10"


def assign(who: str) -> AssignInvestigator:
    return AssignInvestigator(case="C-1", investigator=who)


def interview(*interviewers: str, **more: object) -> RecordInterview:
    usual: dict[str, object] = {
        "who": "the hotel's porter",
        "held_on": date(2021, 3, 9),
        "text": "He was here.",
    }
    return RecordInterview(
        case="C-1",
        interviewers=interviewers or ("jia", "luo"),
        **(usual | more),  # type: ignore[arg-type]  # as its fields are
    )


def inquiry() -> Proceeding:
    return Proceeding(office(), on=DAY).inquiry()


def test_one_is_assigned_once() -> None:
    scenario = inquiry().scenario

    scenario.when(assign("jia")).then(InvestigatorAssigned(investigator="jia"))
    scenario.when(assign("jia")).then_nothing()


def test_i2_neither_the_person_nor_a_relative_nor_who_works_below_them() -> None:
    case = Proceeding(office(), on=DAY, person="zhang").inquiry()
    cousin = DeclareRelative(
        number="zhang", relative="R", relation="cousin", related_number="wang"
    )
    case.scenario.clerk().given(cousin)
    case.scenario.by("han", "deciding_authority")

    for who in ("zhang", "wang", "shen", "li"):
        case.scenario.when(assign(who)).then_refused(NotAllowed)


def test_whoever_has_decided_in_the_case_does_not_investigate_it() -> None:
    case = Proceeding(office(), on=DAY).upto("finding")

    case.scenario.when(assign("han")).then_refused(NotAllowed, match="has decided")


def test_an_investigator_says_who_and_is_relieved_with_a_reason() -> None:
    case = inquiry()
    case.decider(assign("jia"))

    case.scenario.when(assign(" ")).then_refused(Invalid)
    relieve = RelieveInvestigator(case="C-1", investigator="jia")
    case.scenario.when(relieve).then_refused(Invalid, match="reason")
    relieve = RelieveInvestigator(case="C-1", investigator="jia", reason="retired")
    case.scenario.when(relieve).then(InvestigatorRelieved(investigator="jia"))
    case.scenario.when(relieve).then_nothing()


def test_art_42_nobody_is_interviewed_before_two_investigate() -> None:
    case = inquiry()
    case.decider(assign("jia"))

    case.scenario.when(interview("jia")).then_refused(Incomplete, match="2 at least")


def test_art_42_two_are_there_and_both_investigate_in_the_case() -> None:
    case = inquiry().investigation()

    case.scenario.when(interview("jia")).then_refused(Incomplete)
    case.scenario.when(interview("jia", "jia")).then_refused(Incomplete)
    case.scenario.when(interview("jia", "wang")).then_refused(Invalid, match="wang")
    case.scenario.when(interview()).then_kinds(InterviewRecorded)
    assert case.scenario.one(InterviewRecorded).interview == "C-1:i1"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"who": ""}, "who"),
        ({"text": " "}, "text"),
        ({"held_on": date(2021, 3, 11)}, "held_on"),
    ],
)
def test_minutes_say_who_when_and_what(more: dict[str, object], field: str) -> None:
    case = inquiry().investigation()

    case.scenario.when(interview(**more)).then_refused(Invalid, match=field)


def test_a_rulebook_may_want_three() -> None:
    case = Proceeding(under(("investigators = 2", "investigators = 3")), on=DAY)
    case.inquiry().investigation()
    told = ServeNotice(
        case="C-1", allegations=(case.conduct,), evidence=(), text="Told."
    )

    case.scenario.when(told).then_refused(Incomplete, match="3 at least")


def test_once_it_is_decided_nobody_investigates_any_more() -> None:
    case = Proceeding(office(), on=DAY).upto("finding").decision("warning")

    case.scenario.when(assign("wang")).then_refused(WrongStage, match="stage decided")


def extend(day: str, text: str = "A witness is abroad.") -> ExtendTimeToDecide:
    return ExtendTimeToDecide(case="C-1", decide_by=date.fromisoformat(day), text=text)


def test_the_time_to_decide_is_extended_as_far_as_the_rulebook_lets() -> None:
    case = inquiry().investigation()

    case.scenario.when(extend("2021-09-10")).then_refused(Invalid, match="decide_by")
    case.scenario.when(extend("2022-03-11")).then_refused(OutOfTime)
    case.scenario.when(extend("2021-12-01", " ")).then_refused(Invalid, match="text")
    case.decider(extend("2021-12-01"))
    case.scenario.when(extend("2022-03-11")).then_refused(OutOfTime)
    assert case.decider(extend("2022-03-10")).state.decide_by == date(2022, 3, 10)


def test_a_rulebook_that_knows_no_extension_gives_none() -> None:
    case = Proceeding(under(('extended_by = "6M"\n', "")), on=DAY)
    case.inquiry().investigation()

    case.scenario.when(extend("2021-12-01")).then_refused(WrongStage)
