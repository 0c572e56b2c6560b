"""The OpenAPI document of the API, and the page that shows it."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template, url_for
from flask_smorest import Api  # type: ignore[import-untyped]  # it has no types

from domain.access import ROLES
from domain.records.reading import PURPOSES
from web.components import ANSWERS, schema_of
from web.problem import PROBLEM, Problem
from web.resource import ETAG, IF_MATCH, KEY, READ_FOR, READ_WHY, Resource
from web.telling import PURPOSE, REASON

# No other host is ever asked, and nothing written into the page is run. The page's
# program sets styles on its own elements, and has its pictures as data.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
ABOUT = f"""
The register of a public-integrity office: duties, reports, and their review.

Every request carries a token, `Authorization: Bearer prb_...`, or the cookie of a
session; where both are sent, the token counts. A token holds one role
({", ".join(f"`{role}`" for role in ROLES)}) and may be limited to a unit and those
below it. A session begins at `/login`, where an identity provider is configured, or
with `POST /login/password`. It holds the mandates of its account, of which
`POST /v1/session/grant` chooses one; what changes something takes in `X-CSRFToken` the
`csrf_token` that `GET /v1/session` shows. Who acts comes from the token or the session
and never from what is sent. What a caller may not know of does not exist: 404.

What a role may not open stands in an answer as `{{"sealed": "withheld"}}`, and what was
destroyed as `{{"sealed": "destroyed"}}`. An auditor and a records officer see what is
withheld when they say what for, in `{PURPOSE}`; every read is on record, with its
purpose, for the person to see.

No event is ever deleted. A command answers with a receipt: the version that the thing
has now, which is also its ETag, and the position in the log. Pass the position as
`?after=` to read what has got at least that far (503 and Retry-After where it takes
longer than a second). What changes something takes `If-Match` with the version that was
read. With an `Idempotency-Key` a request can be sent again without being carried out
twice.

Every error is a problem as in RFC 9457; where a rule forbids something, `rule` cites
it. Amounts are objects of text, `{{"amount": "90000", "currency": "CNY"}}`, and never
floats.
"""
SAFE_TO_REPEAT = (
    "Makes it safe to send the request again: the same key with the same request is"
    " answered as the first time, with another request it is refused."
)
VISIBLE = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}
AS_READ = 'The version that the caller has read, its ETag, such as `"3"`.'
FOR = "What it is read for; left out, what the role usually reads for."
WHY = "Why, in words; only where it is about one person. Sealed."
PARAMETERS = {
    READ_FOR: (PURPOSE, FOR, {"type": "string", "enum": sorted(PURPOSES)}),
    READ_WHY: (REASON, WHY, {"type": "string", "minLength": 1, "maxLength": 4000}),
    KEY: ("Idempotency-Key", SAFE_TO_REPEAT, VISIBLE),
    IF_MATCH: ("If-Match", AS_READ, {"type": "string"}),
}

pages = Blueprint("docs", __name__)


class Document(Api):  # type: ignore[misc]  # flask-smorest has no types
    """flask-smorest's API, with errors documented as what they are: problems."""

    def _register_responses(self) -> None:
        content = {PROBLEM: {"schema": schema_of(Problem)}}
        named = {status.name: status.phrase for status in HTTPStatus}
        for name, phrase in {**named, "DEFAULT_ERROR": "Another error"}.items():
            described = {"description": phrase, "content": content}
            self.spec.components.response(name, described, lazy=True)

    def _register_error_handlers(self) -> None:
        """Leave errors to `web.errors`, the one table."""

    def _register_pagination_header(self) -> None:
        """Leave it out: pages are in the answers themselves."""

    def _register_etag_headers(self) -> None:
        """Leave them out: `add_parts` has ours."""

    def add_parts(self) -> None:
        """Add the components that routes refer to by name."""
        for name, (header, about, schema) in PARAMETERS.items():
            described = {"name": header, "description": about, "schema": schema}
            self.spec.components.parameter(name, "header", described, lazy=True)
        self.spec.components.header(
            ETAG, {"description": "The version", "schema": {"type": "string"}}
        )
        self.spec.components.security_scheme(
            "token",
            {"type": "http", "scheme": "bearer", "bearerFormat": "prb_<id>_..."},
        )
        self.spec.components.security_scheme(
            "session", {"type": "apiKey", "in": "cookie", "name": "__Host-probity"}
        )

    def add_answers(self) -> None:
        """Add the schemas of all answers; all resources must be registered."""
        for name, schema in ANSWERS.items():
            self.spec.components.schema(name, schema)


def document(app: Flask, resources: tuple[Resource, ...], version: str) -> Document:
    """Register the resources and their OpenAPI document, /openapi.json and /docs."""
    app.config.update(
        API_TITLE="Probity",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
    )
    options: dict[str, Any] = {
        "info": {"description": ABOUT},
        "security": [{"token": []}, {"session": []}],
    }
    api = Document(app, spec_kwargs=options)
    api.add_parts()
    for resource in resources:
        api.register_blueprint(resource)
    api.add_answers()
    app.register_blueprint(pages)
    return api


@pages.get("/docs")
def docs() -> Response:
    """Show the document, without the internet."""
    page = make_response(
        render_template("docs.html", document=url_for("api-docs.openapi_json"))
    )
    page.headers["Content-Security-Policy"] = PAGE_POLICY
    return page
