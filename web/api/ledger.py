"""The ledger as anybody may ask it: proofs for receipts, and the checkpoint itself."""

import re
from typing import Any

from flask import Response
from werkzeug.exceptions import NotFound, ServiceUnavailable

from domain.errors import Unknown
from projections.ledger import store
from projections.ledger.errors import NotYet, Stranded
from projections.ledger.proving import prove, published
from web.api.public import READ, Open
from web.schemas.queries import Reading
from web.wiring import desk

ledger = Open(
    "ledger",
    about="Shows to an outsider that nothing was edited; it names nobody, and takes no"
    " token.",
)
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
TEXT = "text/plain"
SOON = 10  # seconds until the next checkpoint is likely to be there


@ledger.question(
    "/receipts/<digest>/proof", may=READ, asks=Reading, answer=str, mimetype=TEXT
)
def show_proof(query: dict[str, Any], digest: str) -> Response:  # noqa: ARG001  nothing is asked
    """Exchange a receipt's digest for a proof that its event is in the ledger.

    It is a text (c2sp.org/tlog-proof@v1) with a published checkpoint in it, and can be
    checked without us. A receipt of a moment ago may have to wait for one.
    """
    if not DIGEST.fullmatch(digest):
        raise Unknown("receipt with the digest", digest)
    try:
        with desk().reading() as connection:
            proof = prove(connection, bytes.fromhex(digest), desk().policy)
    except NotYet as early:
        raise ServiceUnavailable(str(early), retry_after=SOON) from early
    except Stranded as never:
        raise NotFound(str(never)) from never
    return Response(proof.text(), mimetype=TEXT)


@ledger.question(
    "/ledger/checkpoint", may=READ, asks=Reading, answer=str, mimetype=TEXT
)
def show_checkpoint(query: dict[str, Any]) -> Response:  # noqa: ARG001  nothing is asked
    """Show the newest published checkpoint: the size of the tree, its root, signed."""
    with desk().reading() as connection:
        origin = store.origin(connection).origin
        newest = published(connection, origin, desk().policy)
    if newest is None:
        raise Unknown("published checkpoint of", origin)
    return Response(newest.note, mimetype=TEXT)
