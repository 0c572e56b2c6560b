"""How cases are decided, served, announced, closed, and taken up again."""

from typing import Any

from flask import Response
from msgspec import convert

from domain.case import closing, deciding, finding, hearing, serving
from domain.sanction.imposing import Sanctioning
from domain.sanction.measuring import Measuring
from web.replies import carry_out
from web.resource import Resource
from web.schemas import decisions as schemas
from web.schemas.fields import Remarks

decisions = Resource(
    "decisions", about="What is found and decided in cases.", kind="case"
)
ONE = "/cases/<case>"


@decisions.command(f"{ONE}/hearing", may="case.find", body=schemas.HoldHearing)
def hold_hearing(body: dict[str, Any], case: str) -> Response:
    """Record that the person was heard, and what was said."""
    return carry_out(hearing.HoldHearing(case=case, **body), case)


@decisions.command(f"{ONE}/findings", may="case.find", body=schemas.MakeFinding)
def make_finding(body: dict[str, Any], case: str) -> Response:
    """Find what the person did, once they have had their say."""
    for name in ("disclosures", "supervises"):
        body[name] = tuple(body[name])
    return carry_out(finding.MakeFinding(case=case, **body), case)


@decisions.command(f"{ONE}/decision", may="case.decide", body=schemas.DecideCase)
def decide_case(body: dict[str, Any], case: str) -> Response:
    """Decide the case, with the sanctions and measures that follow, all at once."""
    command = deciding.DecideCase(
        case=case,
        findings=tuple(body.pop("findings")),
        sanctions=convert(body.pop("sanctions"), tuple[Sanctioning, ...]),
        measures=convert(body.pop("measures"), tuple[Measuring, ...]),
        **body,
    )
    return carry_out(command, case)


@decisions.command(f"{ONE}/no-case", may="case.decide", body=schemas.FindNoCase)
def find_no_case(body: dict[str, Any], case: str) -> Response:
    """Find that there is nothing to it, which closes the case."""
    return carry_out(closing.FindNoCase(case=case, **body), case)


@decisions.command(f"{ONE}/service", may="case.decide", body=schemas.ServeDecision)
def serve_decision(body: dict[str, Any], case: str) -> Response:
    """Serve the decision; it answers with the last days for appeals."""
    return carry_out(serving.ServeDecision(case=case, **body), case)


@decisions.command(
    f"{ONE}/announcements", may="case.decide", body=schemas.AnnounceDecision
)
def announce_decision(body: dict[str, Any], case: str) -> Response:
    """Make the decision known within one of the rulebook's scopes."""
    return carry_out(serving.AnnounceDecision(case=case, **body), case)


@decisions.command(
    f"{ONE}/reputation", may="case.decide", body=schemas.RestoreReputation
)
def restore_reputation(body: dict[str, Any], case: str) -> Response:
    """Make known that it was unfounded, wherever it had been announced."""
    return carry_out(serving.RestoreReputation(case=case, **body), case)


@decisions.command(f"{ONE}/referral", may="case.decide", body=schemas.ReferCase)
def refer_case(body: dict[str, Any], case: str) -> Response:
    """Refer it to whose it is to judge; an undecided case ends with that pointer."""
    return carry_out(closing.ReferCase(case=case, **body), case)


@decisions.command(f"{ONE}/closure", may="case.decide", body=Remarks)
def close_case(body: dict[str, Any], case: str) -> Response:
    """Close a case whose decision was served."""
    return carry_out(closing.CloseCase(case=case, **body), case)


@decisions.command(f"{ONE}/reopening", may="case.decide", body=schemas.ReopenCase)
def reopen_case(body: dict[str, Any], case: str) -> Response:
    """Take a closed case up again, for evidence that was added since."""
    body["evidence"] = tuple(body["evidence"])
    return carry_out(closing.ReopenCase(case=case, **body), case)
