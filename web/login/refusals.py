"""Whom the entrance turns away, and what they are told."""

import math
import time
from typing import ClassVar

import structlog
from authlib.integrations.flask_client import (  # type: ignore[import-untyped]  # it has no types
    OAuthError,
)
from flask import Flask, Response
from flask_limiter import RateLimitExceeded
from joserfc.errors import JoseError

from web.login.entrance import entrance
from web.problem import KINDS, Problem, respond

logger = structlog.get_logger(__name__)

AGAIN = "Begin again at /login."
# What a provider may answer (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core 1.0,
# 3.1.2.6) that is about whoever asks, and not about us or the provider. Their own texts
# are not repeated: anybody can put one into the address.
ANSWERS = {
    "access_denied": (403, "The identity provider says that access was denied."),
    "login_required": (403, "The identity provider asks you to log in there first."),
    "consent_required": (403, "The identity provider asks for your consent first."),
    "interaction_required": (403, "The identity provider has something to ask you."),
    "account_selection_required": (403, "Choose an account at the identity provider."),
    "mismatching_state": (400, "This is not the answer to a login of this browser."),
    "mismatching_issuer": (400, "This answer comes from another identity provider."),
    "invalid_grant": (400, "The identity provider takes its code no more."),
}
UNUSABLE = "What the identity provider sent cannot be trusted, and was not used."


class TurnedAway(Exception):
    """Somebody is not let in; the message tells them why, and what to do."""

    STATUS: ClassVar[int] = 403
    KIND: ClassVar[str]
    TITLE: ClassVar[str]


class Insecure(TurnedAway):
    KIND, TITLE = "insecure", "This takes a secure connection"


class Unconfirmed(TurnedAway):
    KIND, TITLE = "unconfirmed", "It is not certain that you sent this"


class Locked(TurnedAway):
    KIND, TITLE = "locked", "This account is locked"


class UnknownIdentity(TurnedAway):
    KIND, TITLE = "unknown-identity", "Nobody here is known by this identity"


class WrongPassword(TurnedAway):
    STATUS: ClassVar[int] = 401
    KIND, TITLE = "wrong-password", "The name or the password is wrong"


class ProviderFailed(TurnedAway):
    STATUS: ClassVar[int] = 502
    KIND, TITLE = "provider-failed", "The identity provider did not do its part"


class TooOften(TurnedAway):
    """Too many requests, or wrong passwords; `wait` says for how many seconds."""

    STATUS: ClassVar[int] = 429
    KIND, TITLE = "too-often", "Too many requests"

    def __init__(self, message: str, *, wait: float) -> None:
        super().__init__(message)
        self.wait = max(1, math.ceil(wait))


def register_refusals(app: Flask) -> None:
    """Answer with a problem whoever is turned away, by us or by what we build on."""
    app.register_error_handler(TurnedAway, from_entrance)
    app.register_error_handler(OAuthError, from_oauth)
    app.register_error_handler(JoseError, from_jose)
    app.register_error_handler(RateLimitExceeded, from_limit)


def from_entrance(error: TurnedAway) -> Response:
    headers = {"WWW-Authenticate": CHALLENGE} if error.STATUS == UNAUTHORIZED else {}
    if isinstance(error, TooOften):
        headers["Retry-After"] = str(error.wait)
    problem = Problem(
        type=KINDS + error.KIND,
        title=error.TITLE,
        status=error.STATUS,
        detail=str(error),
    )
    return respond(problem, headers)


def from_oauth(error: OAuthError) -> Response:
    """Answer what the provider refused; what is our fault or its own is a 502."""
    known = error.error if error.error in ANSWERS else "other"
    status, detail = ANSWERS.get(known, (502, UNUSABLE))
    return not_logged_in(status, f"{detail} {AGAIN}", known)


def from_jose(error: JoseError) -> Response:
    """Answer an ID token that is not what it must be."""
    return not_logged_in(502, f"{UNUSABLE} {AGAIN}", type(error).__name__)


def not_logged_in(status: int, detail: str, why: str) -> Response:
    logger.warning("login refused", way="oidc", why=why)
    return respond(
        Problem(
            type=KINDS + "not-logged-in",
            title="You are not logged in",
            status=status,
            detail=detail,
        )
    )


def from_limit(error: RateLimitExceeded) -> Response:
    """Answer who tries to log in too often from one address."""
    current = entrance().limiter.current_limit
    wait = current.window.reset_time - time.time() if current else 1
    said = f"At most {error.description} from one address. Try again later."
    return from_entrance(TooOften(said, wait=wait))


UNAUTHORIZED = 401
CHALLENGE = 'Bearer realm="probity"'
