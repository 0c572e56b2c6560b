"""What is shown of a recommendation: to whom, what, by when, and what they said."""

from collections.abc import Sequence
from datetime import date

from domain.recommendation import (
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationRefused,
)
from domain.record import Text
from web.answers.answer import Answer, Citation, cited, taken
from web.answers.records import last
from web.matters import Matter


class RecommendationRecord(Answer):
    """What a unit is asked to do about somebody, and its answer; it is no sanction."""

    id: str
    version: int
    person: str
    to: str
    unit: str
    text: Text
    attachments: Sequence[Text]
    case: str | None
    issued_on: date
    answer_by: date
    cited: Citation
    stage: str
    answered_on: date | None
    answer: Text | None
    implemented_on: date | None
    done: Text | None


def recommendation(matter: Matter) -> RecommendationRecord:
    """Show a recommendation, and how it was answered."""
    issued = matter.state.issued
    answer = last(matter, RecommendationAccepted) or last(matter, RecommendationRefused)
    done = last(matter, RecommendationImplemented)
    shown: RecommendationRecord = taken(
        RecommendationRecord,
        matter,
        matter.state,
        issued,
        cited=cited(issued.cited),
        answered_on=answer.on if answer else None,
        answer=answer.text if answer else None,
        implemented_on=done.on if done else None,
        done=done.text if done else None,
    )
    return shown
