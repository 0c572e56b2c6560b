"""What people ask about their own records: to see them, and to have them corrected."""

from functools import partial
from typing import Any

from flask import Response

from domain.records import access_request, correction
from projections.models import requests as model
from projections.models.paging import Page
from projections.models.requests import Request
from web import answers
from web.answers import requests as shape
from web.api.about import OfReports, about_report
from web.api.sight import one_page, sight, today
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import records as schemas
from web.schemas.oversight import Requests
from web.telling import reads

asking = Resource(
    "asking",
    about="Requests of people about what is kept of them; a clerk asks on behalf.",
    kind="person",
)
requests = Resource(
    "requests",
    about="Requests to see what is kept of one, each with its due date.",
    kind="request",
)
corrections = OfReports(
    "corrections",
    about="Requests to correct a report: granted by a note beside it, never an edit.",
    kind="correction",
    report=lambda correction: str(correction.asked.disclosure),
)
MODEL = "records"
REQUEST, CORRECTION = "/access-requests/<request>", "/corrections/<request>"


@asking.command(
    "/people/<number>/access-requests",
    may="request.access",
    body=schemas.RequestAccess,
    made=True,
)
def request_access(body: dict[str, Any], number: str) -> Response:
    """Ask to see all that is kept of one, or what the text says."""
    name = new_id()
    command = access_request.RequestAccess(request=name, person=number, **body)
    return carry_out(command, name, made_in="/v1/access-requests")


@asking.command(
    "/people/<number>/corrections",
    may="request.correct",
    body=schemas.RequestCorrection,
    made=True,
)
def request_correction(body: dict[str, Any], number: str) -> Response:
    """Say what is wrong in a report that is kept of one."""
    about_report(body["disclosure"])
    name = new_id()
    command = correction.RequestCorrection(request=name, person=number, **body)
    return carry_out(command, name, made_in="/v1/corrections")


requests.shows(
    REQUEST,
    may="request.read",
    answer=shape.AccessRequestRecord,
    by=shape.access_request,
)
requests.shows(
    f"{REQUEST}/history",
    may="request.read",
    answer=answers.History,
    by=answers.history,
)
corrections.shows(
    CORRECTION,
    may="request.read",
    answer=shape.CorrectionRecord,
    by=shape.correction,
)
corrections.shows(
    f"{CORRECTION}/history",
    may="request.read",
    answer=answers.History,
    by=answers.history,
)


@requests.command(f"{REQUEST}/answer", may="request.answer", body=schemas.AnswerAccess)
def answer_access(body: dict[str, Any], request: str) -> Response:
    """Answer a request: what is withheld takes a reason, and says where to turn.

    The answer itself is at /people/{number}/export, as far as its reader may read it.
    """
    return carry_out(access_request.AnswerAccess(request=request, **body), request)


@corrections.command(
    f"{CORRECTION}/decision", may="request.answer", body=schemas.DecideCorrection
)
def decide_correction(body: dict[str, Any], request: str) -> Response:
    """Grant a correction, and so annotate the report; or refuse it, saying why."""
    return carry_out(correction.DecideCorrection(request=request, **body), request)


@requests.question(
    "/access-requests",
    may="request.read",
    asks=Requests,
    answer=Page[Request],
    model=MODEL,
)
def list_access_requests(query: dict[str, Any]) -> Page[Request]:
    """List requests to see what is kept of one, by the day on which they are due."""
    return listed("access", query)


@corrections.question(
    "/corrections",
    may="request.read",
    asks=Requests,
    answer=Page[Request],
    model=MODEL,
)
def list_corrections(query: dict[str, Any]) -> Page[Request]:
    """List requests to correct a report, by the day on which they are due."""
    return listed("correction", query)


def listed(kind: str, query: dict[str, Any]) -> Page[Request]:
    reads("request", "")
    return one_page(partial(found, kind=kind), query)


def found(query: dict[str, Any], *, kind: Any = None, **options: Any) -> Page[Request]:
    """Return a page of requests of a kind, or of all, that whoever asks may see."""
    with sight(query) as (connection, _):
        which = model.Which(kind=kind, **query)
        return model.requests(connection, today(), which, **options)
