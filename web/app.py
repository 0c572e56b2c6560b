"""The application: its resources, its errors, and what every answer carries."""

from importlib.metadata import version

from flask import Flask, request
from werkzeug.exceptions import BadRequest

from web.api.access_log import access_log, own_log
from web.api.approvals import approvals
from web.api.break_glass import glass
from web.api.campaigns import campaigns
from web.api.custody import custody
from web.api.declarations import declarations
from web.api.directory import directory
from web.api.disclosures import disclosures
from web.api.exclusions import exclusions
from web.api.exports import exports
from web.api.figures import figures
from web.api.keeping import keeping
from web.api.ledger import ledger
from web.api.lists import lists
from web.api.mandates import mandates
from web.api.obligations import obligations
from web.api.operations import operations
from web.api.own_export import own_export
from web.api.people import people
from web.api.public import public
from web.api.registry import registry
from web.api.releases import releases, releasing
from web.api.requests import asking, corrections, requests
from web.api.reviews import reviews
from web.api.rulebooks import rulebooks
from web.api.search import search
from web.api.tokens import tokens
from web.api.units import units
from web.api.verifications import sources, verifications
from web.errors import register_errors
from web.headers import guard
from web.login.api import password, session
from web.login.setup import install
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
    search,
    exclusions,
    exports,
    releasing,
    releases,
    asking,
    requests,
    corrections,
    custody,
    public,
    ledger,
    keeping,
    own_log,
    own_export,
    access_log,
    glass,
    sources,
    verifications,
    mandates,
    tokens,
    password,
    session,
)


def build(settings: Settings, desk: Desk | None) -> Flask:
    """Return the application; see `web.create_app`."""
    app = Flask("web")
    app.json = StrictJson(app)
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    wire(app, settings, desk)
    register_errors(app)
    measure(app)
    app.before_request(refuse_nul)
    guard(app)
    install(app, settings.login)
    app.register_blueprint(operations)
    document(app, RESOURCES, version("probity"))
    return app


def refuse_nul() -> None:
    """Refuse what PostgreSQL cannot hold in a text, before it gets there."""
    if "\0" in request.path or b"%00" in request.query_string:
        raise BadRequest("a NUL character cannot stand in the address")
