"""What of a case its person may know, fact by fact, and from when on."""

from datetime import date

from domain.case.evidencing import AddEvidence
from domain.case.investigating import RecordInterview
from domain.case.opening import AddAllegation
from domain.case.recusal import RequestRecusal
from domain.case.telling import told
from tests.domain.case.proceeding import Proceeding, office

DAY = "2021-03-10"


def known(case: Proceeding) -> list[str]:
    """Return the topics of what the person may know, in order."""
    facts = [
        record.fact
        for record in case.scenario.log()
        if record.fact.TOPIC.startswith("case.")
    ]
    both = zip(facts, told(facts), strict=True)
    return [fact.TOPIC.removeprefix("case.") for fact, seen in both if seen]


def interview(who: str) -> RecordInterview:
    return RecordInterview(
        case="C-1",
        who=who,
        interviewers=("jia", "luo"),
        held_on=date(2021, 3, 9),
        text="x",
    )


def begun() -> Proceeding:
    case = Proceeding(office(), on=DAY).inquiry().investigation()
    file = AddEvidence(
        case="C-1",
        kind="document",
        sha256="0" * 64,
        size=1,
        media_type="text/plain",
        mark="m",
        found_on=date(2021, 3, 1),
        text="x",
    )
    ask = RequestRecusal(case="C-1", who="wei", ground="other", text="x")
    return case.investigator(file, interview("a"), interview("b"), ask)


def test_t12_before_a_notice_the_person_knows_nothing() -> None:
    assert known(begun()) == []


def test_then_what_it_names_and_no_other_interview_nor_where_it_came_from() -> None:
    case = begun().notice(evidence=("C-1:1", "C-1:i2"))

    assert known(case) == [
        "allegation-added",
        "evidence-added",
        "interview-recorded",
        "notice-served",
    ]


def test_what_is_alleged_since_they_know_from_the_next_notice_on() -> None:
    case = begun().notice()
    more = AddAllegation(case="C-1", allegation=case.allegation(conduct="more"))

    before = known(case.investigator(more))
    assert before == ["allegation-added", "notice-served"]
    assert known(case.notice()).count("allegation-added") == 2


def test_what_is_found_and_decided_they_know_once_it_is_served_and_for_ever() -> None:
    case = begun().notice().response().finding().decision()
    assert "finding-made" not in known(case)
    assert "decision-made" not in known(case)

    case.served().closed().reopened()

    assert known(case)[1:] == [
        "notice-served",
        "response-received",
        "finding-made",
        "decision-made",
        "decision-served",
        "closed",
        "reopened",
    ]
