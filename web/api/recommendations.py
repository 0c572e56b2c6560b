"""Recommendations to units: issued, answered in time, carried out."""

from typing import Any

from flask import Response

from domain import recommending
from projections.models import docket
from projections.models.docket import RecommendationEntry, Which
from projections.models.paging import Page
from web import answers
from web.answers import recommendations as shape
from web.api.sight import one_page, sight, today
from web.auth import concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import recommendations as schemas
from web.telling import reads

recommendations = Resource(
    "recommendations",
    about="What is recommended to a unit about somebody: no sanction, but answered.",
    kind="recommendation",
)
recommended = Resource(
    "recommended", about="The recommendations there are, by when they are answered."
)
ONE = "/recommendations/<recommendation>"

recommendations.shows(
    ONE,
    may="recommendation.read",
    answer=shape.RecommendationRecord,
    by=shape.recommendation,
)
recommendations.shows(
    f"{ONE}/history",
    may="recommendation.read",
    answer=answers.History,
    by=answers.history,
)


@recommended.question(
    "/recommendations",
    may="recommendation.read",
    asks=schemas.Recommendations,
    answer=Page[RecommendationEntry],
    model="docket",
)
def list_recommendations(query: dict[str, Any]) -> Page[RecommendationEntry]:
    """List recommendations, by the day for their answer."""
    reads("recommendation", "")
    return one_page(listed, query)


def listed(query: dict[str, Any], **options: Any) -> Page[RecommendationEntry]:
    with sight(query) as (connection, _):
        which = Which(**query)
        return docket.recommendations(connection, today(), which, **options)


@recommendations.command(
    "/recommendations",
    may="recommendation.issue",
    body=schemas.IssueRecommendation,
    made=True,
)
def issue_recommendation(body: dict[str, Any]) -> Response:
    """Recommend something about a person to a unit, which has to answer."""
    name = new_id()
    concerning(body["person"])
    asked = tuple(body.pop("attachments"))
    command = recommending.IssueRecommendation(
        recommendation=name, attachments=asked, **body
    )
    return carry_out(command, name, made_in="/v1/recommendations")


@recommendations.command(
    f"{ONE}/acceptance", may="recommendation.answer", body=schemas.AcceptRecommendation
)
def accept(body: dict[str, Any], recommendation: str) -> Response:
    """Say, for the unit, that it will be done."""
    command = recommending.AcceptRecommendation(recommendation=recommendation, **body)
    return carry_out(command, recommendation)


@recommendations.command(
    f"{ONE}/refusal", may="recommendation.answer", body=schemas.Explained
)
def refuse(body: dict[str, Any], recommendation: str) -> Response:
    """Say, for the unit, that it will not be done, and why."""
    command = recommending.RefuseRecommendation(recommendation=recommendation, **body)
    return carry_out(command, recommendation)


@recommendations.command(
    f"{ONE}/implementation", may="recommendation.answer", body=schemas.Explained
)
def implement(body: dict[str, Any], recommendation: str) -> Response:
    """Say what was done about what had been accepted."""
    command = recommending.ImplementRecommendation(
        recommendation=recommendation, **body
    )
    return carry_out(command, recommendation)
