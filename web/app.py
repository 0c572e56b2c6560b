"""The application: its resources, its errors, and what every answer carries."""

from importlib.metadata import version

from flask import Flask, request
from werkzeug.exceptions import BadRequest

from web.api.access_log import access_log, own_log
from web.api.appeals import appealed, appeals
from web.api.approvals import approvals
from web.api.boards import boards, candidacies, certificates
from web.api.break_glass import glass
from web.api.campaigns import campaigns
from web.api.cases import cases, docketed
from web.api.chronicle import chronicles
from web.api.custody import custody
from web.api.decisions import decisions
from web.api.declarations import declarations
from web.api.directory import directory
from web.api.disclosures import disclosures
from web.api.draws import draws
from web.api.eligibility import eligibility
from web.api.evidence import evidence
from web.api.exclusions import exclusions
from web.api.exports import exports
from web.api.extracts import extracts
from web.api.figures import figures
from web.api.holds import clearances, held, holds
from web.api.keeping import keeping
from web.api.ledger import ledger
from web.api.lists import lists
from web.api.mandates import mandates
from web.api.measures import measures, measures_taken, of_one
from web.api.obligations import obligations
from web.api.operations import operations
from web.api.own_export import own_export
from web.api.people import people
from web.api.public import public
from web.api.recommendations import recommendations, recommended
from web.api.registry import registry
from web.api.releases import releases, releasing
from web.api.replays import replays
from web.api.reported import reports
from web.api.requests import asking, corrections, requests
from web.api.reviews import reviews
from web.api.rulebooks import rulebooks
from web.api.sanctions import register_of_sanctions, sanctions
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
    reports,
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
    extracts,
    draws,
    docketed,
    cases,
    decisions,
    recommended,
    recommendations,
    appealed,
    appeals,
    held,
    holds,
    clearances,
    sanctions,
    register_of_sanctions,
    measures,
    measures_taken,
    of_one,
    evidence,
    *chronicles,
    eligibility,
    boards,
    candidacies,
    certificates,
    mandates,
    replays,
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
