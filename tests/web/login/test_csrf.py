"""What comes with a cookie has to be meant: the CSRF token."""

from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.web.login.lobby import HERE, PASSWORD, Lobby

WEDDING = {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}
CHANGE = "/v1/session/grant"
NONE = {"mandate": None}


def test_a_change_with_a_cookie_takes_the_token_of_that_session(lobby: Lobby) -> None:
    guest, other = lobby.inside(), lobby.inside("li", "li")

    for token in ("", "nonsense", other.csrf, guest.csrf[:-1]):
        response = guest.client.post(
            CHANGE, json=NONE, base_url=HERE, headers={"X-CSRFToken": token}
        )
        assert response.status_code == 403, token
        problem = response.get_json()
        assert problem["type"] == "urn:probity:problem:unconfirmed"
        assert "GET /v1/session in the header X-CSRFToken" in problem["detail"]
    assert guest.post(CHANGE, NONE).status_code == 200


def test_a_filing_with_a_cookie_takes_it_too(lobby: Lobby) -> None:
    guest = lobby.inside()
    plain = guest.client.post("/v1/disclosures", json=WEDDING, base_url=HERE)

    assert plain.status_code == 403
    assert guest.post("/v1/disclosures", WEDDING).status_code == 201


def test_nobody_is_logged_out_by_another_site(lobby: Lobby) -> None:
    guest = lobby.inside()

    assert guest.client.post("/logout", base_url=HERE).status_code == 403
    assert guest.get("/v1/session").status_code == 200


def test_reading_takes_no_token(lobby: Lobby) -> None:
    assert lobby.inside().get("/v1/units/college").status_code == 200


def test_a_token_of_the_api_is_enough_and_so_needs_none(lobby: Lobby) -> None:
    guest = lobby.inside()
    sent = {"Authorization": f"Bearer {lobby.office.shen.token}"}

    response = guest.client.post(
        "/v1/disclosures", json=WEDDING, base_url=HERE, headers=sent
    )

    assert response.status_code == 201


def test_the_token_stays_good_while_the_session_is_and_shows_anew_each_time(
    lobby: Lobby,
) -> None:
    guest = lobby.inside()
    first = guest.csrf
    guest.me()

    assert guest.post(CHANGE, NONE, headers={"X-CSRFToken": first}).status_code == 200
    guest.log_in("shen")
    assert guest.post(CHANGE, NONE, headers={"X-CSRFToken": first}).status_code == 403
    assert guest.post(CHANGE, NONE).status_code == 200


SENDERS: list[tuple[dict[str, str], int]] = [
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "https://elsewhere.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Sec-Fetch-Site": "same-origin", "Origin": HERE}, 200),
    ({"Sec-Fetch-Site": "none"}, 200),
    ({}, 200),
]


def test_nobody_is_logged_in_by_another_site(lobby: Lobby) -> None:
    lobby.account("shen", "shen")
    for headers, status in SENDERS:
        response = lobby.guest().log_in("shen", PASSWORD, headers=headers)
        assert response.status_code == status, headers
