"""Verifications of what was declared, and the sources that may be asked (S2-03)."""

from typing import Any

from flask import Response

from domain.verification import source as source_
from domain.verification import verification as verification_
from web import answers
from web.answers import records as shape
from web.auth import concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import records as schemas
from web.schemas.fields import Remarks

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


@verifications.command(
    f"{ONE}/queries", may="verification.query", body=schemas.QueryRegister
)
def query_register(body: dict[str, Any], verification: str) -> Response:
    """Put on record that a declared source is asked."""
    command = verification_.QueryRegister(verification=verification, **body)
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
