"""Tokens: who may come in, and as what. They are not facts, and not in the log."""

from typing import Any

import msgspec
from flask import Response
from werkzeug.exceptions import BadRequest

from domain.access import DECLARANT, WATCHERS, Target
from domain.errors import Invalid, NotAllowed, Unknown
from projections.accounts import UNNUMBERED
from projections.models.paging import Page
from projections.tokens import Token, Wanted
from web.auth import asked, concerning_unit, enforce, judged, judged_of, sight
from web.replies import idempotency_key, made
from web.resource import Resource
from web.schemas.queries import Listing
from web.schemas.tokens import IssueToken
from web.wiring import desk

tokens = Resource("tokens", about="Who may come in, and as what.")
HERE = "/v1/tokens"
GIVEN_BY_OTHERS = "nobody gives a right to themself"
TERMINAL = "cli:"  # before the name of who acts at the register's own terminal


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
        raise BadRequest("Send no Idempotency-Key: a token is shown only once")
    concerning_unit(body.get("unit"))
    check_holder(body["role"], body["label"], body.get("person"))
    token = desk().tokens.issue(Wanted(**body), by=asked().grant.actor)
    issued = Issued(id=token.split("_")[1], token=token)
    return made(issued, f"{HERE}/{issued.id}")


@tokens.question("/tokens", may="token.read", asks=Listing, answer=Page[Token])
def list_tokens(query: dict[str, Any]) -> Page[Token]:
    """List the tokens that were ever issued, without their secrets."""
    limit = query["limit"]
    found = desk().tokens.list(after=query.get("cursor", ""), limit=limit)
    seen = tuple(token for token in found if in_reach(token))
    return Page(seen, found[-1].id if len(found) == limit else None)


@tokens.administers("/tokens/<token>", "DELETE", may="token.revoke", answer=Token)
def revoke(token: str) -> Token:
    """Revoke a token, within seconds everywhere; it stays known who had it."""
    if not in_reach(desk().tokens.get(token)):
        raise Unknown("token", token)
    return desk().tokens.revoke(token, by=asked().grant.actor)


def in_reach(token: Token) -> bool:
    """Return whether the token's unit, or all units, lie within who asks reaches."""
    units = sight().line(token.unit) if asked().grant.by_unit else ()
    return judged(Target(units=units)).allowed


def check_holder(role: str, label: str, person: str | None) -> None:
    """Raise if it would let its holder act as another, or beyond who issues it.

    A declarant's token opens all that is kept of the person, whatever its unit; and who
    has no number acts, in the log too, under the label.
    """
    if person is None:
        if role in WATCHERS:
            reason = f"say who it is: a {role} is a covered person"
            raise Invalid("person", reason, rule=GIVEN_BY_OTHERS)
        if taken(label):
            raise Invalid("label", "somebody else acts under this name")
    elif person == asked().grant.person:
        raise NotAllowed("another has to issue a token to you", rule=GIVEN_BY_OTHERS)
    elif role == DECLARANT:
        enforce(judged_of(person), None, person)


def taken(label: str) -> bool:
    """Return whether it is how a person, an account or the terminal is named."""
    reserved = label.startswith((UNNUMBERED, TERMINAL))
    return reserved or bool(sight().file(label.strip()).number)
