"""Every way the web says no: what went wrong -> a problem as in RFC 9457."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import structlog
from flask import Flask, Response, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from domain import errors
from projections.discretion import told, trace
from web.problem import KINDS, Fault, Problem, respond

RETRY_AFTER = "1"  # seconds

logger = structlog.get_logger(__name__)


# What the domain may raise: first the special, then the general.
TABLE: tuple[tuple[type[Exception], int, str, str], ...] = (
    (errors.NotAllowed, 403, "not-allowed", "You may not do this"),
    (
        errors.Incomplete,
        409,
        "incomplete",
        "Something that the rule demands is missing",
    ),
    (errors.OutOfTime, 409, "out-of-time", "It came after its time"),
    (errors.WrongStage, 409, "wrong-stage", "The matter is not at the stage for it"),
    (errors.Refused, 409, "refused", "The rules forbid it"),
    (errors.Invalid, 422, "invalid", "A value cannot be read as what it should be"),
    (errors.Unknown, 404, "unknown", "There is no such thing"),
    (errors.VersionClash, 409, "version-clash", "Somebody else changed it meanwhile"),
    (
        errors.Tampered,
        500,
        "tampered",
        "Something sealed is not as it was sealed",
    ),
    (
        errors.LedgerDiffers,
        500,
        "ledger-differs",
        "The database would have stored something else",
    ),
    (
        errors.VaultClosed,
        503,
        "vault-closed",
        "Nothing can be sealed or opened",
    ),
    (
        errors.KeyReused,
        422,
        "key-reused",
        "The Idempotency-Key belongs to another request",
    ),
)


def register_errors(app: Flask) -> None:
    """Answer every error of the application with a problem."""
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(ValidationError, from_schema)
    for kind, _, _, _ in TABLE:
        app.register_error_handler(kind, from_domain)
    app.register_error_handler(psycopg.DataError, from_data)
    app.register_error_handler(Exception, from_anything_else)


def from_domain(error: Exception) -> Response:
    """Answer what the domain refused, citing the rule."""
    status, name, title = next(row[1:] for row in TABLE if isinstance(error, row[0]))
    if isinstance(error, errors.VersionClash) and "If-Match" in request.headers:
        status = 412
    return respond(
        Problem(
            type=KINDS + name,
            title=title,
            status=status,
            detail=getattr(error, "reason", None) or str(error),
            rule=getattr(error, "rule", None) or None,
            field=getattr(error, "field", None),
            gaps=getattr(error, "gaps", ()),
        )
    )


def from_schema(error: ValidationError) -> Response:
    """Answer a request that does not fit its schema, naming each bad field."""
    faults = tuple(flatten(error.messages, ()))
    return respond(
        Problem(
            type=KINDS + "invalid",
            title="The request does not fit its schema",
            status=422,
            detail="; ".join(f"{fault.field}: {fault.reason}" for fault in faults),
            errors=faults,
        )
    )


def flatten(messages: Any, path: tuple[str, ...]) -> Iterator[Fault]:
    """Yield marshmallow's nested messages, one fault each."""
    if isinstance(messages, dict):
        for name, below in messages.items():
            yield from flatten(below, (*path, str(name)))
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield Fault(field=".".join(path), reason=str(message))


def from_http(error: HTTPException) -> Response:
    """Answer what HTTP itself forbids; headers such as Allow are kept."""
    kept = {k: v for k, v in error.get_headers() if k.lower() != "content-type"}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        kept["Allow"] = ", ".join(sorted(error.valid_methods))
    return respond(
        Problem(
            type="about:blank",
            title=error.name,
            status=error.code or 500,
            detail=reason_of(error),
        ),
        kept,
    )


def reason_of(error: HTTPException) -> str:
    # What the framework says where there is no route is meant for readers of pages.
    if error.description == NotFound.description:
        return "There is nothing here: /docs lists what there is."
    return error.description or error.name


def from_anything_else(error: Exception) -> Response:
    """Answer an outage with "try again", and a bug with no more than a name for it."""
    name = str(uuid4())
    return from_outage(error, name) if unavailable(error) else from_bug(error, name)


def from_outage(error: Exception, name: str) -> Response:
    logger.warning("database out of reach", error_id=name, error=told(error))
    return respond(
        Problem(
            type=KINDS + "unavailable",
            title="The register is out of reach",
            status=503,
            detail="The database did not answer in time. Try again.",
            error_id=name,
        ),
        {"Retry-After": RETRY_AFTER},
    )


def from_bug(error: Exception, name: str) -> Response:
    route = str(request.url_rule)
    logger.error("unexpected error", error_id=name, route=route, trace=trace(error))
    return respond(
        Problem(
            type="about:blank",
            title="Internal Server Error",
            status=500,
            detail="The server failed. Its log has the details under the error_id.",
            error_id=name,
        )
    )


def from_data(error: psycopg.DataError) -> Response:
    """Answer a value that no schema forbids and PostgreSQL cannot hold."""
    logger.warning("value refused by the database", sqlstate=error.sqlstate)
    return respond(
        Problem(
            type=KINDS + "invalid",
            title="A value cannot be read as what it should be",
            status=422,
            detail=f"the database cannot hold a value: SQLSTATE {error.sqlstate}",
        )
    )


def unavailable(error: BaseException | None) -> bool:
    """Return whether the database's absence is behind an error.

    The door re-raises it as its library's error; the driver's own is then the cause.
    """
    while error is not None:
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            return True
        error = error.__cause__
    return False
