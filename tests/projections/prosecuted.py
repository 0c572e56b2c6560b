"""Cases and recommendations for the read models: facts alone, as the log has them."""

from datetime import date, timedelta
from uuid import UUID

from domain.case import facts
from domain.case.case import case_stream
from domain.recommendation import RecommendationIssued, recommendation_stream
from tests.history import History, cite

CITED = cite("due_process")


def inquired(history: History, number: str, case: str) -> UUID:
    stream = case_stream(case)
    history.subjects[stream] = number
    fact = facts.PreliminaryInquiryOpened(
        case=case, person=number, basis="complaint", cited=CITED, source="complaint:7"
    )
    history.add(stream, fact)
    return stream


def investigated(history: History, stream: UUID, decide_by: date | None) -> None:
    today = history.now.date()
    opened = facts.InvestigationOpened(
        allegations=("c",), opened_on=today, cited=CITED, decide_by=decide_by
    )
    history.add(stream, opened)
    for who in ("jia", "luo"):
        history.add(stream, facts.InvestigatorAssigned(investigator=who))


def told(history: History, stream: UUID) -> None:
    today = history.now.date()
    fact = facts.NoticeOfAllegationsServed(
        allegations=("c",),
        evidence=(),
        served_on=today,
        answer_by=today + timedelta(days=7),
        text="You are said to have done it.",
        cited=CITED,
    )
    history.add(stream, fact)


def recommended(history: History, number: str, name: str, answer_by: date) -> UUID:
    stream = recommendation_stream(name)
    history.subjects[stream] = number
    fact = RecommendationIssued(
        recommendation=name,
        person=number,
        to="unit",
        unit="U1",
        text="Talk to them.",
        issued_on=history.now.date(),
        answer_by=answer_by,
        cited=CITED,
    )
    history.add(stream, fact)
    return stream


def prosecuted(history: History) -> None:
    """Let two people have been told of a case each, and something be recommended."""
    today = history.now.date()
    for number in ("P1", "P3"):
        stream = inquired(history, number, f"K-{number}")
        investigated(history, stream, today)
        told(history, stream)
    recommended(history, "P1", "R-1", today)
