"""An office at work: the application on a real database, and callers with tokens."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.receipt import entry_of
from domain.record import Actor, Command, Recorded
from domain.sealing import seal_all
from projections.models import live_models
from projections.postgres.address import Address
from projections.projector import Projector
from projections.tokens import Wanted
from tests.domain.cast import (
    CARDS,
    DISCLOSURES,
    INSTANT,
    LEAVING,
    PERSONAL,
    V1,
    V2,
    prepared,
)
from tests.domain.papers import wedding
from tests.memory import in_memory
from tests.postgres import as_role
from tests.spec import Scenario
from web import create_app
from web.login.entrance import EXTENSION, Entrance
from web.wiring import Desk, Settings, open_desk, wire

LAW = (V1, V2, PERSONAL, LEAVING, CARDS, DISCLOSURES)


SCHEDULER = Actor(id="scheduler", role="scheduler")
# Applications without a desk: to make one takes longer than most tests do.
IDLE: list[Flask] = []


@dataclass
class Caller:
    """Somebody with a token, who asks over HTTP."""

    client: FlaskClient
    token: str

    def get(self, path: str, *, has: str | None = None, **query: Any) -> TestResponse:
        """Ask for what is at the path; `has` is the ETag of what the caller has."""
        sent = {"Authorization": f"Bearer {self.token}"}
        sent |= {"If-None-Match": has} if has else {}
        return self.client.get(path, headers=sent, query_string=query or None)

    def post(
        self,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        seen: int | None = None,
        key: str | None = None,
        **more: Any,
    ) -> TestResponse:
        """Send a command; `seen` is the version that was read, `key` makes it safe."""
        sent = {"Authorization": f"Bearer {self.token}"}
        sent |= {"If-Match": f'"{seen}"'} if seen is not None else {}
        sent |= {"Idempotency-Key": key} if key is not None else {}
        more.setdefault("json", body or {}) if "data" not in more else None
        return self.client.post(path, headers=sent | more.pop("headers", {}), **more)

    def file(self, *items: Mapping[str, Any], **more: Any) -> str:
        """File a report on a wedding, unless told otherwise; return its id."""
        body = {"rulebook": INSTANT, "rule": "wedding", "items": items or [wedding()]}
        response = self.post("/v1/disclosures", body | more)
        assert response.status_code == 201, response.get_json()
        return str(response.get_json()["id"])

    def read(self, path: str, **query: Any) -> Any:
        """Return what is shown at the path; it must be."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.get_json()
        return response.get_json()

    def do(self, path: str, body: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """Change what the path begins with, as it is now; it must be taken."""
        thing = "/".join(path.split("/")[:4])
        seen = self.read(thing)["version"]
        response = self.post(path, body, seen=seen, **more)
        assert response.status_code in (200, 201), response.get_json()
        return response.get_json()


@dataclass
class Office:
    """The police department of `tests.domain.cast`, reached over HTTP."""

    app: Flask
    desk: Desk
    projector: Projector
    callers: dict[tuple[str, ...], Caller] = field(default_factory=dict)

    def caller(self, role: str, person: str | None = None, unit: str = "") -> Caller:
        """Return somebody with this role; declarants and judges need a `person`."""
        who = (role, person or "", unit)
        if who not in self.callers:
            wanted = Wanted(
                role=role,
                label=person or f"the {role}",
                person=person,
                unit=unit or None,
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
            token = self.desk.tokens.issue(wanted, by="test")
            self.callers[who] = Caller(self.app.test_client(), token)
        return self.callers[who]

    @property
    def shen(self) -> Caller:
        """Return the declarant who files in most tests."""
        return self.caller("declarant", "shen")

    @property
    def wang(self) -> Caller:
        """Return the certifier, who is nobody's superior and nobody's relative."""
        return self.caller("certifier", "wang")

    def act(self, *commands: Command[Any]) -> None:
        """Carry out what the clock or an importer would; none may be refused."""
        at = datetime.now(UTC)
        for command in commands:
            self.desk.casework.handle(command, by=SCHEDULER, at=at)

    def size(self) -> int:
        return self.desk.casework.recorder.max_notification_id() or 0


@cache
def founding() -> tuple[tuple[Recorded[Any], int], ...]:
    """Return the events by which the department, its people and its law came to be."""
    events = Scenario(in_memory(prepared(LAW, cast=True))).log()
    return tuple((event, event.recorded_at.year) for event in events)


@contextmanager
def application(desk: Desk) -> Iterator[Flask]:
    """Lend an application with a desk, and with nothing of whoever had it before."""
    app = IDLE.pop() if IDLE else create_app()
    entrance: Entrance = app.extensions[EXTENSION]
    wire(app, Settings(), desk)
    yield app
    entrance.limiter.reset()
    app.extensions[EXTENSION] = entrance
    IDLE.append(app)


@contextmanager
def at_work(database: Address) -> Iterator[Office]:
    """Open an office on the database, with all that is in `founding`."""
    desk = open_desk(database.url)
    with as_role(database, "probity_projector") as connection:
        sealed, keys = seal_all(founding(), desk.vault)
        desk.log.append([entry_of(event) for event in sealed], (), keys)
        projector = Projector(connection, live_models(desk.vault))
        try:
            with application(desk) as app:
                yield Office(app, desk, projector)
        finally:
            desk.close()
