"""The wrapping key is rotated: everything opens before, during and after."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from domain.errors import VaultClosed
from domain.receipt import Entry
from domain.vault import KeyName
from projections.log import PostgresLog
from projections.postgres.address import Address
from projections.vault.destruction import destroy
from projections.vault.keyfile import KeyFile
from projections.vault.keyring import open_vault
from projections.vault.rotation import (
    TOGETHER,
    Connection,
    RotationRefused,
    retire,
    rotate,
    versions,
)
from projections.vault.wrapping import Given, name_of
from tests.postgres import admin, as_role, environ
from tests.projections.rotating import ANN, BEN, KEK, OTHER, PLACE, with_keys

MANY = [KeyName(f"P{n}") for n in range(2 * TOGETHER + 1)]


STOPPING = """
import sys
from projections.postgres.address import locate
from projections.vault.rotation import operating, rotate
from projections.vault.source import find_wrapping

def stop(done, total):
    print(done, flush=True)
    sys.stdin.readline()

with operating(locate().admin_url) as connection:
    rotate(connection, find_wrapping(), stop)
"""


def counts(operator: psycopg.Connection[Any]) -> dict[str, int]:
    return {version.name: version.keys for version in versions(operator)}


# Rotation


def test_a_new_version_in_the_file_wraps_every_key_anew(
    log: PostgresLog, operator: Connection, file: KeyFile
) -> None:
    running = open_vault(log, file)
    key = running.provide([ANN])[ANN]
    box = key.lock(b"a house", b"here")
    (old,) = file.versions()

    rotated = rotate(operator, KeyFile(file.path))

    assert (rotated.rewrapped, rotated.failed) == (1, ())
    assert file.versions() == [old, rotated.kek]
    assert counts(operator) == {old: 0, rotated.kek: 1}
    assert running.fetch([key.id])[key.id].unlock(box, b"here") == b"a house"
    assert running.provide([BEN]).keys() == {BEN}
    assert counts(operator) == {old: 0, rotated.kek: 2}


def test_a_version_given_beforehand_is_the_new_one(
    log: PostgresLog, operator: Connection
) -> None:
    old, new = name_of(KEK), name_of(OTHER)
    with_keys(log, KEK).provide([ANN])
    everywhere = with_keys(log, KEK, OTHER)
    everywhere.provide([BEN])
    assert counts(operator) == {old: 2}

    assert rotate(operator, Given([KEK, OTHER], PLACE)).kek == new

    assert counts(operator) == {old: 0, new: 2}
    everywhere.provide([KeyName("P3")])
    assert counts(operator) == {old: 0, new: 3}
    with pytest.raises(VaultClosed, match="Put a new key behind the others"):
        rotate(operator, Given([KEK, OTHER], PLACE))


def test_who_has_not_got_the_new_version_is_told_and_nothing_is_lost(
    log: PostgresLog, operator: Connection
) -> None:
    behind = with_keys(log, KEK)
    id_ = behind.provide([ANN])[ANN].id
    rotate(operator, Given([KEK, OTHER], PLACE))

    for attempt in (lambda: behind.provide([BEN]), lambda: behind.fetch([id_])):
        with pytest.raises(VaultClosed, match=f"{name_of(OTHER)}, which this register"):
            attempt()

    assert with_keys(log, OTHER).fetch([id_]).keys() == {id_}


def test_nothing_is_rotated_while_a_version_in_use_is_missing(
    log: PostgresLog, operator: Connection
) -> None:
    with_keys(log, KEK).provide([ANN])

    with pytest.raises(VaultClosed, match=name_of(KEK)):
        rotate(operator, Given([OTHER], PLACE))

    assert counts(operator) == {name_of(KEK): 1}


def test_the_log_is_the_same_byte_for_byte_and_row_for_row(
    log: PostgresLog, operator: Connection, database: Address
) -> None:
    at = datetime.now(UTC)
    key = with_keys(log, KEK).provide([ANN])[ANN]
    log.append(
        [Entry(uuid4(), 1, "t", key.lock(b"a", b""), event_id=uuid4(), recorded_at=at)],
        keys=[key.id],
    )
    rows = "SELECT e.ctid, e.xmin, e::text, size FROM log.probity_events AS e, log.head"

    with admin(database) as connection:
        before = connection.execute(rows).fetchall()
        rotate(operator, Given([KEK, OTHER], PLACE))
        retire(operator, Given([OTHER], PLACE), name_of(KEK))

        assert connection.execute(rows).fetchall() == before


def test_killed_in_the_middle_it_is_finished_by_the_next_and_no_more(
    log: PostgresLog, operator: Connection, database: Address, file: KeyFile
) -> None:
    keys = open_vault(log, file).provide(MANY)
    boxes = {name: key.lock(b"a house", b"here") for name, key in keys.items()}
    (old,) = file.versions()
    left = len(MANY) - TOGETHER

    with rotating_elsewhere(database, file) as process:
        assert counts(operator)[old] == left
        with pytest.raises(RotationRefused, match="by another process"):
            rotate(operator, file)
        process.kill()
    wait_until_free(operator)

    def all_open() -> bool:
        found = open_vault(log, file).provide(MANY)
        opened = {found[n].unlock(box, b"here") for n, box in boxes.items()}
        return opened == {b"a house"}

    assert all_open()
    said: list[tuple[int, int]] = []
    rotated = rotate(operator, file, lambda *progress: said.append(progress))

    assert rotated.rewrapped == left
    assert said == [(TOGETHER, left), (left, left)]
    assert file.versions() == [old, rotated.kek]
    assert counts(operator) == {old: 0, rotated.kek: len(MANY)}
    assert all_open()


@contextmanager
def rotating_elsewhere(
    database: Address, file: KeyFile
) -> Iterator[subprocess.Popen[str]]:
    """Have another process rotate, which stops after the first batch."""
    place = {"PROBITY_KEK": "", "PROBITY_KEK_FILE": str(file.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**environ(database), **place},
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == f"{TOGETHER}\n"
        yield process


def wait_until_free(operator: Connection) -> None:
    """Wait until the server has noticed that the process is gone."""
    operator.execute("SELECT pg_advisory_lock(keys.adopting() + 1)")
    operator.execute("SELECT pg_advisory_unlock(keys.adopting() + 1)")


def test_a_row_that_nothing_unwraps_is_named_and_the_others_go_on(
    log: PostgresLog, operator: Connection
) -> None:
    keys = with_keys(log, KEK).provide([ANN, BEN])
    operator.execute("UPDATE keys.data_key SET wrapped = 'x' WHERE subject = 'P1'")

    for expected in (1, 0):
        rotated = rotate(operator, Given([KEK, OTHER], PLACE))

        assert rotated.kek == name_of(OTHER)
        assert rotated.rewrapped == expected
        assert rotated.failed == (keys[ANN].id,)


def test_a_key_is_destroyed_during_a_rotation_as_at_any_time(
    log: PostgresLog, operator: Connection, database: Address
) -> None:
    with_keys(log, KEK).provide(MANY)

    def destroy_last(_: int, __: int) -> None:
        with as_role(database, "probity_scheduler") as scheduler:
            destroy(scheduler, MANY[0].subject)

    rotate(operator, Given([KEK, OTHER], PLACE), destroy_last)

    assert counts(operator) == {name_of(KEK): 0, name_of(OTHER): len(MANY) - 1}
