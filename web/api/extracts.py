"""Extracts of registers, sent with a mapping, compared with what was declared."""

from base64 import b64decode
from binascii import Error
from collections.abc import Iterable
from typing import Any

from flask import Response
from marshmallow import ValidationError
from msgspec.structs import replace

from domain.errors import Invalid, NotAllowed, Unknown
from domain.verification.extract import TakeExtract
from domain.verification.verification import ASSIGNED
from web.api.about import about_report
from web.api.sight import today
from web.comparing import Comparison, mapping_said
from web.intake.extracts import Unreadable
from web.replies import carry_out
from web.resource import Resource
from web.schemas import verifications as schemas
from web.wiring import desk

extracts = Resource(
    "extracts",
    about="What registers answered, held against what was declared.",
    kind="verification",
)


@extracts.command(
    "/verifications/<verification>/extracts",
    may="verification.query",
    body=schemas.TakeExtract,
)
def take_extract(body: dict[str, Any], verification: str) -> Response:
    """Take a file from a register and compare it, field by field.

    All rows are taken or none: what cannot be read is named by line and column. The
    same file again records nothing.
    """
    comparison = Comparison(
        desk().casework, mapping_said(body.pop("mapping")), verification
    )
    names = body.pop("disclosures", None)
    if names is None:
        with desk().reading() as connection:
            names = comparison.reports(connection, today())
    about_reports(names)
    remarks = {n: body.pop(n) for n in ("reason", "occurred_on") if n in body}
    command = replace(read(comparison, names, **body), **remarks)
    return carry_out(command, verification)


def read(
    comparison: Comparison,
    names: Iterable[str],
    *,
    name: str,
    content: str,
    source: str,
    as_of: Any = None,
) -> TakeExtract:
    """Return the command; every line that cannot be read is a fault of the request."""
    try:
        return comparison.sent(
            name, decoded(content), source=source, as_of=as_of, disclosures=names
        )
    except Unreadable as error:
        faults = [str(fault) for fault in error.faults]
        raise ValidationError({"content": faults}) from error


def decoded(content: str) -> bytes:
    try:
        return b64decode(content, validate=True)
    except (Error, ValueError):
        raise Invalid("content", "it is not base64") from None


def about_reports(names: Iterable[str]) -> None:
    """Raise unless whoever asks may know of each of these reports (S1-18)."""
    for name in names:
        try:
            about_report(name)
        except Unknown:
            reason = f"{name} is not there, or is kept from whoever asks"
            raise NotAllowed(reason, rule=ASSIGNED) from None
