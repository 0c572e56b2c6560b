"""Holds, recommendations and candidates made by chance, and all that may happen."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from domain import hold, recommendation
from domain.promotion import facts as promotion
from domain.promotion.board import candidacy_stream
from domain.record import Fact
from tests.chance_funnel import Funnel, fact
from tests.history import History, cite


def hold_something(funnel: Funnel, person: str) -> None:
    stream = hold.holds_stream(person)
    n = sum(r.originator_id == stream for r in funnel.history.records)
    placed = fact(hold.HoldPlaced, hold=f"{person}:{n}", person=person, type="exit")
    lifted = fact(hold.HoldLifted, hold=f"{person}:{funnel.random.randint(0, n)}")
    funnel.add(stream, person, funnel.random.choice((placed, lifted)))


def recommend(funnel: Funnel, person: str) -> None:
    name = funnel.new("R")
    issued = fact(
        recommendation.RecommendationIssued,
        recommendation=name,
        person=person,
        answer_by=funnel.near(),
    )
    stage = funnel.random.choice(
        (
            recommendation.RecommendationAccepted,
            recommendation.RecommendationRefused,
            recommendation.RecommendationOverdue,
            recommendation.RecommendationImplemented,
        )
    )
    stream = recommendation.recommendation_stream(name)
    funnel.add(stream, person, issued)
    if funnel.random.random() < 0.6:
        funnel.add(stream, person, fact(stage))


def stand(funnel: Funnel, person: str) -> None:
    name = f"{funnel.new('B')}:{person}"
    stream = candidacy_stream(name)
    entered: Any = fact(promotion.CandidateEntered, person=person)
    question = replace(entered.question, ladder=funnel.random.choice(("post", "pay")))
    funnel.add(stream, person, replace(entered, question=question))
    if funnel.random.random() < 0.8:
        funnel.add(stream, person, certified(funnel, question))
    if funnel.random.random() < 0.6:
        recommended = funnel.random.random() < 0.5
        decided = fact(promotion.CandidateDecided, recommended=recommended)
        funnel.add(stream, person, decided)
    elif funnel.random.random() < 0.3:
        took = funnel.random.random() < 0.5
        opened = fact(promotion.RecommendationUnsealed, takes_effect=took)
        funnel.add(stream, person, opened)


def certified(funnel: Funnel, question: promotion.Question) -> Fact:
    result: promotion.Result = funnel.random.choice(
        ("ELIGIBLE", "HELD", "NOT_ELIGIBLE", "UNDETERMINED")
    )
    source: promotion.Source = funnel.random.choice(("finding", "sanction"))
    reason = promotion.Reason(
        source=source,
        key="x",
        effect=funnel.random.choice(("bars", "holds", "shown")),
        code="x",
        cited=cite("eligibility"),
    )
    answer = promotion.Eligibility(question=question, result=result, reasons=(reason,))
    certified: Fact = fact(promotion.EligibilityCertified, answer=answer)
    return certified


HAPPENINGS: tuple[Callable[[Funnel, str], None], ...] = (
    Funnel.career,
    Funnel.verify,
    *(Funnel.look_into,) * 5,
    Funnel.inquire,
    *(Funnel.go_on_with_case,) * 4,
    Funnel.impose,
    *(Funnel.change,) * 3,
    Funnel.lodge,
    *(Funnel.hear,) * 2,
    hold_something,
    recommend,
    stand,
)


def funnel_history(seed: int, steps: int) -> History:
    """Return a history of so many steps; the same seed makes the same history."""
    return Funnel(seed, HAPPENINGS).run(steps)
