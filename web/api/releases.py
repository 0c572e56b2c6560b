"""Decisions to release fields of a report, and to withdraw them again."""

from typing import Any

from flask import Response

from domain.records import release as release_
from projections.models import requests as model
from projections.models.paging import Page
from projections.models.records import Whose
from projections.models.requests import Release
from web import answers
from web.answers import requests as shape
from web.api.about import OfReports
from web.api.sight import one_page, sight, today
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import records as schemas
from web.schemas.fields import Remarks
from web.schemas.oversight import Releases

releasing = Resource(
    "releasing",
    about="What of a report is released: nothing, unless it was decided with reasons.",
    kind="disclosure",
)
releases = OfReports(
    "releases",
    about="The decisions to release, each with who, why, and which fields.",
    kind="release",
    report=lambda release: str(release.decided.disclosure),
)
MODEL = "records"
ONE = "/releases/<release>"


@releasing.command(
    "/disclosures/<disclosure>/releases",
    may="release.decide",
    body=schemas.DecideRelease,
    made=True,
)
def decide_release(body: dict[str, Any], disclosure: str) -> Response:
    """Release some fields of a report, to the public or to a named recipient."""
    name, names = new_id(), tuple(body.pop("fields"))
    command = release_.DecideRelease(
        release=name, disclosure=disclosure, fields=names, **body
    )
    return carry_out(command, name, made_in="/v1/releases")


releases.shows(ONE, may="release.read", answer=shape.ReleaseRecord, by=shape.release)
releases.shows(
    f"{ONE}/history", may="release.read", answer=answers.History, by=answers.history
)


@releases.question(
    "/releases", may="release.read", asks=Releases, answer=Page[Release], model=MODEL
)
def list_releases(query: dict[str, Any]) -> Page[Release]:
    """List the decisions to release that stand, decided last first."""
    return one_page(found, query)


def found(query: dict[str, Any], **options: Any) -> Page[Release]:
    with sight(query) as (connection, _):
        options["disclosure"] = query.pop("disclosure", None)
        return model.releases(connection, today(), Whose(**query), **options)


@releases.command(f"{ONE}/withdrawal", may="release.decide", body=Remarks)
def withdraw_release(body: dict[str, Any], release: str) -> Response:
    """Release nothing more under it, saying why."""
    return carry_out(release_.WithdrawRelease(release=release, **body), release)
