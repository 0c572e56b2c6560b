"""Commands into the door, and its receipts out of it."""

import hmac
import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import msgspec
from flask import Response, g, request
from werkzeug.exceptions import BadRequest, PreconditionFailed

from domain import receipt as receipt_
from domain.leaf import leaf_of
from domain.receipt import Key, Request
from domain.record import Command
from web.auth import asked
from web.strict import answer
from web.telling import told
from web.wiring import desk

KEY = re.compile(r"[!-~]{1,255}")
VERSION = re.compile(r'"([0-9]{1,18})"')


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded, and where.

    `id` is the name of the thing in the paths of this API; `version` is its ETag now.
    `position` is the last place in the log, for `?after=`. `receipt` is our signed word
    that it was taken in: keep it. `digest` is its hash as a leaf of the ledger, for
    which /v1/receipts/{digest}/proof gives a proof. These three are null where there
    was nothing to record.
    """

    id: str
    stream: UUID
    version: int
    position: int | None
    digest: str | None
    receipt: str | None


def carry_out(command: Command[Any], name: str, *, made_in: str = "") -> Response:
    """Carry out the command for whoever asks; return the receipt.

    `name` is the id of the thing changed, or made in the collection at the path
    *made_in*.
    """
    return receipted(recorded(command), name, made_in=made_in)


def recorded(command: Command[Any]) -> receipt_.Receipt:
    """Carry out the command for whoever asks; return the door's receipt."""
    return desk().casework.handle(
        command,
        by=asked().actor,
        at=datetime.now(UTC),
        request=keyed(),
        expected=expected_version(),
    )


def receipted(receipt: receipt_.Receipt, name: str, *, made_in: str = "") -> Response:
    """Return the door's receipt as it is answered; see `carry_out`."""
    shown = Receipt(
        id=name,
        stream=receipt.stream,
        version=receipt.version,
        position=receipt.position,
        digest=leaf_of(receipt.entry).hex() if receipt.entry else None,
        receipt=desk().receipts.sign(receipt.entry) if receipt.entry else None,
    )
    response = made(shown, f"{made_in}/{quote(name)}") if made_in else answer(shown)
    response.headers["ETag"] = f'"{receipt.version}"'
    return response


def made(value: Any, location: str) -> Response:
    """Return 201 with what was made and where it is."""
    response = answer(value, 201)
    response.headers["Location"] = location
    return response


def keyed() -> Request | None:
    """Return the Idempotency-Key, if there is one, with a digest of the request."""
    key = idempotency_key()
    if key is None:
        return None
    sent = g.sent if "sent" in g else request.get_data()
    what = f"{request.method} {request.full_path}\n".encode() + sent
    # Keyed, since it is kept: nobody may find out by trying what was sent.
    digest = hmac.digest(desk().vault.index_key(), what, "sha256")
    return Request(key=Key(actor=asked().grant.actor, key=key), digest=digest)


def idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        raise BadRequest("Idempotency-Key: 1 to 255 visible ASCII characters")
    return key


def new_id() -> str:
    """Return an id for something new; with an Idempotency-Key always the same one."""
    key = idempotency_key()
    if key is None:
        return str(uuid4())
    return str(uuid5(uuid5(NAMESPACE_URL, asked().grant.actor), key))


def expected_version() -> int | None:
    """Return the version in If-Match; None where any will do.

    Raises:
        PreconditionFailed: it names no version that the register ever gave out.
    """
    header = request.headers.get("If-Match", "*").strip()
    version = VERSION.fullmatch(header)
    if version is None and header != "*":
        raise PreconditionFailed('If-Match takes one version, such as "3".')
    return int(version[1]) if version else None


def shown(value: Any, version: int) -> Response:
    """Return a thing of this version, or 304 to a caller who has that version."""
    known = Response()
    known.set_etag(str(version))
    known.make_conditional(request)
    if known.status_code == HTTPStatus.NOT_MODIFIED:
        return known
    response = answer(told(value))
    response.set_etag(str(version))
    return response
