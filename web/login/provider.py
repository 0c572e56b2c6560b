"""OpenID Connect: sends a browser to the identity provider, and hears who came back."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb
from typing import Any, NamedTuple

import msgspec
import requests
import structlog
from authlib.integrations.flask_client import (  # type: ignore[import-untyped]  # it has no types
    FlaskIntegration,
    FlaskOAuth2App,
    OAuth,
    OAuthError,
)
from flask import Flask, Response, g, request
from joserfc.errors import JoseError

from web.login.cookies import ON_THE_WAY, browser_secret
from web.login.entrance import entrance
from web.login.refusals import AGAIN, ProviderFailed
from web.login.settings import Provider

logger = structlog.get_logger(__name__)

NAME = "oidc"
# How an ID token may be signed: always with a key that only the provider has. By "none"
# or with the client's secret (HS256) others could sign one too.
SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}
    | {"ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
USUAL = ["RS256"]  # what a provider has to offer (Core 1.0, 15.1)
PATIENCE = 5.0  # seconds for an answer; the thread that waits serves nobody else
LEEWAY = 60  # seconds by which the provider's clock may differ from ours
FRESH = 3600.0  # seconds for which the provider's metadata and keys are believed
# What it raises where the provider's answer has another shape than it expects.
MISSHAPEN = (
    requests.RequestException,
    ValueError,
    RuntimeError,
    LookupError,
    TypeError,
    AttributeError,
)


class Identity(NamedTuple):
    """Whom the provider vouches for, and where they wanted to go."""

    issuer: str
    subject: str
    next: str


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser was sent with: Authlib's part, and where it is to go then."""

    data: dict[str, str]
    next: str


class KeptByUs(FlaskIntegration):  # type: ignore[misc]  # it has no types
    """Keeps in the database, for one use, what Authlib would keep in a cookie."""

    def set_state_data(self, _: Any, state: str, data: dict[str, str]) -> None:
        at = entrance().clock()
        # The address holds nothing that is needed again.
        kept = {name: data[name] for name in data if name != "url"}
        errand = msgspec.json.encode(Errand(data=kept, next=g.next))
        sent = {"at": at, "until": at + ON_THE_WAY}
        entrance().errands.send(state, browser_secret(), errand, **sent)

    def get_state_data(self, _: Any, state: str | None) -> dict[str, str] | None:
        at = entrance().clock()
        found = entrance().errands.take(state or "", browser_secret(), at)
        if found is None:
            return None
        errand = msgspec.json.decode(found, type=Errand)
        g.next = errand.next
        return errand.data

    def clear_state_data(self, *_: Any) -> None:
        """Do nothing: what was taken is gone."""


class OpenProvider(FlaskOAuth2App):  # type: ignore[misc]  # it has no types
    """The provider as Authlib knows it, believed as far as the settings name it."""

    server_metadata: dict[str, Any]
    expected: str  # the issuer that the settings name

    def load_server_metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself.

        Raises:
            ProviderFailed: it calls itself something else, or signs with no key of its
                own.
        """
        if self.server_metadata.get("_loaded_at", 0) < time.time() - FRESH:
            self.server_metadata = {}
        metadata: dict[str, Any] = super().load_server_metadata()
        if str(metadata.get("issuer")).rstrip("/") != self.expected.rstrip("/"):
            raise ProviderFailed("The identity provider calls itself something else.")
        offered = metadata.get("id_token_signing_alg_values_supported", USUAL)
        usable = [name for name in offered if name in SIGNATURES]
        if not usable:
            raise ProviderFailed("The identity provider signs with no key of its own.")
        metadata["id_token_signing_alg_values_supported"] = usable
        return metadata


class Registry(OAuth):  # type: ignore[misc]  # it has no types
    framework_integration_cls = KeptByUs
    oauth2_client_cls = OpenProvider


def known(app: Flask, provider: Provider) -> OpenProvider:
    """Make the provider known to the application; it is not asked anything yet."""
    # At that level it writes each code_verifier, which is secret.
    logging.getLogger("authlib").setLevel(logging.INFO)
    found: OpenProvider = Registry(app).register(
        NAME,
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=provider.discovery,
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
    found.expected = provider.issuer
    return found


def send_away(provider: OpenProvider, come_back: str, then: str) -> Response:
    """Return what sends the browser to the provider.

    Args:
        provider: the provider.
        come_back: the address to which the provider sends it back.
        then: the path to which we send it then.
    """
    g.next = then
    with asking():
        sent: Response = provider.authorize_redirect(come_back)
    return sent


def who_came_back(provider: OpenProvider) -> Identity:
    """Return whom the provider vouches for.

    Raises:
        OAuthError: it does not, or was never asked by this browser.
        JoseError: its ID token is not what it must be.
        ProviderFailed: it did not answer, or not in a shape that can be read.
    """
    with asking():
        issuer = provider.load_server_metadata()["issuer"]
        if request.args.get("iss", issuer) != issuer:  # RFC 9207
            raise OAuthError("mismatching_issuer")
        expected = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": provider.client_id},
        }
        answer = provider.authorize_access_token(claims_options=expected, leeway=LEEWAY)
        return Identity(issuer, answer["userinfo"]["sub"], g.next)


@contextmanager
def asking() -> Iterator[None]:
    """Turn whatever goes wrong at the provider into an error that is answered."""
    try:
        yield
    except (OAuthError, JoseError):
        raise
    except MISSHAPEN as error:
        # Not what it says: an address in it may hold a code.
        last = extract_tb(error.__traceback__)[-1]
        where = f"{last.filename}:{last.lineno}"
        logger.warning(
            "identity provider failed", kind=type(error).__name__, where=where
        )
        raise ProviderFailed(
            f"It did not answer as it should ({type(error).__name__}). {AGAIN}"
        ) from None
