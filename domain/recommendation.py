"""A recommendation to a unit, or to who appoints: no sanction, but to be answered."""

from datetime import date
from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.record import Citation, Fact, Text, Value, stream_of

To = Literal["unit", "appointing_body"]


class Addressed(Fact):
    """Said to who appoints, or by them: they open no more than who somebody is."""

    def class_of(self, field: str) -> str:  # noqa: ARG002  they must read all of it
        return "identity"


class RecommendationIssued(Addressed):
    """Somebody is asked to do something about a person.

    Attributes:
        to: whether as the person's unit, or as the body that appoints.
        unit: the unit that is asked.
        attachments: what is asked to be sent along with the answer.
        answer_by: the last day for it.
        case: the case that it comes from, if it comes from one.
    """

    TOPIC: ClassVar = "recommendation.issued"
    recommendation: str
    person: str
    to: To
    unit: str
    text: Text
    issued_on: date
    answer_by: date
    cited: Citation
    attachments: tuple[Text, ...] = ()
    case: str | None = None


class RecommendationAccepted(Addressed):
    TOPIC: ClassVar = "recommendation.accepted"
    on: date
    text: Text | None = None


class RecommendationRefused(Addressed):
    TOPIC: ClassVar = "recommendation.refused"
    on: date
    text: Text


class RecommendationOverdue(Fact):
    """Its day passed without an answer."""

    TOPIC: ClassVar = "recommendation.overdue"
    answer_by: date


class RecommendationImplemented(Addressed):
    TOPIC: ClassVar = "recommendation.implemented"
    on: date
    text: Text


Stage = Literal["", "issued", "overdue", "accepted", "refused", "implemented"]


class Recommendation(Value):
    issued: RecommendationIssued | None = None
    stage: Stage = ""

    @property
    def subject(self) -> str | None:
        return self.issued.person if self.issued else None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case RecommendationIssued():
                return replace(self, issued=fact, stage="issued")
            case RecommendationAccepted():
                return replace(self, stage="accepted")
            case RecommendationRefused():
                return replace(self, stage="refused")
            case RecommendationOverdue():
                return replace(self, stage="overdue")
            case RecommendationImplemented():
                return replace(self, stage="implemented")
        return self


def recommendation_stream(recommendation: str) -> UUID:
    return stream_of("recommendation", recommendation)
