"""The application: its resources, its errors, and what every answer carries."""

from importlib.metadata import version

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from web.api.approvals import approvals
from web.api.campaigns import campaigns
from web.api.declarations import declarations
from web.api.directory import directory
from web.api.disclosures import disclosures
from web.api.figures import figures
from web.api.lists import lists
from web.api.obligations import obligations
from web.api.operations import operations
from web.api.people import people
from web.api.registry import registry
from web.api.reviews import reviews
from web.api.rulebooks import rulebooks
from web.api.tokens import tokens
from web.api.units import units
from web.errors import register_errors
from web.metrics import measure
from web.openapi import document
from web.strict import StrictJson
from web.wiring import Desk, Settings, wire

RESOURCES = (
    disclosures,
    reviews,
    obligations,
    approvals,
    people,
    declarations,
    units,
    rulebooks,
    campaigns,
    lists,
    figures,
    directory,
    registry,
    tokens,
)
# Nothing that is answered may be kept, framed, guessed at, or run.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def build(settings: Settings, desk: Desk | None) -> Flask:
    """Return the application; see `web.create_app`."""
    app = Flask("web")
    app.json = StrictJson(app)
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    wire(app, settings, desk)
    register_errors(app)
    measure(app)
    app.before_request(refuse_nul)
    app.after_request(guard_answers)
    app.register_blueprint(operations)
    document(app, RESOURCES, version("probity"))
    return app


def refuse_nul() -> None:
    """Refuse what PostgreSQL cannot hold in a text, before it gets there."""
    if "\0" in request.path or b"%00" in request.query_string:
        raise BadRequest("a NUL character cannot stand in the address")


def guard_answers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
