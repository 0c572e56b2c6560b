"""The projector: batches, rows and position at once, one leader, never giving up."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from projections.batch import Gap
from projections.follow import Follower
from projections.models import MODELS, create_models, live_models, outdated
from projections.position import lag, wait_for
from projections.postgres import address
from projections.postgres.address import Address
from projections.postgres.cluster import Cluster
from projections.postgres.errors import NotInitialised
from projections.postgres.setup import initialise
from projections.projector import Projector
from projections.rebuild import rebuild
from tests.chance import chance_history
from tests.history import History
from tests.postgres import as_role, environ
from tests.processes import LONG, kill, postmaster
from tests.projections.conftest import Connection, Tell
from tests.projections.vault import IndexVault, vault_of
from tests.rows import all_rows, rebuilt_rows

NAMES = [model.name for model in MODELS]
CUT_OFF_THE_LEADER = """
SELECT pg_terminate_backend(l.pid)
FROM pg_locks AS l
JOIN pg_database AS d ON d.oid = l.database
WHERE d.datname = current_database() AND l.locktype = 'advisory'
"""


def people(count: int) -> History:
    history = History()
    for number in range(count):
        history.person(f"P{number}")
    return history


@contextmanager
def following(database: Address, **options: Any) -> Iterator[Follower]:
    """Run a follower beside the test."""

    def connect() -> Connection:
        return as_role(database, "probity_projector")

    follower = Follower(connect, live_models(IndexVault()), **options)
    thread = threading.Thread(target=follower.run)
    thread.start()
    try:
        yield follower
    finally:
        follower.stopping.set()
        thread.join()


@contextmanager
def process(database: Address) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "projections"]
    with subprocess.Popen(command, env=environ(database)) as running:
        yield running
        running.kill()


def eventually(done: Callable[[], bool]) -> None:
    """Wait for something that another process or thread does."""
    deadline = time.monotonic() + LONG
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.01)


def test_all_read_models_come_as_far_as_the_log(
    tell: Tell, projector: Projector, reader: Connection
) -> None:
    history = tell(people(7))

    assert {found.position for found in lag(reader, NAMES)} == {history.position}
    assert projector.step() == 0


def test_a_batch_is_no_longer_than_it_may_be(
    writer: Connection, keeper: Connection, vault: IndexVault
) -> None:
    people(5).write(writer)
    projector = Projector(keeper, live_models(vault), batch=2)

    assert [projector.step() for _ in range(4)] == [2, 2, 1, 0]


def test_rows_and_position_are_written_together_or_not_at_all(
    writer: Connection, projector: Projector, reader: Connection
) -> None:
    people(3).write(writer)
    writer.execute("REVOKE UPDATE ON projection.position FROM probity_projector")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        projector.step()

    assert all_rows(reader)["calendar"]["person"] == []
    writer.execute("GRANT UPDATE ON projection.position TO probity_projector")
    projector.step()
    assert len(all_rows(reader)["calendar"]["person"]) == 3


def test_a_model_that_stands_behind_catches_up_and_goes_on_with_the_others(
    writer: Connection, keeper: Connection, reader: Connection, vault: IndexVault
) -> None:
    history = people(9).write(writer)
    calendar, *others = live_models(vault)
    Projector(keeper, others).catch_up()
    projector = Projector(keeper, [calendar, *others], batch=4)
    history.person("P9")
    history.write(writer)

    assert [projector.step() for _ in range(4)] == [4 + 1, 4, 2, 0]
    assert {found.position for found in lag(reader, NAMES)} == {history.position}


def test_a_register_that_was_not_set_up_is_named(
    writer: Connection, projector: Projector
) -> None:
    writer.execute("DELETE FROM projection.position WHERE name = 'worklist'")

    with pytest.raises(NotInitialised, match="no read model worklist: run"):
        projector.step()


def test_a_log_that_lacks_events_is_not_followed(
    writer: Connection, projector: Projector, reader: Connection
) -> None:
    people(4).write(writer)
    writer.execute("ALTER TABLE log.probity_events DISABLE TRIGGER ALL")
    writer.execute("DELETE FROM log.probity_events WHERE notification_id = 2")

    with pytest.raises(Gap, match="lacks events between positions 0 and 5"):
        projector.step()

    assert {found.position for found in lag(reader, NAMES)} == {0}


def test_a_read_model_with_tables_of_another_program_is_outdated(
    writer: Connection, keeper: Connection, vault: IndexVault
) -> None:
    assert outdated(keeper) == []
    writer.execute(
        "UPDATE projection.position SET layout = 'other' WHERE name = 'worklist'"
    )

    assert outdated(keeper) == ["worklist"]
    rebuild(keeper, "worklist", vault)
    assert outdated(keeper) == []


def test_making_the_read_models_again_changes_nothing(
    tell: Tell, keeper: Connection, reader: Connection
) -> None:
    tell(chance_history(1, 100))
    before = all_rows(reader)

    with keeper.transaction():
        create_models(keeper)

    assert all_rows(reader) == before


def test_the_lag_counts_events_seconds_and_what_is_parked(
    writer: Connection, projector: Projector, reader: Connection
) -> None:
    history = people(3).write(writer)

    (behind,) = lag(reader, ["calendar"])
    projector.catch_up()
    (level,) = lag(reader, ["calendar"])

    assert (behind.position, behind.events, behind.parked) == (0, 3, 0)
    assert behind.seconds > (time.time() - history.now.timestamp()) - LONG
    assert (level.position, level.events, level.seconds) == (3, 0, 0.0)


def test_whoever_waits_for_an_event_sees_what_it_made(
    database: Address, writer: Connection, reader: Connection
) -> None:
    with following(database):
        history = people(3).write(writer)

        assert wait_for(reader, history.position, timeout=LONG, names=NAMES)

    assert len(all_rows(reader)["calendar"]["person"]) == 3


def test_a_pool_lends_a_connection_to_whoever_waits(
    database: Address, tell: Tell
) -> None:
    history = tell(people(3))
    conninfo = address.connect_as(database.url, "probity_web", name="test")
    with ConnectionPool(conninfo, min_size=1, max_size=1, open=True) as pool:
        assert wait_for(pool, history.position, timeout=0, names=NAMES)
        assert not wait_for(pool, history.position + 1, timeout=0, names=NAMES)


def test_a_wait_ends_in_time_where_nobody_projects(
    writer: Connection, reader: Connection
) -> None:
    history = people(3).write(writer)

    assert not wait_for(reader, history.position, timeout=0.02, names=["calendar"])


def test_a_lost_connection_is_replaced_and_nothing_is_done_twice(
    database: Address, writer: Connection, keeper: Connection, vault: IndexVault
) -> None:
    history = chance_history(2, 600)
    with following(database, batch=5):
        for part in range(1, 8):
            history.write(writer, upto=part * 50)
            writer.execute(CUT_OFF_THE_LEADER)
        history.write(writer)
        eventually(lambda: at_end(writer, history))

    assert all_rows(keeper) == rebuilt_rows(keeper, vault)


def at_end(connection: Connection, history: History) -> bool:
    return wait_for(connection, history.position, timeout=0, names=NAMES)


def test_a_projector_that_is_killed_goes_on_where_it_was(
    database: Address, writer: Connection, keeper: Connection
) -> None:
    history = chance_history(3, 900)
    for part in range(1, 4):
        with process(database):
            history.write(writer, upto=part * 200)
            eventually(lambda part=part: reached(writer, part * 200 - 150))  # type: ignore[misc]
    with process(database):
        history.write(writer)
        eventually(lambda: at_end(writer, history))

    assert all_rows(keeper) == rebuilt_rows(keeper, vault_of(database))


def reached(connection: Connection, position: int) -> bool:
    return wait_for(connection, position, timeout=0, names=["calendar"])


def test_a_projector_that_is_told_to_stop_finishes_and_says_so(
    database: Address, writer: Connection
) -> None:
    history = people(3).write(writer)
    with process(database) as running:
        eventually(lambda: at_end(writer, history))
        running.send_signal(signal.SIGTERM)

        assert running.wait(LONG) == 0


def test_of_two_projectors_one_works_until_it_is_gone(
    database: Address, writer: Connection
) -> None:
    history = people(3).write(writer)
    with following(database) as first:
        eventually(lambda: at_end(writer, history))
        with following(database) as second:
            assert leaders(writer) == 1
            first.stopping.set()
            history.person("P9")
            history.write(writer)
            eventually(lambda: at_end(writer, history))
            assert leaders(writer) == 1
            assert not second.stopping.is_set()


def test_a_projector_that_stands_by_can_be_told_to_stop(
    database: Address, writer: Connection
) -> None:
    history = people(3).write(writer)
    with following(database):
        eventually(lambda: at_end(writer, history))
        with following(database) as second:
            second.stopping.set()


def test_projectors_that_meet_without_a_leader_do_nothing_twice(
    database: Address, writer: Connection, keeper: Connection, vault: IndexVault
) -> None:
    chance_history(4, 400).write(writer)

    def project(_: int) -> None:
        with as_role(database, "probity_projector") as connection:
            Projector(connection, live_models(vault), batch=3).catch_up()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(project, range(4)))

    assert all_rows(keeper) == rebuilt_rows(keeper, vault)


def test_a_projector_without_a_database_says_so_and_ends(
    tmp_path: Path,
) -> None:
    url = f"postgresql://probity@/nothing?host={tmp_path}"
    command = [sys.executable, "-m", "projections"]

    done = subprocess.run(
        command,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )

    assert done.returncode == 2
    assert done.stderr.startswith("probity: ")


def leaders(connection: Connection) -> int:
    held = """
        SELECT count(*) FROM pg_locks AS l
        JOIN pg_database AS d ON d.oid = l.database
        WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted
    """
    (count,) = connection.execute(held).fetchone() or (0,)
    return int(count)


def test_the_projector_outlives_a_restart_of_the_server(spare: Cluster) -> None:
    database = address.prepare(spare, "restarted")
    initialise(database, models=create_models)
    history = people(6)
    with following(database) as follower:
        with psycopg.connect(database.admin_url, autocommit=True) as writer:
            history.write(writer, upto=3)
            eventually(lambda: reached(writer, 3))
        kill(postmaster(spare.root))
        spare.start()
        with psycopg.connect(database.admin_url, autocommit=True) as writer:
            history.write(writer)
            eventually(lambda: at_end(writer, history))
        assert not follower.stopping.is_set()
