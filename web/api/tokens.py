"""Tokens: who may come in, and as what. They are not facts, and not in the log."""

from typing import Any

import msgspec
from flask import Response
from werkzeug.exceptions import BadRequest

from domain.errors import NotAllowed
from projections.models.paging import Page
from projections.tokens import Token, Wanted
from web.auth import asked, concerning_unit
from web.replies import idempotency_key, made
from web.resource import Resource
from web.schemas.queries import Listing
from web.schemas.tokens import IssueToken
from web.wiring import desk

tokens = Resource("tokens", about="Who may come in, and as what.")
HERE = "/v1/tokens"
GIVEN_BY_OTHERS = "nobody gives a right to themself"


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A new token. It is shown this once; only a digest of it is kept."""

    id: str
    token: str


@tokens.administers(
    "/tokens", "POST", may="token.issue", body=IssueToken, answer=Issued
)
def issue(body: dict[str, Any]) -> Response:
    """Issue a token, and show it for the only time.

    It takes no Idempotency-Key, since nobody can show the same token twice: one that
    was lost on the way is revoked, and another issued.
    """
    if idempotency_key() is not None:
        raise BadRequest("Idempotency-Key: a token cannot be shown a second time")
    concerning_unit(body.get("unit"))
    if asked().grant.person and body.get("person") == asked().grant.person:
        raise NotAllowed("another has to issue a token to you", rule=GIVEN_BY_OTHERS)
    token = desk().tokens.issue(Wanted(**body), by=asked().grant.actor)
    issued = Issued(id=token.split("_")[1], token=token)
    return made(issued, f"{HERE}/{issued.id}")


@tokens.question("/tokens", may="token.read", asks=Listing, answer=Page[Token])
def list_tokens(query: dict[str, Any]) -> Page[Token]:
    """List the tokens that were ever issued, without their secrets."""
    limit = query["limit"]
    found = desk().tokens.list(after=query.get("cursor", ""), limit=limit)
    return Page(tuple(found), found[-1].id if len(found) == limit else None)


@tokens.administers("/tokens/<token>", "DELETE", may="token.revoke", answer=Token)
def revoke(token: str) -> Token:
    """Revoke a token, within seconds everywhere; it stays known who had it."""
    return desk().tokens.revoke(token, by=asked().grant.actor)
