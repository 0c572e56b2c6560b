"""Sessions: they expire, end, are never taken over, and follow the mandates."""

from datetime import timedelta
from uuid import UUID

from domain.mandating import EndMandate, GiveMandate
from domain.record import Actor
from projections.postgres.address import Address
from projections.sessions import Lifetimes
from tests.postgres import admin
from tests.web.login.lobby import Guest, Lobby, opened
from tests.web.office import Office

CHIEF = Actor(id="chief", role="admin")


def asks(guest: Guest) -> int:
    """Return what the guest is answered who asks what everybody may."""
    return guest.get("/v1/units/college").status_code


def give(lobby: Lobby, mandate: str, actor: str, role: str = "auditor") -> None:
    command = GiveMandate(
        actor=actor,
        mandate=mandate,
        role=role,
        unit="department",
        until=lobby.clock() + timedelta(hours=2),
        basis="order 1",
    )
    lobby.office.desk.casework.handle(command, by=CHIEF, at=lobby.clock())


def end(lobby: Lobby, mandate: str, actor: str) -> None:
    command = EndMandate(actor=actor, mandate=mandate, reason="moved on")
    lobby.office.desk.casework.handle(command, by=CHIEF, at=lobby.clock())


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


# Which grant


def test_a_person_is_a_declarant_and_says_so_who_acts_under_a_mandate(
    lobby: Lobby,
) -> None:
    give(lobby, "m-1", "wang")
    guest = lobby.inside("wang", "wang")

    me = guest.me()
    assert me["acting"]["role"] == "declarant"
    assert [one["mandate"] for one in me["grants"]] == [None, "m-1"]
    assert guest.get("/v1/tokens").status_code == 403

    chosen = guest.post("/v1/session/grant", {"mandate": "m-1"}).get_json()
    assert (chosen["acting"]["role"], chosen["actor"]) == ("auditor", "wang")
    assert chosen["acting"]["unit"] == "department"
    assert guest.get("/v1/tokens").status_code == 200

    back = guest.post("/v1/session/grant", {"mandate": None}).get_json()
    assert back["acting"]["role"] == "declarant"
    assert guest.get("/v1/tokens").status_code == 403


def test_s5_05_a_mandate_that_ends_gives_nothing_from_the_next_request_on(
    lobby: Lobby,
) -> None:
    give(lobby, "m-1", "wang")
    guest = lobby.inside("wang", "wang")
    guest.post("/v1/session/grant", {"mandate": "m-1"})
    assert guest.get("/v1/tokens").status_code == 200

    end(lobby, "m-1", "wang")
    response = guest.get("/v1/tokens")

    assert response.status_code == 403
    assert "m-1 under which you acted has ended" in response.get_json()["detail"]
    assert guest.me()["acting"] is None
    assert guest.post("/v1/session/grant", {"mandate": "m-1"}).status_code == 403
    assert guest.post("/v1/session/grant", {"mandate": None}).status_code == 200
    assert asks(guest) == 200


def test_s5_05_a_mandate_that_expires_gives_nothing_from_then_on(lobby: Lobby) -> None:
    give(lobby, "m-1", "account:desk")
    guest = lobby.inside("desk", None)
    assert guest.get("/v1/tokens").status_code == 200

    statuses = []
    for _ in range(6):
        lobby.clock.turn(minutes=20)
        statuses.append(guest.get("/v1/tokens").status_code)

    assert statuses == [200, 200, 200, 200, 200, 403]
    assert guest.me()["grants"] == []


def test_who_has_one_mandate_and_no_file_acts_under_it(lobby: Lobby) -> None:
    give(lobby, "m-1", "account:desk", "hr")
    guest = lobby.inside("desk", None)

    assert guest.me()["acting"]["mandate"] == "m-1"
    assert guest.me()["actor"] == "account:desk"
    response = guest.post("/v1/session/grant", {"mandate": None})
    assert "you do not have a personnel number" in response.get_json()["detail"]


def test_who_has_several_mandates_has_to_choose(lobby: Lobby) -> None:
    give(lobby, "m-1", "account:desk", "hr")
    give(lobby, "m-2", "account:desk", "auditor")
    guest = lobby.inside("desk", None)

    response = guest.get("/v1/units/college")

    assert response.status_code == 403
    assert "choose one with POST /v1/session/grant" in response.get_json()["detail"]
    assert guest.me()["acting"] is None
    guest.post("/v1/session/grant", {"mandate": "m-2"})
    assert asks(guest) == 200


def test_who_has_no_mandate_may_look_at_their_session_and_no_more(
    lobby: Lobby,
) -> None:
    guest = lobby.inside("nobody", None)

    assert (guest.me()["grants"], guest.me()["acting"]) == ([], None)
    response = guest.get("/v1/units/college")
    assert response.status_code == 403
    assert "you have no mandate" in response.get_json()["detail"]


def test_an_account_cannot_act_as_a_person_by_its_name(lobby: Lobby) -> None:
    give(lobby, "m-1", "wang")
    guest = lobby.inside("wang", None)

    assert guest.me()["actor"] == "account:wang"
    assert guest.me()["grants"] == []


def test_what_is_recorded_names_the_person_and_not_the_account(lobby: Lobby) -> None:
    give(lobby, "m-1", "wang", "hr")
    guest = lobby.inside("w.wang", "wang")
    guest.post("/v1/session/grant", {"mandate": "m-1"})

    made = guest.post("/v1/units", {"code": "new", "name": "New", "parent": "college"})

    assert made.status_code == 201, made.get_json()
    stream = UUID(made.get_json()["stream"])
    (event,) = lobby.office.desk.casework.history(stream)
    assert (event.actor.id, event.actor.role) == ("wang", "hr")


# Tokens beside it


def test_a_token_that_is_sent_counts_and_a_cookie_beside_it_does_not(
    lobby: Lobby,
) -> None:
    guest = lobby.inside()
    auditor = lobby.office.caller("auditor")

    for token, way in ((auditor.token, "token"), ("prb_000000000000_x", None)):
        sent = {"Authorization": f"Bearer {token}"}
        answer = guest.get("/v1/session", headers=sent).get_json()
        assert answer.get("way") == way
    assert guest.get("/v1/session", headers={"Authorization": "Basic eA=="}).status == (
        "401 UNAUTHORIZED"
    )


def test_a_token_shows_what_it_grants_and_neither_chooses_nor_logs_out(
    lobby: Lobby,
) -> None:
    shen = lobby.office.shen

    me = shen.read("/v1/session")
    assert (me["actor"], me["way"], me["account"]) == ("shen", "token", None)
    assert (me["acting"]["role"], me["csrf_token"]) == ("declarant", None)
    assert shen.post("/v1/session/grant", {"mandate": None}).status_code == 403
    assert shen.post("/logout").status_code == 403


def test_a_token_that_has_expired_or_was_revoked_is_told_so(
    lobby: Lobby, database: Address
) -> None:
    gone, old = lobby.office.caller("hr"), lobby.office.caller("clerk")
    tokens = lobby.office.desk.tokens
    tokens.revoke(gone.token.split("_")[1], by="test")
    with admin(database) as connection:
        connection.execute(
            "UPDATE access.token SET expires_at = now() WHERE role = 'clerk'"
        )

    for caller, said in ((gone, "was revoked"), (old, "has expired")):
        response = caller.get("/v1/units/college")
        assert response.status_code == 401
        assert said in response.get_json()["detail"]
    for token in (gone.token + "x", "prb_000000000000_x", "nonsense"):
        sent = {"Authorization": f"Bearer {token}"}
        response = lobby.guest().get("/v1/units/college", headers=sent)
        assert "Send a valid token" in response.get_json()["detail"]
