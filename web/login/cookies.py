"""The cookies: one that holds a session, one that holds a browser on its way to it."""

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response, g, request

from projections.sessions import SECRET_BYTES
from web.login.entrance import entrance
from web.login.refusals import Insecure
from web.login.settings import LOOPBACK

SESSION, BROWSER = "probity", "probity-login"
# A browser takes a cookie of such a name only over TLS, from this very host, for all of
# it (RFC 6265bis, 4.1.3.2): no neighbouring host can plant one.
HOST = "__Host-"
# For how long somebody may be at the identity provider.
ON_THE_WAY = timedelta(minutes=10)


def demand_tls() -> None:
    """Raise unless what is sent now, and the cookie from then on, goes unread."""
    host = urlsplit(f"//{request.host}").hostname
    local = entrance().settings.loopback_http and host in LOOPBACK
    if not (request.is_secure or local):
        raise Insecure(
            "Log in over https. Where TLS ends at a proxy, it has to say so in"
            " X-Forwarded-Proto (PROBITY_PROXIES); on one machine without TLS set"
            " PROBITY_LOOPBACK_HTTP=yes and ask 127.0.0.1."
        )


def named(name: str) -> str:
    return name if entrance().settings.loopback_http else HOST + name


def session_secret() -> str | None:
    """Return what the browser sends as the secret of its session."""
    return request.cookies.get(named(SESSION)) or None


def give_session(response: Response, secret: str) -> None:
    """Have the browser keep a session until it is closed; the server ends it sooner."""
    give(response, SESSION, secret, None)


def take_session(response: Response) -> None:
    """Have the browser forget its session, and all that it kept of the answers."""
    give(response, SESSION, "", timedelta(0))
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'


def browser_secret() -> str:
    """Return the secret of a browser that logs in; a new one where it has none."""
    if "browser" not in g:
        sent = request.cookies.get(named(BROWSER))
        g.browser = sent or secrets.token_urlsafe(SECRET_BYTES)
    found: str = g.browser
    return found


def give_browser(response: Response) -> None:
    give(response, BROWSER, browser_secret(), ON_THE_WAY)


def give(response: Response, name: str, value: str, age: timedelta | None) -> None:
    response.set_cookie(
        named(name),
        value,
        max_age=age,
        path="/",
        secure=not entrance().settings.loopback_http,
        httponly=True,
        samesite="Lax",
    )
