"""Who asks: the holder of a token, somebody with a session, or nobody we know."""

from dataclasses import dataclass

from flask import g, request

from domain.access import Grant
from projections.sessions import Session
from web.login.cookies import session_secret
from web.login.entrance import entrance
from web.wiring import desk

HOW = (
    "Send a valid token in the header Authorization: Bearer prb_..., or log in at"
    " /login or /login/password."
)
TOKEN_FATES = {
    "expired": "This token has expired: have another one issued.",
    "revoked": "This token was revoked: have another one issued.",
}


@dataclass(frozen=True)
class Caller:
    """Who sent the request.

    `key` is under what their requests are counted: a token or a session that is good,
    else an address. `why` says why they are nobody.
    """

    key: str
    grant: Grant | None = None
    session: Session | None = None
    why: str = HOW


def caller() -> Caller:
    """Return who sent the request that is being answered; it is found out once."""
    if "caller" not in g:
        g.caller = found_out()
    found: Caller = g.caller
    return found


def found_out() -> Caller:
    """Look at the token, or where none is sent at the cookie, but never at both."""
    sent = request.headers.get("Authorization")
    if sent is not None:
        return with_token(sent)
    secret = session_secret()
    return with_session(secret) if secret else Caller(key=address())


def with_token(sent: str) -> Caller:
    scheme, _, token = sent.partition(" ")
    if scheme.lower() != "bearer":
        return Caller(key=address())
    token = token.strip()
    grant = desk().tokens.find(token)
    if grant is not None:
        return Caller(key="token " + token[:PUBLIC], grant=grant)
    fate = desk().tokens.fate(token)
    return Caller(key=address(), why=TOKEN_FATES.get(fate, HOW))


def with_session(secret: str) -> Caller:
    at, sessions = entrance().clock(), entrance().sessions
    session = sessions.find(secret)
    fault = session.fault(at) if session else "is unknown"
    if session is None or fault:
        return Caller(key=address(), why=f"Your session {fault}: log in again.")
    sessions.touch(session, at)
    return Caller(key="session " + session.digest.hex(), session=session)


def address() -> str:
    return "address " + (request.remote_addr or "unknown")


PUBLIC = len("prb_0123456789ab")  # of a token; the rest is its secret
