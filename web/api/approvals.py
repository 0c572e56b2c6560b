"""Leave asked before acting: one matter, one approval."""

from typing import Any

from flask import Response

from domain import approval as leave
from web import answers
from web.api.disclosures import own_number
from web.auth import concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import obligations as schemas
from web.schemas.fields import Remarks

approvals = Resource(
    "approvals",
    about="Leave that has to be asked before acting. One matter, one approval.",
    kind="approval",
)
HERE = "/v1/approvals"
ONE = "/approvals/<approval>"

approvals.shows(ONE, may="approval.read", answer=answers.Approval, by=answers.approval)
approvals.shows(
    f"{ONE}/history", may="approval.read", answer=answers.History, by=answers.history
)


@approvals.command(
    "/approvals", may="approval.request", body=schemas.RequestApproval, made=True
)
def request_approval(body: dict[str, Any]) -> Response:
    """Ask leave for one matter; it is addressed to the unit that decides."""
    person = concerning(body.pop("person", None) or own_number())
    name = new_id()
    command = leave.RequestApproval(approval=name, person=person, **body)
    return carry_out(command, name, made_in=HERE)


@approvals.command(f"{ONE}/endorsement", may="approval.endorse", body=Remarks)
def endorse(body: dict[str, Any], approval: str) -> Response:
    """Support the request; this decides nothing."""
    return carry_out(leave.EndorseApproval(approval=approval, **body), approval)


@approvals.command(
    f"{ONE}/decision", may="approval.decide", body=schemas.DecideApproval
)
def decide(body: dict[str, Any], approval: str) -> Response:
    """Grant the leave, with conditions if need be; or deny it, saying why."""
    return carry_out(leave.DecideApproval(approval=approval, **body), approval)


@approvals.command(f"{ONE}/revocation", may="approval.revoke", body=Remarks)
def revoke(body: dict[str, Any], approval: str) -> Response:
    """Take granted leave back, saying why."""
    return carry_out(leave.RevokeApproval(approval=approval, **body), approval)
