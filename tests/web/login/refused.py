"""How an answer of the provider is refused."""

from tests.web.login.lobby import Lobby
from tests.web.login.openid import OpenId


def refused(hall: Lobby, openid: OpenId) -> tuple[int, str]:
    """Return what becomes of a login that must fail: no session comes of it."""
    guest = hall.guest()
    response = guest.get(guest.come_back(openid))
    assert response.mimetype == "application/problem+json"
    assert guest.cookie is None
    assert "Traceback" not in response.get_data(as_text=True)
    return response.status_code, response.get_json()["type"].rpartition(":")[2]
