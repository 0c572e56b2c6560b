"""That a request with a cookie was meant: Flask-WTF's token, bound to the session.

A browser sends the cookie along with whatever another site makes it send, but nobody
there can know the token. Nothing of it is stored: it follows from the session's secret.
"""

import hashlib
import hmac
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SessionInterface, SessionMixin
from flask_wtf.csrf import (  # type: ignore[import-untyped]  # it has no types
    generate_csrf,
    validate_csrf,
)
from wtforms import (  # type: ignore[import-untyped]  # it has no types
    ValidationError,
)

from web.login.cookies import SESSION as COOKIE
from web.login.cookies import named, session_secret
from web.login.refusals import Unconfirmed

HEADER, FIELD = "X-CSRFToken", "csrf_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HOW = (
    f"Send the csrf_token from GET /v1/session in the header {HEADER}."
    " Requests with a token of the API do not need it."
)


class Jar(dict[str, Any], SessionMixin):
    """What Flask calls the session: what follows from ours, and is kept nowhere."""


class Derived(SessionInterface):
    """Gives Flask-WTF what it looks for in a session, without a cookie of its own."""

    def open_session(self, app: Flask, request: Request) -> Jar:  # noqa: ARG002  Flask gives it
        """Return what follows from the session's secret; empty where none is sent."""
        secret = request.cookies.get(named(COOKIE))
        return Jar({FIELD: derived(secret, "value")} if secret else {})

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Keep nothing."""


def derived(secret: str, purpose: str) -> str:
    message = f"csrf {purpose}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def token_for(secret: str) -> str:
    """Return what the holder of the session with that secret sends with each change."""
    session[FIELD] = derived(secret, "value")
    g.pop(FIELD, None)  # what was made for the session before, in the same request
    return str(generate_csrf(secret_key=derived(secret, "signature")))


def confirm() -> None:
    """Raise unless the request only reads, or its sender can read our answers."""
    if request.method in SAFE:
        return
    secret = session_secret() or ""
    sent = request.headers.get(HEADER) or request.form.get(FIELD)
    try:
        validate_csrf(sent, secret_key=derived(secret, "signature"))
    except ValidationError as error:
        raise Unconfirmed(f"{error} {HOW}") from None


def refuse_strangers() -> None:
    """Raise where a browser says that another site had it send this (login CSRF).

    There is no session yet that a token could belong to.
    """
    where = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    same = origin is None or urlsplit(origin).netloc == request.host
    if where not in {"same-origin", "none"} or not same:
        raise Unconfirmed("Another site sent this. Log in from this one.")
