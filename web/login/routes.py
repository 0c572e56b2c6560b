"""The way in by an identity provider: two redirects, and a problem where it fails."""

import structlog
from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import BadRequest, NotFound

from web.login import cookies
from web.login.entering import enter
from web.login.entrance import entrance
from web.login.provider import OpenProvider, send_away, who_came_back
from web.login.refusals import UnknownIdentity

HOME = "/v1/session"

pages = Blueprint("login", __name__)
logger = structlog.get_logger(__name__)


@pages.get("/login")
def login() -> Response:
    """Send the browser to the identity provider, and then to `next`."""
    cookies.demand_tls()
    below = entrance().settings.url
    place = url_for("login.callback", _external=not below)
    response = send_away(provider(), f"{below or ''}{place}", wanted())
    cookies.give_browser(response)
    return response


@pages.get("/login/callback")
def callback() -> Response:
    """Let in whom the provider vouches for, if an account is bound to them."""
    cookies.demand_tls()
    identity = who_came_back(provider())
    account = entrance().accounts.known_as(identity.issuer, identity.subject)
    if account is None:
        logger.warning("login refused", way="oidc", why="unknown identity")
        raise UnknownIdentity(
            f"You are {identity.subject!r} of {identity.issuer}, and no account is"
            " bound to that. Ask an administrator to run `probity accounts bind-oidc`."
        )
    secret, _ = enter(account, "oidc")
    response = Response(status=303, headers={"Location": identity.next})
    cookies.give_session(response, secret)
    return response


def provider() -> OpenProvider:
    found = entrance().provider
    if found is None:
        raise NotFound(
            "No identity provider is configured: log in with POST /login/password."
        )
    return found


def wanted() -> str:
    """Return the path where the browser is to go, which is here and nowhere else."""
    path = request.args.get("next", HOME)
    here = path.startswith("/") and not path.startswith(("//", "/\\"))
    if not here or not path.isascii() or not path.isprintable():
        raise BadRequest("next: give a path on this server, such as /docs")
    return path
