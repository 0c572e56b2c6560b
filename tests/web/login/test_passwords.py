"""Passwords: Argon2id, at the same cost for everybody, and ever more slowly."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from structlog.testing import capture_logs

from domain.errors import Invalid
from projections.logins import Patience
from projections.postgres.address import Address
from tests.postgres import admin
from tests.web.login.lobby import HERE, PASSWORD, Lobby, opened
from tests.web.office import Office
from web.login.passwords import Passwords

WRONG = "wrong horse battery staple"


def test_passwords_are_hashed_as_rfc_9106_recommends() -> None:
    hashed = Passwords().hash(PASSWORD)

    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords().fits(PASSWORD, hashed)
    assert not Passwords().fits(WRONG, hashed)
    assert Passwords().hash(PASSWORD) != hashed


def test_who_has_no_password_is_checked_at_the_same_cost() -> None:
    found = Passwords()

    assert not found.fits(PASSWORD, None)
    assert not found.hasher.check_needs_rehash(found.nobodys)
    with pytest.raises(VerifyMismatchError):
        found.hasher.verify(found.nobodys, PASSWORD)


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    found = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

    assert found.fits(
        "e\u0301tude in the morning", found.hash("\xe9tude in the morning")
    )


@pytest.mark.parametrize("password", ["", "fourteen chars", "x" * 1025])
def test_a_password_that_is_too_short_or_too_long_is_refused(password: str) -> None:
    with pytest.raises(Invalid, match="15 to 1024 characters"):
        Passwords().hash(password)


def test_a_hash_that_is_none_fits_no_password() -> None:
    assert not Passwords().fits(PASSWORD, "$argon2id$broken")


def test_a_right_password_lets_in_whatever_the_case_of_the_name(lobby: Lobby) -> None:
    lobby.account("shen", "shen")

    response = lobby.guest().log_in(" Shen ")

    assert response.status_code == 200
    assert response.get_json()["account"] == "shen"
    assert response.get_json()["way"] == "password"


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(lobby: Lobby) -> None:
    lobby.account("shen", "shen")
    with lobby.app.app_context():
        lobby.entrance.accounts.add("li", person="li", by="test")

    answers = [
        lobby.guest().log_in(name, password)
        for name, password in (("shen", WRONG), ("nobody", PASSWORD), ("li", PASSWORD))
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.get_data() for answer in answers}) == 1
    assert "Set-Cookie" not in answers[0].headers


@pytest.mark.parametrize("name", ["shen", "there-is-no-such-account"])
def test_after_several_wrong_passwords_even_the_right_one_waits(
    lobby: Lobby, name: str
) -> None:
    """Of an account that does not exist nobody learns that from it."""
    lobby.account("shen", "shen")
    guest = lobby.guest()
    for _ in range(5):
        assert guest.log_in(name, WRONG).status_code == 401

    response = guest.log_in(name)

    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
    assert response.get_json()["type"] == "urn:probity:problem:too-often"
    lobby.clock.turn(seconds=30)
    assert guest.log_in(name, WRONG).status_code == 401
    assert guest.log_in(name).headers["Retry-After"] == "60"
    lobby.clock.turn(seconds=60)
    assert guest.log_in(name).status_code == (200 if name == "shen" else 401)


def test_the_wait_grows_up_to_a_limit_and_is_forgotten_after_a_day(
    lobby: Lobby,
) -> None:
    lobby.account("shen", "shen")
    guest = lobby.guest()
    waits = []
    for _ in range(40):
        response = guest.log_in("shen", WRONG)
        if response.status_code == 429:
            waits.append(int(response.headers["Retry-After"]))
            lobby.clock.turn(seconds=waits[-1])

    assert waits[:6] == [30, 60, 120, 240, 480, 900]
    assert set(waits[6:]) == {900}
    lobby.clock.turn(days=1, seconds=1)
    for _ in range(5):
        assert guest.log_in("shen", WRONG).status_code == 401


def test_who_comes_in_starts_afresh(lobby: Lobby, database: Address) -> None:
    lobby.account("shen", "shen")
    guest = lobby.guest()
    for password in (WRONG, WRONG, WRONG, WRONG, PASSWORD, WRONG, WRONG, PASSWORD):
        expected = 200 if password == PASSWORD else 401
        assert guest.log_in("shen", password).status_code == expected

    with admin(database) as connection:
        left = connection.execute("SELECT count(failures) FROM access.failure")
        assert left.fetchone() == (0,)


def test_how_patient_the_register_is_can_be_set(office: Office) -> None:
    once = timedelta(minutes=1)
    lobby = opened(office, patience=Patience(tries=1, wait=once, most=once))
    lobby.account("shen", "shen")
    guest = lobby.guest()
    for _ in "123":
        assert guest.log_in("shen", WRONG).status_code == 401
        assert guest.log_in("shen").headers["Retry-After"] == "60"
        lobby.clock.turn(minutes=1)


def test_another_name_does_not_wait(lobby: Lobby) -> None:
    lobby.account("shen", "shen")
    lobby.account("li", "li")
    for _ in range(6):
        lobby.guest().log_in("shen", WRONG)

    assert lobby.guest().log_in("shen").status_code == 429
    assert lobby.guest().log_in("li").status_code == 200


def test_a_hash_of_yesterdays_cost_is_renewed_when_its_holder_comes_in(
    lobby: Lobby,
) -> None:
    lobby.account("shen", "shen")
    lobby.entrance.passwords = Passwords(
        PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    )

    assert lobby.guest().log_in("shen").status_code == 200

    with lobby.app.app_context():
        assert "t=2" in str(lobby.entrance.accounts.password_of("shen"))
    assert lobby.guest().log_in("shen").status_code == 200


def test_no_password_is_written_to_a_log_or_repeated(lobby: Lobby) -> None:
    lobby.account("shen", "shen")
    with capture_logs() as logs:
        answers = [
            lobby.guest().log_in("shen", WRONG),
            lobby.guest().log_in(WRONG, "shen"),
            lobby.guest().log_in("shen", WRONG * 100),
            lobby.guest().log_in("shen"),
        ]

    text = str(logs) + "".join(answer.get_data(as_text=True) for answer in answers)
    assert "login refused" in text
    for secret in (WRONG, PASSWORD):
        assert secret not in text


def test_passwords_are_taken_over_tls_only(office: Office) -> None:
    lobby = opened(office)
    lobby.account("shen", "shen")
    body = {"name": "shen", "password": PASSWORD}
    client = lobby.app.test_client()

    for base in ("http://localhost", "http://127.0.0.1:8000"):
        response = client.post("/login/password", json=body, base_url=base)
        assert response.status_code == 403
        assert "PROBITY_LOOPBACK_HTTP" in response.get_json()["detail"]
    assert client.get("/login", base_url="http://localhost").status_code == 403


def test_without_tls_it_takes_a_setting_and_this_machine(office: Office) -> None:
    lobby = opened(office, loopback_http=True)
    lobby.account("shen", "shen")
    body = {"name": "shen", "password": PASSWORD}
    client = lobby.app.test_client()

    for base in (
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://[::1]:8000",
        "http://[::1]",
    ):
        response = client.post("/login/password", json=body, base_url=base)
        assert response.status_code == 200, base
        assert response.headers["Set-Cookie"].startswith("probity=")
        assert "Secure" not in response.headers["Set-Cookie"]
        assert client.get("/v1/session", base_url=base).status_code == 200
    far = client.post("/login/password", json=body, base_url="http://probity.example")
    assert far.status_code == 403


def test_what_is_no_login_names_the_field(lobby: Lobby) -> None:
    client = lobby.app.test_client()
    for body, field in (
        ({"name": "shen"}, "password"),
        ({"name": "", "password": "x"}, "name"),
        ({"name": "shen", "password": 7}, "password"),
    ):
        response = client.post("/login/password", json=body, base_url=HERE)
        assert response.status_code == 422
        assert response.get_json()["errors"][0]["field"] == field
    form = client.post("/login/password", data={"name": "shen"}, base_url=HERE)
    assert form.status_code == 415
