"""Verifications of what was declared, and the sources that may be asked (S2-03)."""

from dataclasses import replace
from typing import Any

from flask import Response

from domain.disclosure import disclosure_stream
from domain.verification import assigning, checks, explaining, finding
from domain.verification import source as source_
from domain.verification import verification as verification_
from projections.models import verifications as model
from projections.models.paging import Page
from projections.models.reach import shut_out
from projections.models.verifications import (
    ExplanationEntry,
    SourceEntry,
    VerificationEntry,
    Which,
)
from web import answers
from web.answers import verifications as shape
from web.api.extracts import about_reports
from web.api.sight import one_page, sight, today
from web.auth import concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import verifications as schemas
from web.schemas.fields import Remarks
from web.schemas.queries import Reading
from web.telling import reads
from web.wiring import desk

sources = Resource(
    "sources",
    about="The registers outside that may be asked; no other ever is.",
    kind="source",
)
verifications = Resource(
    "verifications",
    about="Checks of what covered persons declared, of nobody else.",
    kind="verification",
)
SOURCE, ONE = "/sources/<source>", "/verifications/<verification>"
MODEL = "docket"

sources.shows(SOURCE, may="source.read", answer=shape.SourceRecord, by=shape.source)
sources.shows(
    f"{SOURCE}/history", may="source.read", answer=answers.History, by=answers.history
)
verifications.shows(
    ONE,
    may="verification.read",
    answer=shape.VerificationRecord,
    by=shape.verification,
)
verifications.shows(
    f"{ONE}/history",
    may="verification.read",
    answer=answers.History,
    by=answers.history,
)
verifications.shows(
    f"{ONE}/explanation",
    may="verification.explain",
    answer=shape.ExplanationWanted,
    by=shape.explanation,
)


@sources.question(
    "/sources",
    may="source.read",
    asks=Reading,
    answer=tuple[SourceEntry, ...],
    model=MODEL,
)
def list_sources(query: dict[str, Any]) -> tuple[SourceEntry, ...]:  # noqa: ARG001  nothing is asked
    """List the sources that are declared now."""
    with desk().reading() as connection:
        return model.sources(connection)


@sources.command(
    "/sources", may="source.declare", body=schemas.DeclareSource, made=True
)
def declare_source(body: dict[str, Any]) -> Response:
    """Declare a source, with what it may be asked for and by what law."""
    command = source_.DeclareSource(**body)
    return carry_out(command, command.source, made_in="/v1/sources")


@sources.command(f"{SOURCE}/withdrawal", may="source.declare", body=Remarks)
def withdraw_source(body: dict[str, Any], source: str) -> Response:
    """Withdraw a source: from now on nobody asks it."""
    return carry_out(source_.WithdrawSource(source=source, **body), source)


@verifications.question(
    "/verifications",
    may="verification.read",
    asks=schemas.Verifications,
    answer=Page[VerificationEntry],
    model=MODEL,
)
def list_verifications(query: dict[str, Any]) -> Page[VerificationEntry]:
    """List open verifications, the oldest first; ?all=true, concluded ones too."""
    reads("verification", "")
    return one_page(listed, query)


def listed(query: dict[str, Any], **options: Any) -> Page[VerificationEntry]:
    """Return a page, without what compared a report kept from who asks (S1-18)."""
    with sight(query) as (connection, _):
        page = model.verifications(connection, today(), Which(**query), **options)
        hidden = shut_out(connection)
    rows = (
        r for r in page.rows if hidden.isdisjoint(map(disclosure_stream, r.reports))
    )
    return replace(page, rows=tuple(rows))


@verifications.question(
    "/explanations",
    may="verification.explain",
    asks=schemas.Explanations,
    answer=Page[ExplanationEntry],
    model=MODEL,
)
def list_explanations(query: dict[str, Any]) -> Page[ExplanationEntry]:
    """List what somebody is asked to explain, by the last day for it."""
    reads("verification", "")
    return one_page(wanted, query)


def wanted(query: dict[str, Any], **options: Any) -> Page[ExplanationEntry]:
    with sight(query) as (connection, _):
        return model.explanations(connection, today(), Which(**query), **options)


@verifications.command(
    "/verifications",
    may="verification.open",
    body=schemas.OpenVerification,
    made=True,
)
def open_verification(body: dict[str, Any]) -> Response:
    """Open a verification of a person, or of a relative they declared."""
    name = new_id()
    concerning(body["person"])
    command = verification_.OpenVerification(verification=name, **body)
    return carry_out(command, name, made_in="/v1/verifications")


@verifications.command(f"{ONE}/verifier", may="draw.make", body=schemas.AssignVerifier)
def assign_verifier(body: dict[str, Any], verification: str) -> Response:
    """Draw who verifies from a pool, by a seed that was published."""
    pool = tuple(body.pop("pool"))
    command = assigning.AssignVerifier(verification=verification, pool=pool, **body)
    return carry_out(command, verification)


@verifications.command(
    f"{ONE}/queries", may="verification.query", body=schemas.QueryRegister
)
def query_register(body: dict[str, Any], verification: str) -> Response:
    """Put on record that a declared source is asked."""
    command = verification_.QueryRegister(verification=verification, **body)
    return carry_out(command, verification)


@verifications.command(
    f"{ONE}/checks", may="verification.query", body=schemas.CheckReport
)
def check_report(body: dict[str, Any], verification: str) -> Response:
    """Hold a report against itself and the one before, as the rulebook says."""
    about_reports(filter(None, (body["disclosure"], body.get("before"))))
    return carry_out(
        checks.CheckReport(verification=verification, **body), verification
    )


@verifications.command(
    f"{ONE}/explanation-requests",
    may="verification.query",
    body=schemas.RequestExplanation,
)
def request_explanation(body: dict[str, Any], verification: str) -> Response:
    """Put discrepancies to the person, who may explain them until the rule's day."""
    both = ("discrepancies", "conducts")
    about: dict[str, Any] = {name: tuple(body.pop(name)) for name in both}
    command = explaining.RequestExplanation(verification=verification, **about, **body)
    return carry_out(command, verification)


@verifications.command(
    f"{ONE}/explanation",
    may="verification.explain",
    body=schemas.ReceiveExplanation,
    unseen=True,
)
def receive_explanation(body: dict[str, Any], verification: str) -> Response:
    """Explain what one is asked about; or record an explanation on paper."""
    command = explaining.ReceiveExplanation(verification=verification, **body)
    return carry_out(command, verification)


@verifications.command(
    f"{ONE}/discrepancies/<int:number>/resolution",
    may="verification.conclude",
    body=schemas.ResolveDiscrepancy,
)
def resolve(body: dict[str, Any], verification: str, number: int) -> Response:
    """Say what a discrepancy came to, short of a finding."""
    command = explaining.ResolveDiscrepancy(
        verification=verification, discrepancy=number, **body
    )
    return carry_out(command, verification)


@verifications.command(
    f"{ONE}/findings", may="verification.find", body=schemas.FindInVerification
)
def make_finding(body: dict[str, Any], verification: str) -> Response:
    """Find what the person did, with class, mental element and reasons."""
    body |= {n: tuple(body[n]) for n in ("disclosures", "discrepancies")}
    command = finding.MakeFinding(verification=verification, **body)
    return carry_out(command, verification)


@verifications.command(
    f"{ONE}/conclusion",
    may="verification.conclude",
    body=schemas.ConcludeVerification,
)
def conclude_verification(body: dict[str, Any], verification: str) -> Response:
    """End a verification, saying what it came to."""
    command = verification_.ConcludeVerification(verification=verification, **body)
    return carry_out(command, verification)
