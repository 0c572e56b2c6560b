"""Rulebooks: drafted by one person, published by another, and then the law."""

from typing import Any

from flask import Response, request
from werkzeug.exceptions import PreconditionRequired

from domain import rulebook as law
from domain.errors import Unknown
from web import answers
from web.matters import matter
from web.replies import carry_out
from web.resource import Resource
from web.schemas import rulebooks as schemas
from web.schemas.fields import Remarks
from web.schemas.queries import Reading
from web.wiring import desk

rulebooks = Resource(
    "rulebooks",
    about="The rules, as data: every version that ever was, and which is in force.",
    kind="rulebook",
)
HERE = "/v1/rulebooks"
ONE = "/rulebooks/<rulebook>"
VERSION = f"{ONE}/versions/<int:version>"
TOML = "application/toml"

rulebooks.shows(
    ONE, may="rulebook.read", answer=answers.RulebookRecord, by=answers.rulebook
)
rulebooks.shows(
    f"{ONE}/history", may="rulebook.read", answer=answers.History, by=answers.history
)


@rulebooks.question(
    VERSION, may="rulebook.read", asks=Reading, answer=str, mimetype=TOML
)
def show_text(query: dict[str, Any], rulebook: str, version: int) -> Response:  # noqa: ARG001  nothing is asked
    """Show the text of a version, as it was handed in."""
    text = matter().state.texts.get(version)
    if text is None:
        raise Unknown("version of the rulebook", f"{rulebook} v{version}")
    response = Response(text, mimetype=TOML)
    response.add_etag()
    response.make_conditional(request)
    return response


@rulebooks.command(
    "/rulebooks",
    may="rulebook.draft",
    body=schemas.DraftRulebook,
    made=True,
    unseen=True,
)
def draft(body: dict[str, Any]) -> Response:
    """Hand in the text of a version, which may still be incomplete.

    The text says of which rulebook and which version it is. Where the rulebook is known
    already, If-Match is needed.
    """
    name = law.parsed(body["text"]).id
    if "If-Match" not in request.headers and desk().casework.history(
        law.regime_stream(name)
    ):
        raise PreconditionRequired(f"{name} is known: send If-Match with its ETag.")
    return carry_out(law.DraftRulebook(rulebook=name, **body), name, made_in=HERE)


@rulebooks.command(f"{VERSION}/publication", may="rulebook.publish", body=Remarks)
def publish(body: dict[str, Any], rulebook: str, version: int) -> Response:
    """Make a complete draft the law from its date; its author may not."""
    command = law.PublishRulebook(rulebook=rulebook, version=version, **body)
    return carry_out(command, rulebook)


@rulebooks.command(
    f"{VERSION}/coverage",
    may="rulebook.confirm_coverage",
    body=schemas.ConfirmCoverage,
)
def confirm_coverage(body: dict[str, Any], rulebook: str, version: int) -> Response:
    """State which units the rulebook has been extended to."""
    units = tuple(body.pop("units"))
    command = law.ConfirmCoverage(
        rulebook=rulebook, version=version, units=units, **body
    )
    return carry_out(command, rulebook)


@rulebooks.command(
    f"{ONE}/periods", may="rulebook.run_period", body=schemas.ActivatePeriod
)
def activate_period(body: dict[str, Any], rulebook: str) -> Response:
    """Open a special period, in which one of the period rules binds."""
    return carry_out(law.ActivatePeriod(rulebook=rulebook, **body), rulebook)


@rulebooks.command(
    f"{ONE}/periods/<period>/end", may="rulebook.run_period", body=schemas.EndPeriod
)
def end_period(body: dict[str, Any], rulebook: str, period: str) -> Response:
    """End a special period."""
    command = law.EndPeriod(rulebook=rulebook, period=period, **body)
    return carry_out(command, rulebook)
