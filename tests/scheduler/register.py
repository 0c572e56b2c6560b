"""A register on a real database, with its projector and the scheduler at hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from psycopg.rows import dict_row

from domain.obligation import Obligation, obligation_stream
from domain.personnel import AssumePosition, RegisterPerson
from domain.record import Actor, Command, Fact, Recorded
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.unit import EstablishUnit
from projections import outbox
from projections.models import live_models
from projections.outbox_sealing import key_of, opened
from projections.postgres.address import Address, connect_as
from projections.projector import Projector
from projections.vault.keyring import open_vault
from scheduler.__main__ import ROLE, open_office
from scheduler.follower import follow
from scheduler.office import Office
from scheduler.settings import Settings
from scheduler.sweeping import sweep
from tests.postgres import admin, as_role

CLERK = Actor(id="office", role="clerk")
DRAFTER = Actor(id="steward 1", role="rulebook steward")
PUBLISHER = Actor(id="steward 2", role="rulebook steward")

RULEBOOK = """
id = "{id}"
version = {version}
effective_from = {effective_from}
timezone = "{timezone}"
labels = {{ en = "{id} rules" }}
ranks = ["section", "county", "provincial"]
legal_basis = [{{ cite = "Act on {id}" }}]

[populations]
staff = {{ any = true }}
seniors = {{ rank_at_least = "county" }}
retired_seniors = {{ status = ["retired"], last_rank_at_least = "provincial" }}
seniors_ever = {{ either = ["seniors", "retired_seniors"] }}
whoever = {{ any = true, status = ["serving", "retired", "left"] }}
"""
RULE = """
[[rules]]
id = "{id}"
category = "{id}"
label = "The {id} report"
trigger = "{trigger}"
mode = "notification"
population = "{population}"
recipient = "ethics office"
approval = {{ required = false }}
review = {{ within = "30d" }}
covers_sub_units = true
classes = {{ default = "confidential" }}
form = [{{ name = "matters" }}]
legal_basis = [{{ cite = "Act, on the {id} report" }}]
{more}
"""


def noon(day: str | date) -> datetime:
    """Return 12 o'clock (UTC) of a day."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time(12), tzinfo=UTC)


def rule(id_: str, trigger: str, more: str, *, population: str = "staff") -> str:
    return RULE.format(id=id_, trigger=trigger, more=more, population=population)


def rulebook(
    *rules: str,
    id: str = "ethics",  # noqa: A002  as the rulebook calls it
    version: int = 1,
    effective_from: str = "2010-01-01",
    timezone: str = "UTC",
    handling: str = "",
) -> str:
    """Return the text of a small, complete rulebook."""
    head = RULEBOOK.format(
        id=id, version=version, effective_from=effective_from, timezone=timezone
    )
    return head + f"\n[handling]\n{handling}\n" + "".join(rules)


@dataclass
class Register:
    """What a test does with the register, in the order in which it does it."""

    database: Address
    office: Office
    projector: Projector

    def act(self, at: datetime, *commands: Command[Any], by: Actor = CLERK) -> None:
        """Carry out commands; none may be refused."""
        for command in commands:
            self.office.casework.handle(command, by=by, at=at)

    def publish(
        self, at: datetime, text: str, name: str = "ethics", version: int = 1
    ) -> None:
        self.act(at, DraftRulebook(rulebook=name, text=text), by=DRAFTER)
        self.act(at, PublishRulebook(rulebook=name, version=version), by=PUBLISHER)

    def employ(self, at: datetime, *numbers: str, **post: Any) -> None:
        """Register people who take up a post, in `hq` and from 2010 unless said."""
        defaults = {"unit": "hq", "title": "Officer", "rank": "county"}
        held = {**defaults, "from_on": date(2010, 1, 1), **post}
        self.act(at, EstablishUnit(code="hq", name="Headquarters", parent=None))
        for number in numbers:
            fields = dict(held)
            email = fields.pop("email", f"{number}@example.org")
            name = fields.pop("name", f"Person {number}")
            self.act(
                at,
                RegisterPerson(number=number, name=name, email=email),
                AssumePosition(number=number, post=f"post of {number}", **fields),
            )

    def project(self) -> None:
        self.projector.catch_up()

    def settle(self, now: datetime) -> None:
        """Let reactions and sweeps run until they have nothing left to do."""
        done = True
        while done:
            followed = list(follow(self.office, now))
            self.project()
            done = bool([*followed, *sweep(self.office, now)])

    def with_settings(self, **settings: Any) -> Office:
        return replace(self.office, settings=Settings(**settings))

    def events(self, kind: type[Fact]) -> list[Recorded[Any]]:
        """Return all events of a kind, in the order of the log."""
        mapper = self.office.casework.mapper
        found = self.office.casework.recorder.select_notifications(
            None, 10**6, topics=[kind.TOPIC]
        )
        return [mapper.to_domain_event(notification) for notification in found]  # type: ignore[misc]

    def facts(self, kind: type[Fact]) -> list[Any]:
        return [event.fact for event in self.events(kind)]

    def obligation(
        self, person: str, rule_: str, key: str, book: str = "ethics"
    ) -> Any:
        stream = obligation_stream(person, book, rule_, key)
        return self.office.casework.look(Obligation(), stream)

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Return what the superuser sees."""
        with admin(self.database) as connection:
            cursor = connection.cursor(row_factory=dict_row)
            return cursor.execute(sql.encode(), values).fetchall()

    def mails(self) -> list[dict[str, Any]]:
        """Return all mail, with what is sealed in it opened as far as it opens."""
        found = self.rows(
            "SELECT id, message_id, kind, person, address, subject, body, state,"
            " attempts, next_attempt_at, last_error FROM work.outbox ORDER BY person"
        )
        return [mail | self.opened(mail) for mail in found]

    def opened(self, mail: dict[str, Any]) -> dict[str, str | None]:
        vault = self.office.casework.vault
        sealed = {name: mail[name] for name in outbox.CONTENTS if mail[name]}
        keys = vault.fetch({key_of(text) for text in sealed.values()})
        return {
            name: opened(keys[key_of(text)], mail["id"], name, text)
            for name, text in sealed.items()
            if key_of(text) in keys
        }


@contextmanager
def at_work(database: Address) -> Iterator[Register]:
    conninfo = connect_as(database.url, ROLE, name="test")
    office = open_office(conninfo, Settings())
    with office.pool, as_role(database, "probity_projector") as connection:
        models = live_models(open_vault(office.pool))
        yield Register(database, office, Projector(connection, models))
