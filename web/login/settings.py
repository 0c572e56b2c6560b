"""What an operator may set about coming in, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from projections.logins import Patience
from projections.sessions import Lifetimes

WELL_KNOWN = "/.well-known/openid-configuration"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
YES, NO = frozenset({"1", "yes", "true"}), frozenset({"", "0", "no", "false"})
# Unused for half an hour somebody else may sit there; a working day needs no second
# login (NIST SP 800-63B, AAL2: at most 30 minutes and 12 hours).
LIFETIMES = Lifetimes(idle=timedelta(minutes=30), whole=timedelta(hours=12))
# Five typing errors cost nothing. Whoever guesses on gets 100 tries a day at most, as
# many as NIST SP 800-63B (5.2.2) allows in a row.
PATIENCE = Patience(tries=5, wait=timedelta(seconds=30), most=timedelta(minutes=15))


class BadSetting(Exception):
    """A variable holds what it cannot hold; the message says what is allowed."""


@dataclass(frozen=True)
class Provider:
    """An identity provider, and as whom we are known to it.

    `secret` is None where the provider takes us for a public client.
    """

    discovery: str
    client: str
    secret: str | None = field(default=None, repr=False)

    @property
    def issuer(self) -> str:
        """Return who must be named in all that it issues (Discovery 1.0, 4.3)."""
        return self.discovery.removesuffix(WELL_KNOWN)


@dataclass(frozen=True)
class LoginSettings:
    """How people come in, and how often anybody may ask.

    Attributes:
        provider: the identity provider (PROBITY_OIDC_DISCOVERY_URL,
            PROBITY_OIDC_CLIENT_ID, and PROBITY_OIDC_CLIENT_SECRET or the name of a file
            in PROBITY_OIDC_CLIENT_SECRET_FILE); None: there are only passwords.
        url: where people reach the register (PROBITY_URL); the provider sends them back
            below it. None: where their browser says that it is.
        lifetimes: of a session (PROBITY_SESSION_IDLE_MINUTES, PROBITY_SESSION_HOURS).
        patience: with wrong passwords (PROBITY_LOGIN_TRIES,
            PROBITY_LOGIN_WAIT_SECONDS, PROBITY_LOGIN_WAIT_MOST_SECONDS).
        api_limit: how often one caller may ask (PROBITY_LIMIT_API), counted in each
            process by itself.
        login_limit: how often one address may try to log in (PROBITY_LIMIT_LOGIN).
        loopback_http: people may log in without TLS, if on this machine
            (PROBITY_LOOPBACK_HTTP).
        proxies: how many proxies of ours stand before the server and say who asks, in
            X-Forwarded-For, -Proto and -Host (PROBITY_PROXIES).
    """

    provider: Provider | None = None
    url: str | None = None
    lifetimes: Lifetimes = LIFETIMES
    patience: Patience = PATIENCE
    api_limit: str = "12000 per minute"
    login_limit: str = "60 per minute"
    loopback_http: bool = False
    proxies: int = 0

    @classmethod
    def of(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read them, or raise `BadSetting` naming the variable and what is allowed."""
        loopback = environ.get("PROBITY_LOOPBACK_HTTP", "").lower()
        if loopback not in YES | NO:
            raise BadSetting("PROBITY_LOOPBACK_HTTP: write yes or no")
        return cls(
            provider=provider_of(environ),
            url=(environ.get("PROBITY_URL") or "").rstrip("/") or None,
            lifetimes=lifetimes_of(environ),
            patience=patience_of(environ),
            api_limit=limit(environ, "PROBITY_LIMIT_API", cls.api_limit),
            login_limit=limit(environ, "PROBITY_LIMIT_LOGIN", cls.login_limit),
            loopback_http=loopback in YES,
            proxies=number(environ, "PROBITY_PROXIES") or 0,
        )


def provider_of(environ: Mapping[str, str]) -> Provider | None:
    url = environ.get("PROBITY_OIDC_DISCOVERY_URL")
    if not url:
        return None
    client = environ.get("PROBITY_OIDC_CLIENT_ID")
    if not client:
        raise BadSetting(
            "PROBITY_OIDC_CLIENT_ID: give it with PROBITY_OIDC_DISCOVERY_URL"
        )
    place = urlsplit(url)
    plain = place.scheme == "http" and place.hostname in LOOPBACK
    if not (place.scheme == "https" or plain) or not url.endswith(WELL_KNOWN):
        raise BadSetting(
            f"PROBITY_OIDC_DISCOVERY_URL: write https://... that ends in {WELL_KNOWN}"
        )
    return Provider(discovery=url, client=client, secret=secret_of(environ))


def secret_of(environ: Mapping[str, str]) -> str | None:
    """Return the secret from the variable or the file; it is never repeated."""
    secret, file = (
        environ.get(f"PROBITY_OIDC_CLIENT_SECRET{end}") for end in ("", "_FILE")
    )
    if secret and file:
        raise BadSetting(
            "PROBITY_OIDC_CLIENT_SECRET: give it, or PROBITY_OIDC_CLIENT_SECRET_FILE,"
            " not both"
        )
    if not file:
        return secret or None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"PROBITY_OIDC_CLIENT_SECRET_FILE: {file} cannot be read"
        ) from error


def lifetimes_of(environ: Mapping[str, str]) -> Lifetimes:
    minutes = number(environ, "PROBITY_SESSION_IDLE_MINUTES")
    hours = number(environ, "PROBITY_SESSION_HOURS")
    return Lifetimes(
        idle=timedelta(minutes=minutes) if minutes else LIFETIMES.idle,
        whole=timedelta(hours=hours) if hours else LIFETIMES.whole,
    )


def patience_of(environ: Mapping[str, str]) -> Patience:
    wait = number(environ, "PROBITY_LOGIN_WAIT_SECONDS")
    most = number(environ, "PROBITY_LOGIN_WAIT_MOST_SECONDS")
    return Patience(
        tries=number(environ, "PROBITY_LOGIN_TRIES") or PATIENCE.tries,
        wait=timedelta(seconds=wait) if wait else PATIENCE.wait,
        most=timedelta(seconds=most) if most else PATIENCE.most,
    )


def limit(environ: Mapping[str, str], name: str, usual: str) -> str:
    # Every command of ours reads this module, and only the server needs that one.
    import limits  # noqa: PLC0415

    text = environ.get(name) or usual
    try:
        limits.parse(text)
    except ValueError:
        raise BadSetting(
            f"{name}: {text!r} is no limit; write one such as {usual}"
        ) from None
    return text


def number(environ: Mapping[str, str], name: str) -> int | None:
    text = environ.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST):
        raise BadSetting(f"{name}: {text!r} is not a whole number above 0")
    return int(text)


LARGEST = 10**6  # more of anything is a mistake, and a time that no clock reaches
