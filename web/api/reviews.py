"""The review of reports: noting, annotating, certifying, closing."""

from typing import Any

from flask import Response

from domain import review
from web.replies import carry_out
from web.resource import Resource
from web.schemas import disclosures as schemas
from web.schemas.fields import Remarks

reviews = Resource(
    "reviews",
    about="What reviewers and certifiers do beside a report, never in it.",
    kind="disclosure",
)
ONE = "/disclosures/<disclosure>"


@reviews.command(
    f"{ONE}/reviewer", may="disclosure.assign", body=schemas.AssignReviewer
)
def assign_reviewer(body: dict[str, Any], disclosure: str) -> Response:
    """Name who reviews the report; nobody who is in conflict themselves."""
    return carry_out(review.AssignReviewer(disclosure=disclosure, **body), disclosure)


@reviews.command(
    f"{ONE}/deficiencies",
    may="disclosure.note_deficiency",
    body=schemas.NoteDeficiency,
)
def note_deficiency(body: dict[str, Any], disclosure: str) -> Response:
    """Say what is missing; the rulebook says until when it can be cured."""
    fields = tuple(body.pop("fields"))
    command = review.NoteDeficiency(disclosure=disclosure, fields=fields, **body)
    return carry_out(command, disclosure)


@reviews.command(
    f"{ONE}/deficiencies/<int:number>/cure", may="disclosure.accept_cure", body=Remarks
)
def accept_cure(body: dict[str, Any], disclosure: str, number: int) -> Response:
    """Close a deficiency that was cured otherwise or need not be, saying why."""
    command = review.AcceptCure(disclosure=disclosure, number=number, **body)
    return carry_out(command, disclosure)


@reviews.command(f"{ONE}/annotations", may="disclosure.annotate", body=schemas.Annotate)
def annotate(body: dict[str, Any], disclosure: str) -> Response:
    """Add a note beside the declarant's words, which stay as they are."""
    return carry_out(review.Annotate(disclosure=disclosure, **body), disclosure)


@reviews.command(f"{ONE}/certification", may="disclosure.certify", body=Remarks)
def certify(body: dict[str, Any], disclosure: str) -> Response:
    """Certify a report in which nothing is missing."""
    return carry_out(review.Certify(disclosure=disclosure, **body), disclosure)


@reviews.command(
    f"{ONE}/certification/withdrawal",
    may="disclosure.withdraw_certification",
    body=Remarks,
)
def withdraw_certification(body: dict[str, Any], disclosure: str) -> Response:
    """Take a certification back, saying why."""
    command = review.WithdrawCertification(disclosure=disclosure, **body)
    return carry_out(command, disclosure)


@reviews.command(f"{ONE}/closure", may="disclosure.close", body=Remarks)
def close(body: dict[str, Any], disclosure: str) -> Response:
    """End the review without certifying, saying why."""
    command = review.CloseUncertified(disclosure=disclosure, **body)
    return carry_out(command, disclosure)
