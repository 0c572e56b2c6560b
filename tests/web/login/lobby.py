"""The lobby: an application with an entrance, a clock that a test turns, and guests."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from projections.accounts import Account
from tests.web.login.openid import OpenId
from tests.web.office import Office
from web import create_app
from web.login.entrance import EXTENSION, Entrance
from web.login.passwords import Passwords
from web.login.settings import LoginSettings
from web.wiring import Settings

PASSWORD = "correct horse battery staple"  # noqa: S105  of nobody
HERE = "https://localhost"
# The real costs are what tests/web/login/test_passwords.py is about.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Clock:
    """Stands still until it is turned."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Guest:
    """Somebody with a browser; `csrf` is the token that their last page showed."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, base_url=HERE, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        sent = more.pop("headers", {})
        sent = {"X-CSRFToken": self.csrf} | sent if self.csrf else sent
        return self.client.post(path, json=body, base_url=HERE, headers=sent, **more)

    def log_in(self, name: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        body = {"name": name, "password": password}
        response = self.client.post("/login/password", json=body, base_url=HERE, **more)
        if response.status_code == 200:
            self.csrf = response.get_json()["csrf_token"]
        return response

    def come_back(self, openid: OpenId, path: str = "/login") -> str:
        """Go to the identity provider; return the address where it sends us back."""
        away = self.get(path)
        assert away.status_code == 302, away.get_json()
        assert away.headers["Location"].startswith(openid.issuer)
        back = requests.get(away.headers["Location"], allow_redirects=False, timeout=10)
        assert back.status_code == 302
        place = urlsplit(back.headers["Location"])
        return f"{place.path}?{place.query}"

    def me(self) -> Any:
        """Return what the register says of who asks; it must know them."""
        response = self.get("/v1/session")
        assert response.status_code == 200, response.get_json()
        self.csrf = response.get_json()["csrf_token"]
        return response.get_json()

    @property
    def cookie(self) -> str | None:
        found = self.client.get_cookie("__Host-probity", domain="localhost")
        return found.value if found else None


@dataclass
class Lobby:
    """An office whose people log in."""

    office: Office
    app: Flask
    clock: Clock

    @property
    def entrance(self) -> Entrance:
        found: Entrance = self.app.extensions[EXTENSION]
        return found

    def guest(self) -> Guest:
        return Guest(self.app.test_client())

    def account(
        self, name: str, person: str | None = None, *, password: str = PASSWORD
    ) -> Account:
        """Add an account with a password."""
        with self.app.app_context():
            accounts = self.entrance.accounts
            accounts.add(name, person=person, by="test")
            hashed = self.entrance.passwords.hash(password)
            accounts.set_password(name, hashed, by="test")
            return accounts.get(name)

    def bind(self, name: str, openid: OpenId) -> None:
        with self.app.app_context():
            bound = (name, openid.issuer, openid.subject)
            self.entrance.accounts.bind(*bound, by="test")

    def inside(self, name: str = "shen", person: str | None = "shen") -> Guest:
        """Return somebody who has an account and has logged in."""
        self.account(name, person)
        guest = self.guest()
        assert guest.log_in(name).status_code == 200
        return guest


def opened(office: Office, **settings: Any) -> Lobby:
    """Open the office to people who log in, with these settings where any are given."""
    app = office.app
    if settings:
        app = create_app(Settings(login=LoginSettings(**settings)), desk=office.desk)
    lobby = Lobby(office, app, Clock())
    app.extensions[EXTENSION] = replace(
        lobby.entrance, clock=lobby.clock, passwords=Passwords(CHEAP)
    )
    return lobby


def asks(guest: Guest) -> int:
    """Return what the guest is answered who asks what everybody may."""
    return guest.get("/v1/units/college").status_code
