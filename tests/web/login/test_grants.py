"""Under which grant somebody acts who has logged in, and when it ends."""

from datetime import timedelta
from uuid import UUID

from domain.mandating import EndMandate, GiveMandate
from domain.record import Actor
from projections.postgres.address import Address
from tests.postgres import admin
from tests.web.login.lobby import Lobby, asks

CHIEF = Actor(id="chief", role="admin")


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
