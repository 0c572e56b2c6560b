"""Exports for oversight: masked, unless a right and a purpose say otherwise."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from flask import Response
from werkzeug.exceptions import BadRequest

from domain.access import authority_of, decide
from domain.errors import Invalid, NotAllowed
from domain.records.export import MASKED, RecordExport
from domain.records.reading import usual_purpose
from web import strict
from web.answers.answer import Answer
from web.answers.records import ExportRecord
from web.answers.records import export as record
from web.api.exported import KINDS, persons_in
from web.auth import asked
from web.exporting import Row, as_csv
from web.reading import Reader, seals_in
from web.replies import idempotency_key, new_id
from web.resource import Resource
from web.schemas.oversight import MakeExport
from web.wiring import desk

exports = Resource(
    "exports", about="Files that leave the register, each on record.", kind="export"
)
UNMASK = "export.unmask"
TABLE = {"type": "string"}
TYPES = {"json": strict.JSON, "csv": "text/csv"}


class ExportedFile(Answer):
    """What leaves the register; as CSV it is the rows alone, under their names."""

    export: str
    kind: str
    masked: bool
    purpose: str
    made_at: datetime
    rows: Sequence[Mapping[str, Any]]


exports.shows("/exports/<export>", may="export.make", answer=ExportRecord, by=record)


@exports.administers(
    "/exports", "POST", may="export.make", body=MakeExport, answer=ExportedFile
)
@exports.doc(  # type: ignore[untyped-decorator]  # flask-smorest has no types
    responses={201: {"content": {TYPES["csv"]: {"schema": TABLE}}}}
)
def make_export(body: dict[str, Any]) -> Response:
    """Take a file out of the register, once it is on record that it leaves.

    Masked, people and matters have names that hold in this file alone. It takes no
    Idempotency-Key: what is asked for again is another export. With the format csv the
    file is a table, in which no cell is a formula.
    """
    if idempotency_key() is not None:
        raise BadRequest("Send no Idempotency-Key: each file is another export")
    purpose, kind = purpose_of(body), KINDS[body["kind"]]
    found = kind.rows(body["filters"])
    if not body["unmasked"]:
        kind.refuse_names(body["filters"])
    shown = opened(found) if body["unmasked"] else kind.masked(found)
    file = ExportedFile(
        export=new_id(),
        kind=body["kind"],
        masked=not body["unmasked"],
        purpose=purpose,
        made_at=datetime.now(UTC),
        rows=shown,
    )
    content = (
        msgspec.json.encode(file)
        if body["format"] == "json"
        else as_csv(kind.columns, shown)
    )
    put_on_record(file, persons_in(found), content, body.get("reason"))
    return leaving(file, content, TYPES[body["format"]])


def purpose_of(body: Mapping[str, Any]) -> str:
    """Return what it is exported for; raise if it may not be unmasked for that."""
    grant = asked().grant
    if not body["unmasked"]:
        return str(body.get("purpose") or usual_purpose(grant.role))
    verdict = decide(grant, UNMASK, at=asked().at)
    if not verdict.allowed:
        raise NotAllowed(verdict.why, rule=verdict.rule)
    if "purpose" not in body:
        raise Invalid("purpose", "say what you need it unmasked for", rule=MASKED)
    return str(body["purpose"])


def opened(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with all opened that still has a key, whatever the role."""
    vault, seals = desk().vault, list(seals_in(rows, None))
    keys = vault.fetch({seal.key for seal in seals}) if seals else {}
    reader = Reader(
        casework=desk().casework,
        by=asked().actor,
        grant=asked().grant,
        what="export",
        purpose="",
        unmasked=True,
    )
    plain: list[Row] = reader.opened(rows, keys, None)
    return plain


def put_on_record(
    file: ExportedFile, persons: tuple[str, ...], content: bytes, reason: str | None
) -> None:
    """Record that the file leaves, and that all of it is read; before it does."""
    command = RecordExport(
        export=file.export,
        kind=file.kind,
        rows=len(file.rows),
        persons=persons,
        purpose=file.purpose,
        authority=authority_of(asked().grant),
        masked=file.masked,
        sha256=sha256(content).hexdigest(),
        reason=reason,
    )
    desk().casework.handle(command, by=asked().actor, at=file.made_at)


def leaving(file: ExportedFile, content: bytes, mimetype: str) -> Response:
    response = Response(content, status=201, mimetype=mimetype)
    name = f"{file.kind}-{file.export}.{mimetype.partition('/')[2]}"
    digest = b64encode(sha256(content).digest()).decode()
    response.headers["Location"] = f"/v1/exports/{file.export}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return response
