"""Logging in with an identity provider: OpenID Connect, code flow, PKCE, nonce."""

import logging

import pytest
from structlog.testing import capture_logs

from tests.web.login.lobby import HERE, Lobby, opened
from tests.web.login.openid import SECRET, OpenId
from tests.web.login.refused import refused
from tests.web.office import Office
from web.login.settings import Provider


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_whom_the_provider_vouches_for_is_let_in(
    hall: Lobby, openid: OpenId, algorithm: str
) -> None:
    openid.algorithm = algorithm
    guest = hall.guest()

    back = guest.get(guest.come_back(openid, "/login?next=/docs?a=b"))

    assert (back.status_code, back.headers["Location"]) == (303, "/docs?a=b")
    assert guest.me()["account"] == "shen"
    assert (guest.me()["way"], guest.me()["acting"]["role"]) == ("oidc", "declarant")


def test_what_is_sent_is_random_each_time_and_the_verifier_stays_here(
    hall: Lobby, openid: OpenId
) -> None:
    for _ in "12":
        guest = hall.guest()
        guest.get(guest.come_back(openid))

    first, second = openid.asked
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
        assert len(first[name]) >= 20
    assert "code_verifier" not in first


def test_an_identity_that_nobody_is_bound_to_is_told_so_and_gets_no_account(
    hall: Lobby, openid: OpenId
) -> None:
    openid.subject = "a-stranger"
    guest = hall.guest()

    response = guest.get(guest.come_back(openid))

    assert response.status_code == 403
    problem = response.get_json()
    assert problem["type"] == "urn:probity:problem:unknown-identity"
    assert "'a-stranger'" in problem["detail"]
    assert openid.issuer in problem["detail"]
    assert "bind-oidc" in problem["detail"]
    with hall.app.app_context():
        assert [one.name for one in hall.entrance.accounts.list()] == ["shen"]


def test_a_locked_account_is_not_let_in(hall: Lobby, openid: OpenId) -> None:
    with hall.app.app_context():
        hall.entrance.accounts.lock("shen", by="test")

    assert refused(hall, openid) == (403, "locked")


def test_an_answer_to_another_browser_is_none(hall: Lobby, openid: OpenId) -> None:
    mine, theirs = hall.guest(), hall.guest()
    address = theirs.come_back(openid)

    response = mine.get(address)

    assert response.status_code == 400
    assert mine.cookie is None
    assert theirs.get(address).status_code == 303


def test_an_answer_with_a_wrong_state_is_none(hall: Lobby, openid: OpenId) -> None:
    guest = hall.guest()
    path, _, query = guest.come_back(openid).partition("?")
    code = next(part for part in query.split("&") if part.startswith("code="))

    for wrong in ("state=wrong", "", "state=%F0%28"):
        response = guest.get(f"{path}?{code}&{wrong}")
        assert response.status_code == 400, wrong
        assert "Begin again at /login" in response.get_json()["detail"]
    assert guest.cookie is None


def test_an_answer_is_good_once(hall: Lobby, openid: OpenId) -> None:
    guest = hall.guest()
    address = guest.come_back(openid)

    assert guest.get(address).status_code == 303
    assert guest.get(address).status_code == 400


def test_an_answer_that_comes_too_late_is_none(hall: Lobby, openid: OpenId) -> None:
    guest = hall.guest()
    address = guest.come_back(openid)
    hall.clock.turn(minutes=10)

    assert guest.get(address).status_code == 400


def test_a_code_that_was_used_before_is_refused_by_the_provider(
    hall: Lobby, openid: OpenId
) -> None:
    victim, thief = hall.guest(), hall.guest()
    used = victim.come_back(openid)
    assert victim.get(used).status_code == 303
    (code,) = [p for p in used.partition("?")[2].split("&") if p.startswith("code=")]
    own = thief.come_back(openid)
    (state,) = [p for p in own.partition("?")[2].split("&") if p.startswith("state=")]

    response = thief.get(f"/login/callback?{code}&{state}")

    assert response.status_code == 400
    assert "takes its code no more" in response.get_json()["detail"]
    assert "tea-canary" not in response.get_data(as_text=True)


def test_a_stolen_code_is_of_no_use_without_the_verifier(
    hall: Lobby, openid: OpenId
) -> None:
    victim, thief = hall.guest(), hall.guest()
    stolen = victim.come_back(openid).partition("?")[2].split("&")
    own = thief.come_back(openid).partition("?")[2].split("&")
    (code,) = [part for part in stolen if part.startswith("code=")]
    (state,) = [part for part in own if part.startswith("state=")]

    assert thief.get(f"/login/callback?{code}&{state}").status_code == 400
    assert thief.cookie is None


def test_no_secret_of_a_login_is_written_to_a_log(
    hall: Lobby, openid: OpenId, caplog: pytest.LogCaptureFixture
) -> None:
    guest = hall.guest()
    with caplog.at_level(logging.DEBUG), capture_logs() as logs:
        address = guest.come_back(openid)
        guest.get(address)
        openid.claims = {"nonce": "another"}
        guest.get(guest.come_back(openid))

    written = caplog.text + str(logs)
    code = next(p for p in address.split("&") if "code=" in p).partition("code=")[2]
    assert "login refused" in written
    assert guest.cookie
    for secret in (SECRET, code, guest.cookie, "code_verifier"):
        assert secret not in written


def test_settings_do_not_show_the_secret(openid: OpenId) -> None:
    assert SECRET not in repr(openid.provider)
    assert isinstance(openid.provider, Provider)


def test_without_a_provider_the_page_says_where_to_log_in(lobby: Lobby) -> None:
    for path in ("/login", "/login/callback?code=a&state=b"):
        response = lobby.guest().get(path)
        assert response.status_code == 404
        assert "/login/password" in response.get_json()["detail"]


def test_nobody_is_sent_elsewhere_after_logging_in(hall: Lobby) -> None:
    for place in ("https://elsewhere.example", "//e.example", "/\\e", "", "/\t/e"):
        response = hall.guest().get("/login", query_string={"next": place})
        assert response.status_code == 400, place


def test_the_provider_sends_people_back_to_the_address_that_is_set(
    office: Office, openid: OpenId
) -> None:
    found = opened(office, provider=openid.provider, url="https://probity.example/x")
    guest = found.guest()
    guest.client.get("/login", base_url=HERE, headers={"Host": "evil.example"})
    guest.come_back(openid)

    (sent,) = openid.asked
    assert sent["redirect_uri"] == "https://probity.example/x/login/callback"
