"""Sanctions: as they stand, what becomes of them, and what is to be done for them."""

from typing import Any

from flask import Response

from domain.sanction.carrying_out import CarryOutPersonnelChange, CompleteReparation
from domain.sanction.releasing import ReleaseSanction
from domain.sanction.restoring import RestoreRights
from projections.models import sanctions as register
from projections.models.paging import Page
from projections.models.sanctions import SanctionEntry, Task, Which
from web.answers import History
from web.answers import sanctions as shape
from web.api.sight import one_page, sight, today
from web.replies import carry_out
from web.resource import Resource
from web.schemas import sanctions as schemas
from web.schemas.fields import Remarks
from web.telling import reads

sanctions = Resource(
    "sanctions",
    about="Sanctions; they are imposed by the decision of a case, and nowhere else.",
    kind="sanction",
)
register_of_sanctions = Resource(
    "sanction-register", about="The sanctions there are, and what is to be done."
)
ONE, WHAT = "/sanctions/<sanction>", "sanction"

sanctions.shows(
    ONE, may="sanction.read", answer=shape.SanctionRecord, by=shape.sanction
)
sanctions.shows(
    f"{ONE}/history", may="sanction.read", answer=History, by=shape.sanction_history
)


@register_of_sanctions.question(
    "/sanctions",
    may="sanction.read",
    asks=schemas.Sanctions,
    answer=Page[SanctionEntry],
    model=register.MODEL,
)
def list_sanctions(query: dict[str, Any]) -> Page[SanctionEntry]:
    """List live sanctions, by decision; ?all=true, those that are over as well."""
    reads(WHAT, "")
    return one_page(listed, query)


@register_of_sanctions.question(
    "/reparations",
    may="sanction.read",
    asks=schemas.Tasks,
    answer=Page[Task],
    model=register.MODEL,
)
def list_reparations(query: dict[str, Any]) -> Page[Task]:
    """List what is to be made good where a sanction was undone, by when."""
    reads(WHAT, "")
    return one_page(owed, query)


@register_of_sanctions.question(
    "/personnel-changes",
    may="sanction.carry_out",
    asks=schemas.Tasks,
    answer=Page[Task],
    model=register.MODEL,
)
def list_personnel_changes(query: dict[str, Any]) -> Page[Task]:
    """List what HR is to carry out because of a sanction, by when; not why."""
    reads(WHAT, "")
    return one_page(for_hr, query)


def listed(query: dict[str, Any], **options: Any) -> Page[SanctionEntry]:
    with sight(query) as (connection, _):
        return register.sanctions(connection, today(), Which(**query), **options)


def owed(query: dict[str, Any], **options: Any) -> Page[Task]:
    with sight(query) as (connection, _):
        which = Which(**query)
        return register.tasks(connection, today(), which, of_hr=False, **options)


def for_hr(query: dict[str, Any], **options: Any) -> Page[Task]:
    with sight(query) as (connection, _):
        which = Which(**query)
        return register.tasks(connection, today(), which, of_hr=True, **options)


@sanctions.command(f"{ONE}/rights", may="sanction.manage", body=schemas.RestoreRights)
def restore_rights(body: dict[str, Any], sanction: str) -> Response:
    """Restore rights after a probation; its period counts from that day."""
    return carry_out(RestoreRights(sanction=sanction, **body), sanction)


@sanctions.command(f"{ONE}/release", may="sanction.manage", body=Remarks)
def release(body: dict[str, Any], sanction: str) -> Response:
    """Release a sanction whose period is over, where that takes somebody."""
    command = ReleaseSanction(sanction=sanction, by_hand=True, **body)
    return carry_out(command, sanction)


@sanctions.command(
    f"{ONE}/reparations", may="sanction.manage", body=schemas.CompleteReparation
)
def complete_reparation(body: dict[str, Any], sanction: str) -> Response:
    """Say that something was made good, and how."""
    return carry_out(CompleteReparation(sanction=sanction, **body), sanction)


@sanctions.command(
    f"{ONE}/personnel-change",
    may="sanction.carry_out",
    body=schemas.CarryOut,
    unseen=True,
)
def carry_out_change(body: dict[str, Any], sanction: str) -> Response:
    """Say that HR carried out what a sanction takes, and how."""
    return carry_out(CarryOutPersonnelChange(sanction=sanction, **body), sanction)
