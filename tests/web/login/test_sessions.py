"""Sessions: they expire, end, are never taken over, and follow the mandates."""

from datetime import timedelta

from projections.postgres.address import Address
from projections.sessions import Lifetimes
from tests.postgres import admin
from tests.web.login.lobby import Lobby, asks, opened
from tests.web.office import Office


def test_a_session_is_in_a_cookie_that_no_script_and_no_other_site_uses(
    lobby: Lobby,
) -> None:
    lobby.account("shen", "shen")

    response = lobby.guest().log_in("shen")

    (cookie,) = response.headers.getlist("Set-Cookie")
    name, _, rest = cookie.partition("=")
    parts = {part.strip() for part in rest.split(";")[1:]}
    assert name == "__Host-probity"
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_only_a_digest_of_the_secret_is_stored(lobby: Lobby, database: Address) -> None:
    guest = lobby.inside()

    assert guest.cookie is not None
    assert len(guest.cookie) == 43  # 256 bits
    with admin(database) as connection:
        rows = connection.execute("SELECT s::text FROM access.session AS s").fetchall()
    assert len(rows) == 1
    assert guest.cookie not in str(rows)


def test_a_declarant_reads_and_files_with_a_session_as_with_a_token(
    lobby: Lobby,
) -> None:
    name = lobby.office.shen.file()
    guest = lobby.inside()

    assert guest.get(f"/v1/disclosures/{name}").status_code == 200
    assert lobby.inside("li", "li").get(f"/v1/disclosures/{name}").status_code == 404


def test_a_session_that_is_not_used_expires(lobby: Lobby) -> None:
    guest = lobby.inside()
    lobby.clock.turn(minutes=29)
    assert asks(guest) == 200
    lobby.clock.turn(minutes=29)
    assert asks(guest) == 200

    lobby.clock.turn(minutes=30)
    response = guest.get("/v1/units/college")

    assert response.status_code == 401
    assert "has expired, since it was not used" in response.get_json()["detail"]
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert guest.get("/v1/session").status_code == 401


def test_a_session_that_is_always_used_expires_all_the_same(lobby: Lobby) -> None:
    guest = lobby.inside()
    for _ in range(35):
        lobby.clock.turn(minutes=20)
        assert asks(guest) == 200

    lobby.clock.turn(minutes=20)
    response = guest.get("/v1/units/college")

    assert response.status_code == 401
    assert "Your session has expired: log in again." in response.get_json()["detail"]


def test_how_long_a_session_lasts_can_be_set(office: Office) -> None:
    lifetimes = Lifetimes(idle=timedelta(minutes=5), whole=timedelta(minutes=8))
    lobby = opened(office, lifetimes=lifetimes)
    guest = lobby.inside()
    lobby.clock.turn(minutes=4)
    assert asks(guest) == 200
    lobby.clock.turn(minutes=4)
    assert asks(guest) == 401


def test_a_busy_session_costs_a_write_now_and_then_only(
    lobby: Lobby, database: Address
) -> None:
    guest = lobby.inside()
    with admin(database) as connection:
        seen = "SELECT seen_at FROM access.session"
        before = connection.execute(seen).fetchone()
        lobby.clock.turn(seconds=30)
        assert asks(guest) == 200
        assert connection.execute(seen).fetchone() == before
        lobby.clock.turn(seconds=31)
        assert asks(guest) == 200
        assert connection.execute(seen).fetchone() != before


def test_each_login_has_a_session_of_its_own_and_ends_the_one_before(
    lobby: Lobby,
) -> None:
    """Fixation: what a browser had before it logged in is worth nothing after."""
    guest = lobby.inside()
    before = guest.cookie
    assert guest.log_in("shen").status_code == 200

    assert guest.cookie != before
    thief = lobby.guest()
    assert before is not None
    thief.client.set_cookie("__Host-probity", before, domain="localhost", secure=True)
    response = thief.get("/v1/session")
    assert response.status_code == 401
    assert "has ended" in response.get_json()["detail"]


def test_a_secret_that_somebody_planted_does_not_become_a_session(
    lobby: Lobby,
) -> None:
    lobby.account("shen", "shen")
    guest = lobby.guest()
    planted = "A" * 43
    guest.client.set_cookie("__Host-probity", planted, domain="localhost", secure=True)
    assert "is unknown" in guest.get("/v1/session").get_json()["detail"]

    assert guest.log_in("shen").status_code == 200

    assert guest.cookie not in (None, planted)


def test_who_logs_out_is_out_and_so_is_a_copy_of_the_cookie(lobby: Lobby) -> None:
    guest, copy = lobby.inside(), lobby.guest()
    assert guest.cookie is not None
    copy.client.set_cookie(
        "__Host-probity", guest.cookie, domain="localhost", secure=True
    )
    assert asks(copy) == 200

    response = guest.post("/logout")

    assert response.status_code == 204
    assert not guest.cookie
    assert "cookies" in response.headers["Clear-Site-Data"]
    assert (asks(guest), asks(copy)) == (401, 401)
    assert guest.post("/logout").status_code == 204
    assert copy.post("/logout").status_code == 204


def test_a_locked_account_is_out_at_once_and_comes_in_again_when_unlocked(
    lobby: Lobby,
) -> None:
    guest = lobby.inside()
    with lobby.app.app_context():
        lobby.entrance.accounts.lock("shen", by="test")

    response = guest.get("/v1/units/college")

    assert response.status_code == 401
    assert "of an account that is locked" in response.get_json()["detail"]
    problem = lobby.guest().log_in("shen").get_json()
    assert (problem["status"], problem["title"]) == (403, "This account is locked")
    with lobby.app.app_context():
        lobby.entrance.accounts.unlock("shen")
    assert asks(guest) == 200


def test_all_sessions_of_an_account_can_be_ended(lobby: Lobby) -> None:
    first, other = lobby.inside(), lobby.inside("li", "li")
    second = lobby.guest()
    second.log_in("shen")
    with lobby.app.app_context():
        sessions = lobby.entrance.sessions
        assert sessions.end_all("shen", lobby.clock(), by="test") == 2

    assert [asks(guest) for guest in (first, second, other)] == [401, 401, 200]
