"""Duties: what somebody must report, by when, and what the office decides of it."""

from typing import Any
from uuid import UUID

from flask import Response

from domain import duties
from web import answers
from web.replies import carry_out
from web.resource import Resource
from web.schemas import obligations as schemas
from web.schemas.fields import Remarks

obligations = Resource(
    "obligations",
    about="What each person must report, by when, and under which rule.",
    kind="obligation",
)
ONE = "/obligations/<uuid:obligation>"

obligations.shows(
    ONE, may="obligation.read", answer=answers.Obligation, by=answers.obligation
)
obligations.shows(
    f"{ONE}/history", may="obligation.read", answer=answers.History, by=answers.history
)


@obligations.command(
    f"{ONE}/extension-requests",
    may="obligation.request_extension",
    body=schemas.RequestExtension,
)
def request_extension(body: dict[str, Any], obligation: UUID) -> Response:
    """Ask for more time, saying why."""
    command = duties.RequestExtension(obligation=obligation, **body)
    return carry_out(command, str(obligation))


@obligations.command(
    f"{ONE}/extension-decision",
    may="obligation.decide_extension",
    body=schemas.DecideExtension,
)
def decide_extension(body: dict[str, Any], obligation: UUID) -> Response:
    """Grant the time that was asked, or less; or deny it, saying why."""
    command = duties.DecideExtension(obligation=obligation, **body)
    return carry_out(command, str(obligation))


@obligations.command(
    f"{ONE}/justification", may="obligation.justify", body=schemas.Justify
)
def justify(body: dict[str, Any], obligation: UUID) -> Response:
    """Say why it was not or could not be reported in time."""
    command = duties.RecordJustification(obligation=obligation, **body)
    return carry_out(command, str(obligation))


@obligations.command(f"{ONE}/waiver", may="obligation.waive", body=Remarks)
def waive(body: dict[str, Any], obligation: UUID) -> Response:
    """Let somebody off a duty, saying why."""
    return carry_out(
        duties.WaiveObligation(obligation=obligation, **body), str(obligation)
    )


@obligations.command(f"{ONE}/cancellation", may="obligation.cancel", body=Remarks)
def cancel(body: dict[str, Any], obligation: UUID) -> Response:
    """State, saying why, that the duty never arose."""
    return carry_out(
        duties.CancelObligation(obligation=obligation, **body), str(obligation)
    )


@obligations.command(
    f"{ONE}/delinquency-notice",
    may="obligation.issue_notice",
    body=schemas.IssueNotice,
)
def issue_notice(body: dict[str, Any], obligation: UUID) -> Response:
    """Hold a failure against somebody: one class of it, and the excuse considered."""
    command = duties.IssueDelinquencyNotice(obligation=obligation, **body)
    return carry_out(command, str(obligation))
