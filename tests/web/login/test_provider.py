"""What the identity provider says is believed only where it is what was asked for."""

import time
from typing import Any

import pytest
from flask import Response
from joserfc.jwk import OctKey, RSAKey
from structlog.testing import capture_logs

from tests.web.login.lobby import Lobby, opened
from tests.web.login.openid import SECRET, STRANGERS, OpenId
from tests.web.login.refused import refused

NOW = int(time.time())


WRONG: list[dict[str, Any]] = [
    {"nonce": "another"},
    {"nonce": None},
    {"iss": "https://elsewhere.example"},
    {"iss": None},
    {"aud": "another-client"},
    {"aud": ["another-client"], "azp": "probity-office"},
    {"aud": None},
    {"exp": NOW - 300},
    {"exp": None},
    {"iat": NOW + 3000},
    {"nbf": NOW + 3000},
    {"sub": None},
    {"at_hash": "wrong"},
]


def test_an_id_token_that_claims_something_else_is_refused(
    hall: Lobby, openid: OpenId
) -> None:
    for claims in WRONG:
        openid.claims = claims
        assert refused(hall, openid) == (502, "not-logged-in"), claims


def test_an_id_token_by_another_key_is_refused(hall: Lobby, openid: OpenId) -> None:
    openid.key = STRANGERS

    assert refused(hall, openid) == (502, "not-logged-in")


def test_an_id_token_signed_with_the_clients_secret_is_refused(
    hall: Lobby, openid: OpenId
) -> None:
    """Whoever reads our settings could write one."""
    openid.says = {"id_token_signing_alg_values_supported": ["HS256", "none", "RS256"]}
    openid.key = OctKey.import_key(SECRET.ljust(32, "x"), {"kid": "rsa"})
    openid.header = {"alg": "HS256"}

    assert refused(hall, openid) == (502, "not-logged-in")


ERRORS = {
    "access_denied": 403,
    "login_required": 403,
    "server_error": 502,
    "<script>alert(1)</script>": 502,
}


def test_what_the_provider_refuses_is_said_in_our_words(
    hall: Lobby, openid: OpenId
) -> None:
    for error, status in ERRORS.items():
        openid.error = error
        guest = hall.guest()
        with capture_logs() as logs:
            response = guest.get(guest.come_back(openid))
        assert response.status_code == status, error
        assert response.get_json()["type"] == "urn:probity:problem:not-logged-in"
        assert "script" not in response.get_data(as_text=True) + str(logs)


SHAPES = {
    "html": Response("<html>busy</html>", status=200),
    "outage": Response("busy", status=503),
    "list": Response("[]", status=200, mimetype="application/json"),
    "no ID token": Response('{"access_token": "x"}', mimetype="application/json"),
    "no text": Response(
        '{"access_token": "x", "id_token": 7}', mimetype="application/json"
    ),
    "wrong secret": Response(
        '{"error": "invalid_client"}', 401, mimetype="application/json"
    ),
}


def test_an_answer_of_another_shape_is_the_providers_fault(
    hall: Lobby, openid: OpenId
) -> None:
    for name, sent in SHAPES.items():
        openid.sends = sent
        assert refused(hall, openid)[0] == 502, name


def test_a_provider_that_is_down_is_said_to_be(hall: Lobby, openid: OpenId) -> None:
    guest = hall.guest()
    address = guest.come_back(openid)
    assert openid.server is not None
    openid.server.shutdown()
    openid.server.server_close()

    half_way, before = guest.get(address), opened_again(hall).guest().get("/login")

    for response in (half_way, before):
        assert response.status_code == 502
        assert response.get_json()["type"] == "urn:probity:problem:provider-failed"
        assert "127.0.0.1" not in response.get_data(as_text=True)


def opened_again(hall: Lobby) -> Lobby:
    return opened(hall.office, provider=hall.entrance.settings.provider)


ODD: list[dict[str, Any]] = [
    {"issuer": "https://elsewhere.example"},
    {"issuer": None},
    {"authorization_endpoint": None},
    {"id_token_signing_alg_values_supported": ["HS256", "none"]},
]


def test_a_provider_that_says_odd_things_of_itself_is_not_believed(
    hall: Lobby, openid: OpenId
) -> None:
    for says in ODD:
        openid.says = says
        response = opened_again(hall).guest().get("/login")
        assert response.status_code == 502, says


def test_an_answer_that_names_another_issuer_is_refused(
    hall: Lobby, openid: OpenId
) -> None:
    """RFC 9207: or else one provider's code could be sent to another."""
    guest = hall.guest()

    response = guest.get(guest.come_back(openid) + "&iss=https://elsewhere.example")

    assert response.status_code == 400


def test_new_keys_of_the_provider_are_fetched(
    hall: Lobby, openid: OpenId, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = hall.guest()
    assert guest.get(guest.come_back(openid)).status_code == 303
    openid.key = RSAKey.generate_key(2048, {"kid": "new", "use": "sig"})
    monkeypatch.setattr("tests.web.login.openid.KEYS", {"RS256": openid.key})

    assert guest.get(guest.come_back(openid)).status_code == 303
