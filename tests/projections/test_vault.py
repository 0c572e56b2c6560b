"""The data keys: one for each name, bound to it, and gone when their row is gone."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import ProgramLimitExceeded
from psycopg_pool import ConnectionPool

from domain.errors import Tampered, VaultClosed
from domain.vault import KeyName
from projections.log import open_log
from projections.postgres.address import Address, connect_as
from projections.vault.index import digest
from projections.vault.keyring import PAGE, Keyring, open_vault, unwrapped
from projections.vault.wrapping import Given
from tests.postgres import admin, environ
from tests.projections.keys import ANN, ANNS_SON, BEN, KEK, OTHER

PROVIDE = """
import sys
from domain.vault import KeyName
from projections.log import open_log
from projections.postgres.address import connect_as, locate
from projections.vault.keyring import open_vault
log = open_log(connect_as(locate().url, "probity_web", name="test"), size=1)
names = [KeyName(f"P{n}") for n in range(50)]
print("ready", flush=True)
sys.stdin.readline()
keys = open_vault(log).provide(names)
print(*(keys[name].id.hex for name in names))
log.pool.close()
"""
# Of this database alone: other tests have theirs on the same server.
KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE usename = 'probity' AND datname = current_database()
"""


# One key for each name


def test_a_name_has_one_key_which_is_found_again(keyring: Keyring) -> None:
    first = keyring.provide([ANN, BEN, ANNS_SON])

    assert {name: key.name for name, key in first.items()} == {
        ANN: ANN,
        BEN: BEN,
        ANNS_SON: ANNS_SON,
    }
    assert len({key.id for key in first.values()}) == 3
    assert keyring.provide([BEN, ANN])[ANN].id == first[ANN].id
    keyring.forget()
    assert keyring.provide([BEN, ANN])[ANN].id == first[ANN].id
    assert keyring.fetch([first[BEN].id, uuid4()]).keys() == {first[BEN].id}
    assert keyring.provide([]) == keyring.fetch([]) == {}


def test_another_process_opens_what_one_has_sealed(
    keyring: Keyring, pool: ConnectionPool[psycopg.Connection[Any]]
) -> None:
    key = keyring.provide([ANN])[ANN]
    box = key.lock(b"a house in Rome", b"here")

    other = open_vault(pool, Given([KEK], "the test")).fetch([key.id])[key.id]

    assert other.unlock(box, b"here") == b"a house in Rome"
    assert box not in (key.lock(b"a house in Rome", b"here"), b"a house in Rome")
    with pytest.raises(ValueError, match="authenticate"):
        other.unlock(box, b"there")


def test_many_names_are_asked_for_by_the_page(keyring: Keyring) -> None:
    names = [KeyName(f"P{n}") for n in range(PAGE + 1)]

    keys = keyring.provide(names)

    assert len(keyring.fetch([key.id for key in keys.values()])) == PAGE + 1
    keyring.forget()
    assert {n: k.id for n, k in keyring.provide(names).items()} == {
        n: k.id for n, k in keys.items()
    }


def test_no_program_gets_more_than_a_page_at_once(
    pool: ConnectionPool[psycopg.Connection[Any]],
) -> None:
    with pool.connection() as connection, pytest.raises(ProgramLimitExceeded):
        connection.execute("SELECT keys.fetch(%s)", ([uuid4()] * (PAGE + 1),))


def test_threads_that_want_the_same_new_keys_get_the_same(
    pool: ConnectionPool[psycopg.Connection[Any]],
) -> None:
    names = [KeyName(f"P{n}") for n in range(30)]
    vaults = [open_vault(pool, Given([KEK], "the test")) for _ in range(4)]
    start = threading.Barrier(len(vaults))

    def provided(keyring: Keyring) -> list[UUID]:
        start.wait()
        mine = names if keyring in vaults[::2] else names[::-1]
        keys = keyring.provide(mine)
        return [keys[name].id for name in names]

    with ThreadPoolExecutor(len(vaults)) as threads:
        first, *others = threads.map(provided, vaults)

    assert others == [first] * 3


def test_processes_that_want_the_same_new_keys_get_the_same(database: Address) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROVIDE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environ(database),
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"

    for process in started:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    found = {process.communicate()[0] for process in started}

    assert len(found) == 1
    assert len(set(found.pop().split())) == 50


def test_a_connection_that_was_lost_is_replaced(
    keyring: Keyring, database: Address
) -> None:
    id_ = keyring.provide([ANN])[ANN].id
    with admin(database) as connection:
        connection.execute(KILL)

    assert keyring.fetch([id_]).keys() == {id_}


def test_through_the_log_a_lost_connection_is_replaced_too(database: Address) -> None:
    log = open_log(connect_as(database.url, "probity_web", name="test"))
    with log.pool, admin(database) as connection:
        keyring = open_vault(log, Given([KEK], "the test"))
        id_ = keyring.provide([ANN])[ANN].id
        connection.execute(KILL)

        assert keyring.fetch([id_]).keys() == {id_}


# Bound to its row


@pytest.mark.parametrize(
    "change",
    [
        "wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20))",
        "wrapped = ''",
        "wrapped = (SELECT wrapped FROM keys.data_key WHERE subject = 'P2')",
        "subject = 'P9'",
        "relative = 'wife'",
        "year = 2017",
    ],
)
def test_a_row_that_was_tampered_with_or_moved_is_noticed(
    keyring: Keyring, database: Address, change: str
) -> None:
    keys = keyring.provide([ANN, BEN])
    with admin(database) as connection:
        update = f"UPDATE keys.data_key SET {change} WHERE subject = 'P1'"  # noqa: S608  of our own
        connection.execute(update.encode())

    with pytest.raises(Tampered, match=f"data key {keys[ANN].id}"):
        keyring.fetch([keys[ANN].id])


def test_a_row_under_another_id_is_noticed(keyring: Keyring, database: Address) -> None:
    keyring.provide([ANN])
    moved = uuid4()
    with admin(database) as connection:
        connection.execute("UPDATE keys.data_key SET id = %s", (moved,))

    keyring.forget()
    with pytest.raises(Tampered, match=str(moved)):
        keyring.provide([ANN])


# The wrapping key


def test_without_its_wrapping_key_nothing_opens_and_nothing_new_is_sealed(
    keyring: Keyring, pool: ConnectionPool[psycopg.Connection[Any]]
) -> None:
    key = keyring.provide([ANN])[ANN]
    keyring.check()
    wrong = open_vault(pool, Given([OTHER], "the test"))

    for attempt in (
        lambda: wrong.fetch([key.id]),
        lambda: wrong.provide([ANN]),
        lambda: wrong.provide([BEN]),
        wrong.check,
        wrong.index_key,
    ):
        with pytest.raises(VaultClosed, match="which this register uses, is not at"):
            attempt()

    assert open_vault(pool, Given([KEK], "x")).fetch([key.id]).keys() == {key.id}
    assert pool_count(pool) == 1


def pool_count(pool: ConnectionPool[psycopg.Connection[Any]]) -> int:
    with pool.connection() as connection:
        rows = connection.execute("SELECT sum(keys) FROM keys.census()").fetchone()
    return int(rows[0]) if rows else 0


def test_an_empty_place_for_the_wrapping_key_closes_the_vault(
    pool: ConnectionPool[psycopg.Connection[Any]],
) -> None:
    with pytest.raises(VaultClosed, match="no wrapping key in the test"):
        open_vault(pool, Given([], "the test")).check()


def test_of_two_wrapping_keys_at_hand_the_one_in_use_wraps_what_is_new(
    keyring: Keyring, pool: ConnectionPool[psycopg.Connection[Any]]
) -> None:
    keyring.provide([ANN])
    both = open_vault(pool, Given([KEK, OTHER], "the test"))

    key = both.provide([BEN])[BEN]

    assert keyring.fetch([key.id]).keys() == {key.id}


def test_which_wrapping_key_is_used_is_found_in_the_environment(
    pool: ConnectionPool[psycopg.Connection[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = open_vault(pool)
    monkeypatch.delenv("PROBITY_KEK")
    monkeypatch.setenv("PROBITY_KEK_FILE", "/nowhere")

    with pytest.raises(VaultClosed, match="/nowhere cannot be read"):
        keyring.provide([ANN])

    monkeypatch.delenv("PROBITY_KEK_FILE")
    monkeypatch.setenv("PROBITY_KEK", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    assert keyring.provide([ANN]).keys() == {ANN}


# Looking up without reading


def test_a_word_has_one_digest_in_every_process_and_another_in_another_register(
    keyring: Keyring, pool: ConnectionPool[psycopg.Connection[Any]], database: Address
) -> None:
    key = keyring.index_key()

    assert keyring.index_key() == open_vault(pool).index_key() == key
    assert digest(key, "wang") == digest(key, "wang") != digest(key, "Wang")
    assert len(digest(key, "wang")) == 32
    with admin(database) as connection:
        connection.execute("DELETE FROM keys.data_key")
    assert open_vault(pool).index_key() != key


# Nothing is said that is secret


def test_neither_the_database_nor_what_is_printed_of_a_key_has_its_secret(
    keyring: Keyring, database: Address
) -> None:
    key = keyring.provide([ANN])[ANN]

    with admin(database) as connection:
        (row,) = connection.execute(
            "SELECT id, subject, relative, year, kek, wrapped FROM keys.data_key"
        ).fetchall()
    secret = unwrapped(keyring.wrapping, *row)
    assert len(secret) == 32
    assert secret not in row[-1]
    assert repr(secret) not in f"{key!r} {keyring!r} {vars(keyring)!r}"
