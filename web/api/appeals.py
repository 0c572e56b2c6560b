"""Appeals: lodged by the person, decided by others than decided before (S2-09)."""

from typing import Any

from flask import Response

from domain.appealing import deciding, hearing, lodging, panel, serving
from projections.models import recourse
from projections.models.paging import Page
from projections.models.recourse import AppealEntry
from web import answers
from web.answers import appeals as shape
from web.api.sight import one_page, sight, today
from web.auth import concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import appeals as schemas
from web.telling import reads

appeals = Resource(
    "appeals",
    about="Appeals: whoever acted in a matter does not decide them, nor who does.",
    kind="appeal",
)
appealed = Resource("appealed", about="The appeals there are, by when each is decided.")
ONE = "/appeals/<appeal>"

appeals.shows(ONE, may="appeal.read", answer=shape.AppealRecord, by=shape.appeal)
appeals.shows(
    f"{ONE}/history", may="appeal.read", answer=answers.History, by=answers.history
)


@appealed.question(
    "/appeals",
    may="appeal.read",
    asks=schemas.AppealsAsked,
    answer=Page[AppealEntry],
    model="recourse",
)
def list_appeals(query: dict[str, Any]) -> Page[AppealEntry]:
    """List pending appeals, by when they are to be decided: the overdue come first."""
    reads("appeal", "")
    return one_page(listed, query)


def listed(query: dict[str, Any], **options: Any) -> Page[AppealEntry]:
    with sight(query) as (connection, _):
        which = recourse.Appeals(**query)
        return recourse.appeals(connection, today(), which, **options)


@appeals.command("/appeals", may="appeal.lodge", body=schemas.LodgeAppeal, made=True)
def lodge_appeal(body: dict[str, Any]) -> Response:
    """Ask that a decision on oneself be looked at again, within its time."""
    name = new_id()
    concerning(body["person"])
    command = lodging.LodgeAppeal(appeal=name, **body)
    return carry_out(command, name, made_in="/v1/appeals")


@appeals.command(f"{ONE}/panel", may="appeal.constitute", body=schemas.NamePanel)
def constitute_panel(body: dict[str, Any], appeal: str) -> Response:
    """Say who decides it: nobody who acted in the matter, nor is near the person."""
    members = tuple(body.pop("members"))
    command = panel.ConstitutePanel(appeal=appeal, members=members, **body)
    return carry_out(command, appeal)


@appeals.command(f"{ONE}/excuse", may="appeal.decide", body=schemas.AppealReasons)
def excuse_lateness(body: dict[str, Any], appeal: str) -> Response:
    """Hear it though it came late: what hindered it, nobody could help."""
    return carry_out(panel.ExcuseLateness(appeal=appeal, **body), appeal)


@appeals.command(f"{ONE}/rejection", may="appeal.decide", body=schemas.AppealReasons)
def reject_out_of_time(body: dict[str, Any], appeal: str) -> Response:
    """Do not hear it, since it came late and that is not excused."""
    return carry_out(panel.RejectOutOfTime(appeal=appeal, **body), appeal)


@appeals.command(f"{ONE}/stay", may="appeal.decide", body=schemas.DecideStay)
def decide_stay(body: dict[str, Any], appeal: str) -> Response:
    """Stay the sanction while it is pending, or let it run; nothing does by default."""
    return carry_out(hearing.DecideStay(appeal=appeal, **body), appeal)


@appeals.command(f"{ONE}/hearings", may="appeal.hear", body=schemas.AppealHearing)
def hold_hearing(body: dict[str, Any], appeal: str) -> Response:
    """Put on record what was said when somebody was heard."""
    return carry_out(hearing.HoldAppealHearing(appeal=appeal, **body), appeal)


@appeals.command(f"{ONE}/extensions", may="appeal.decide", body=schemas.ExtendAppeal)
def extend_time(body: dict[str, Any], appeal: str) -> Response:
    """Take longer to decide, as far as the rulebook lets the panel."""
    return carry_out(hearing.ExtendTime(appeal=appeal, **body), appeal)


@appeals.command(f"{ONE}/decision", may="appeal.decide", body=schemas.DecideAppeal)
def decide_appeal(body: dict[str, Any], appeal: str) -> Response:
    """Decide it: what it leads to follows at once, and is never heavier."""
    grounds = tuple(body.pop("grounds"))
    command = deciding.DecideAppeal(appeal=appeal, grounds=grounds, **body)
    return carry_out(command, appeal)


@appeals.command(f"{ONE}/service", may="appeal.decide", body=schemas.ServeAppeal)
def serve_decision(body: dict[str, Any], appeal: str) -> Response:
    """Say when the person was told: from that day on the next stage is open."""
    return carry_out(serving.ServeAppealDecision(appeal=appeal, **body), appeal)


@appeals.command(
    f"{ONE}/implementation", may="sanction.manage", body=schemas.ImplementAppeal
)
def implement_decision(body: dict[str, Any], appeal: str) -> Response:
    """Say that it was carried out, with all that was to be made good."""
    return carry_out(serving.ImplementDecision(appeal=appeal, **body), appeal)
