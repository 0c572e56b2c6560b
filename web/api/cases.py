"""Cases: opened, investigated by several, and told to the person concerned."""

from typing import Any

from flask import Response
from msgspec import convert

from domain.case import interim, investigating, notice, opening, recusal
from domain.case.facts import Allegation
from projections.models import docket
from projections.models.docket import CaseEntry, Which
from projections.models.paging import Page
from web.answers import cases as shape
from web.answers.events import History
from web.api.sight import one_page, sight, today
from web.auth import concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import cases as schemas
from web.schemas.fields import Remarks
from web.schemas.recommendations import Cases
from web.telling import reads

cases = Resource(
    "cases",
    about="Cases: to the person concerned there are none, before they are told.",
    kind="case",
)
docketed = Resource("docketed", about="The cases there are, by when they are decided.")
ONE = "/cases/<case>"
MODEL = "docket"

cases.shows(ONE, may="case.read", answer=shape.CaseRecord, by=shape.case)
cases.shows(f"{ONE}/history", may="case.read", answer=History, by=shape.case_history)


@docketed.question(
    "/cases", may="case.read", asks=Cases, answer=Page[CaseEntry], model=MODEL
)
def list_cases(query: dict[str, Any]) -> Page[CaseEntry]:
    """List open cases, by when they are to be decided; ?all=true, closed ones too."""
    reads("case", "")
    return one_page(listed, query)


def listed(query: dict[str, Any], **options: Any) -> Page[CaseEntry]:
    with sight(query) as (connection, _):
        return docket.cases(connection, today(), Which(**query), **options)


@cases.command("/cases", may="case.open", body=schemas.OpenInquiry, made=True)
def open_inquiry(body: dict[str, Any]) -> Response:
    """Open a preliminary inquiry: what was heard of somebody is looked into."""
    name = new_id()
    concerning(body["person"])
    return carry_out(opening.OpenInquiry(case=name, **body), name, made_in="/v1/cases")


@cases.command(f"{ONE}/investigation", may="case.open", body=schemas.OpenInvestigation)
def open_investigation(body: dict[str, Any], case: str) -> Response:
    """Open the investigation of what is alleged; it says by when it is decided."""
    alleged = convert(body.pop("allegations"), tuple[Allegation, ...])
    command = opening.OpenInvestigation(case=case, allegations=alleged, **body)
    return carry_out(command, case)


@cases.command(f"{ONE}/allegations", may="case.investigate", body=schemas.AddAllegation)
def add_allegation(body: dict[str, Any], case: str) -> Response:
    """Allege more, or the same conduct otherwise; it takes a new notice."""
    alleged = convert(body.pop("allegation"), Allegation)
    command = opening.AddAllegation(case=case, allegation=alleged, **body)
    return carry_out(command, case)


@cases.command(f"{ONE}/extensions", may="case.decide", body=schemas.ExtendTimeToDecide)
def extend_time(body: dict[str, Any], case: str) -> Response:
    """Take more time for the decision, as far as the rulebook lets."""
    return carry_out(opening.ExtendTimeToDecide(case=case, **body), case)


@cases.command(f"{ONE}/investigators", may="case.assign", body=schemas.Investigator)
def assign_investigator(body: dict[str, Any], case: str) -> Response:
    """Name one who investigates: nobody in conflict, or recused, or who decides."""
    return carry_out(investigating.AssignInvestigator(case=case, **body), case)


@cases.command(
    f"{ONE}/investigators/relief", may="case.assign", body=schemas.Investigator
)
def relieve_investigator(body: dict[str, Any], case: str) -> Response:
    """Take somebody off the case, saying why."""
    return carry_out(investigating.RelieveInvestigator(case=case, **body), case)


@cases.command(
    f"{ONE}/interviews", may="case.investigate", body=schemas.RecordInterview
)
def record_interview(body: dict[str, Any], case: str) -> Response:
    """Record an interview, held by as many as the rulebook wants."""
    there = tuple(body.pop("interviewers"))
    command = investigating.RecordInterview(case=case, interviewers=there, **body)
    return carry_out(command, case)


@cases.command(f"{ONE}/recusals", may="case.recuse", body=schemas.DeclareRecusal)
def declare_recusal(body: dict[str, Any], case: str) -> Response:
    """Say that one should take no part oneself; one takes none from now on."""
    return carry_out(recusal.DeclareRecusal(case=case, **body), case)


@cases.command(
    f"{ONE}/recusals/requests", may="case.respond", body=schemas.RequestRecusal
)
def request_recusal(body: dict[str, Any], case: str) -> Response:
    """Ask, as the person concerned, that somebody take no part."""
    return carry_out(recusal.RequestRecusal(case=case, **body), case)


@cases.command(f"{ONE}/recusals/others", may="case.recuse", body=schemas.RequestRecusal)
def request_recusal_of_another(body: dict[str, Any], case: str) -> Response:
    """Ask, as who works on the case, that another take no part."""
    return carry_out(recusal.RequestRecusal(case=case, **body), case)


@cases.command(
    f"{ONE}/recusals/decision", may="case.decide", body=schemas.DecideRecusal
)
def decide_recusal(body: dict[str, Any], case: str) -> Response:
    """Decide whether somebody takes part; never on oneself."""
    return carry_out(recusal.DecideRecusal(case=case, **body), case)


@cases.command(f"{ONE}/interim", may="case.interim", body=schemas.ImposeInterimMeasure)
def impose_interim_measure(body: dict[str, Any], case: str) -> Response:
    """Impose an interim measure, for as long as the rulebook lets."""
    return carry_out(interim.ImposeInterimMeasure(case=case, **body), case)


@cases.command(
    f"{ONE}/interim/lift", may="case.interim", body=schemas.LiftInterimMeasure
)
def lift_interim_measure(body: dict[str, Any], case: str) -> Response:
    """Lift an interim measure, saying why."""
    return carry_out(interim.LiftInterimMeasure(case=case, **body), case)


@cases.command(f"{ONE}/notice", may="case.investigate", body=schemas.ServeNotice)
def serve_notice(body: dict[str, Any], case: str) -> Response:
    """Tell the person what is alleged, on what evidence, and by when to answer."""
    for name in ("allegations", "evidence"):
        body[name] = tuple(body[name])
    return carry_out(notice.ServeNotice(case=case, **body), case)


@cases.command(f"{ONE}/responses", may="case.respond", body=schemas.ReceiveResponse)
def receive_response(body: dict[str, Any], case: str) -> Response:
    """Answer the notice, as the person or for them."""
    return carry_out(notice.ReceiveResponse(case=case, **body), case)


@cases.command(f"{ONE}/waiver", may="case.respond", body=schemas.WaiveResponse)
def waive_response(body: dict[str, Any], case: str) -> Response:
    """Say, as the person or for them, that there will be no answer."""
    return carry_out(notice.WaiveResponse(case=case, **body), case)


@cases.command(f"{ONE}/silence", may="case.find", body=Remarks)
def note_silence(body: dict[str, Any], case: str) -> Response:
    """Note that the time for an answer is over, and none came."""
    return carry_out(notice.NoteSilence(case=case, **body), case)
