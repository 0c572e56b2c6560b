"""An identity provider on loopback, which checks what it is sent, or errs as told."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from werkzeug.serving import BaseWSGIServer, make_server

from web.login.settings import WELL_KNOWN, Provider

CLIENT, SECRET = "probity-office", "very-secret-of-the-client"
KEYS: dict[str, RSAKey | ECKey] = {
    "RS256": RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"}),
}
STRANGERS = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})


@dataclass
class OpenId:
    """What it does: `claims` replace those of its ID tokens, `says` those of itself.

    `error` is what it sends back in place of a code; `sends` answers the request for a
    token, whatever that is.
    """

    subject: str = "248289761001"
    algorithm: str = "RS256"
    key: Any = None
    claims: dict[str, Any] = field(default_factory=dict)
    says: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    sends: Response | None = None
    asked: list[Mapping[str, str]] = field(default_factory=list)
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    server: BaseWSGIServer | None = None

    @property
    def issuer(self) -> str:
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def provider(self) -> Provider:
        """Return it as an operator would write it into the settings."""
        return Provider(
            discovery=self.issuer + WELL_KNOWN, client=CLIENT, secret=SECRET
        )

    # What it answers.

    def metadata(self) -> Response:
        usual: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": list(KEYS),
        }
        said = {name: value for name, value in (usual | self.says).items() if value}
        return jsonify(said)

    def jwks(self) -> Response:
        return jsonify(KeySet(list(KEYS.values())).as_dict(private=False))

    def authorize(self) -> Response:
        """Send the browser back at once, as if somebody had logged in here."""
        sent = request.args.to_dict()
        self.asked.append(sent)
        assert sent["response_type"] == "code"
        assert sent["client_id"] == CLIENT
        assert sent["code_challenge_method"] == "S256"
        assert sent["scope"].split() == ["openid"]
        assert sent["redirect_uri"].endswith("/login/callback")
        back = {"state": sent["state"]}
        if self.error:
            back["error"] = self.error
        else:
            back["code"] = secrets.token_urlsafe()
            self.codes[back["code"]] = sent
        found = redirect(f"{sent['redirect_uri']}?{urlencode(back)}", 302)
        assert isinstance(found, Response)
        return found

    def token(self) -> Response:
        """Exchange a code, once, for who has the verifier of its challenge."""
        client = request.authorization
        assert client is not None
        assert (client.username, client.password) == (CLIENT, SECRET)
        if self.sends is not None:
            return self.sends
        begun = self.codes.pop(request.form["code"], None)
        if begun is None or not proven(begun, request.form):
            refused = jsonify(error="invalid_grant", error_description="tea-canary")
            refused.status_code = 400
            return refused
        return jsonify(
            access_token=secrets.token_urlsafe(),
            token_type="Bearer",  # noqa: S106  no secret
            id_token=self.id_token(begun["nonce"]),
        )

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        usual: dict[str, Any] = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
        }
        said = {k: v for k, v in (usual | self.claims).items() if v is not None}
        key: Any = self.key or KEYS[self.algorithm]
        header = {"alg": self.algorithm, "kid": key.kid, **self.header}
        return jwt.encode(header, said, key, algorithms=[header["alg"]])


def proven(begun: Mapping[str, str], sent: Mapping[str, str]) -> bool:
    digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    same = begun["redirect_uri"] == sent["redirect_uri"]
    return same and begun["code_challenge"] == challenge


@contextmanager
def running() -> Iterator[OpenId]:
    """Run one on a free port of this machine."""
    found = OpenId()
    app = Flask("openid")
    for rule, view in (
        (WELL_KNOWN, found.metadata),
        ("/jwks", found.jwks),
        ("/authorize", found.authorize),
    ):
        app.add_url_rule(rule, view_func=view)
    app.add_url_rule("/token", view_func=found.token, methods=["POST"])
    found.server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        found.server.shutdown()
        thread.join()
        found.server.server_close()
