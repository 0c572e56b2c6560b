"""A destroyed key opens nothing any more, and seals nothing that could be lost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError
from psycopg.errors import LockNotAvailable

from domain.casework import Casework
from domain.person import person_stream
from domain.personnel import CorrectIdentity, RegisterPerson
from domain.receipt import Entry
from domain.record import Actor
from domain.sealing import sealed_in
from domain.vault import KeyName
from projections.log import open_log
from projections.postgres.address import Address, connect_as
from projections.vault.destruction import destroy
from projections.vault.keyring import Keyring, open_vault
from projections.vault.wrapping import Given
from tests.postgres import as_role
from tests.projections.keys import ANN, ANNS_SON, BEN, KEK
from tests.projections.kinds import Connection


@pytest.fixture
def scheduler(database: Address) -> Iterator[Connection]:
    with as_role(database, "probity_scheduler") as connection:
        yield connection


# Destruction


def test_a_destroyed_key_opens_nothing_from_then_on_though_it_was_in_use(
    keyring: Keyring, scheduler: Connection
) -> None:
    keys = keyring.provide([ANN, ANNS_SON, BEN])

    assert destroy(scheduler, "P1") == 2
    assert destroy(scheduler, "P1") == 0

    ids = {name: key.id for name, key in keys.items()}
    assert keyring.fetch(ids.values()).keys() == {ids[BEN]}
    keyring.forget()
    assert keyring.provide([ANN])[ANN].id != ids[ANN]


def test_what_is_sealed_with_a_key_that_is_gone_is_sealed_anew_and_can_be_read(
    database: Address, scheduler: Connection
) -> None:
    log = open_log(connect_as(database.url, "probity_web", name="test"), size=2)
    casework = Casework(log, open_vault(log, Given([KEK], "the test")))
    clerk = Actor(id="H1", role="hr")
    ann = RegisterPerson(number="P1", name="Ann")
    casework.handle(ann, by=clerk, at=datetime.now(UTC))
    assert destroy(scheduler, "P1") == 1

    again = CorrectIdentity(number="P1", name="Anna")
    casework.handle(again, by=clerk, at=datetime.now(UTC))

    first, second = casework.read([person_stream("P1")])
    assert sealed_in(first.fact.name)
    assert second.fact.name == "Anna"
    log.pool.close()


def test_keys_are_destroyed_by_relative_and_by_year(
    keyring: Keyring, scheduler: Connection
) -> None:
    later = KeyName("P1", year=2020)
    keyring.provide([ANN, ANNS_SON, later, KeyName("P1", "son", 2020), BEN])

    assert destroy(scheduler, "P1", relative="son") == 2
    assert destroy(scheduler, "P1", relative="", year=2016) == 1
    assert destroy(scheduler, "P1", year=2020) == 1


@pytest.mark.parametrize("nobody", ["", None])
def test_the_offices_own_key_is_not_destroyed(
    scheduler: Connection, nobody: str
) -> None:
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="nobody"):
        destroy(scheduler, nobody)


def test_a_destruction_waits_for_what_is_just_being_sealed(
    keyring: Keyring, database: Address, scheduler: Connection
) -> None:
    id_ = keyring.provide([ANN])[ANN].id
    scheduler.execute("SET lock_timeout = '50ms'")

    with as_role(database, "probity_web") as web:
        web.autocommit = False
        assert web.execute("SELECT keys.hold(%s)", ([id_, uuid4()],)).fetchone() == (1,)
        with pytest.raises(LockNotAvailable):
            destroy(scheduler, "P1")
        web.commit()

    assert destroy(scheduler, "P1") == 1


def test_the_log_takes_nothing_that_was_sealed_with_a_key_that_is_gone(
    keyring: Keyring, database: Address, scheduler: Connection
) -> None:
    gone, kept = (keyring.provide([name])[name].id for name in (ANN, BEN))
    destroy(scheduler, "P1")
    log = open_log(connect_as(database.url, "probity_web", name="test"))
    entry = Entry(
        uuid4(), 1, "t", b"{}", event_id=uuid4(), recorded_at=datetime.now(UTC)
    )

    with log.pool:
        with pytest.raises(IntegrityError, match="a key was destroyed"):
            log.append([entry], keys=[kept, gone])
        assert log.append([entry], keys=[kept]) == 0
