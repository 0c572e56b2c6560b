"""The HTTP interface of a witness, to the letter of C2SP tlog-witness."""

import sqlite3

import structlog
from flask import Flask, Response, current_app, request

from projections.ledger.seen import Moved
from projections.ledger.standard.note import BadNote
from projections.ledger.standard.tree import BadProof
from web.witness.observer import NotSigned, Observer, TooLarge, UnknownLog
from web.witness.submission import LARGEST, Submission, parse_submission

logger = structlog.get_logger(__name__)

OBSERVER = "probity-observer"
SIZE = "text/x.tlog.size"
TEXT = "text/plain; charset=utf-8"
STATUSES = {BadNote: 400, TooLarge: 400, NotSigned: 403, UnknownLog: 404, BadProof: 422}


def create_app(observer: Observer) -> Flask:
    """Return the application of a witness."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.extensions[OBSERVER] = observer
    app.add_url_rule("/add-checkpoint", view_func=add_checkpoint, methods=["POST"])
    app.add_url_rule("/<origin_hash>/checkpoint", view_func=latest_checkpoint)
    for kind in STATUSES:
        app.register_error_handler(kind, refused)
    app.register_error_handler(Moved, moved)
    app.register_error_handler(sqlite3.Error, out_of_order)
    return app


def watching() -> Observer:
    found: Observer = current_app.extensions[OBSERVER]
    return found


def add_checkpoint() -> Response:
    """Cosign a checkpoint, and say nothing before that is stored."""
    submission = parse_submission(request.get_data())
    try:
        cosignatures = watching().add(submission)
    except BadProof as error:
        keep_trace(submission, error)
        raise
    return answer(200, "".join(one.line() for one in cosignatures))


def latest_checkpoint(origin_hash: str) -> Response:
    """Return the last checkpoint that was cosigned of a log."""
    note = watching().latest(origin_hash)
    if note is None:
        return answer(404, "this witness has cosigned no checkpoint of that log\n")
    return answer(200, note)


def keep_trace(submission: Submission, error: BadProof) -> None:
    """Log what the log did sign, and we did not: it may be proof of a rewritten log."""
    logger.warning(
        "not cosigned",
        reason=str(error),
        old=submission.old,
        note=str(submission.note),
    )


def refused(error: Exception) -> Response:
    """Say why there is no cosignature, on one line."""
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    return answer(status, " ".join(str(error).split()) + "\n")


def moved(error: Moved) -> Response:
    """Say which size was cosigned last, and nothing else."""
    return answer(409, f"{error.size}\n", SIZE)


def out_of_order(error: sqlite3.Error) -> Response:
    """Cosign nothing where that cannot be stored."""
    logger.error("the record cannot be kept", error=str(error))
    return answer(503, "the witness cannot keep its record now\n")


def answer(status: int, text: str, kind: str = TEXT) -> Response:
    return Response(text, status, content_type=kind)
