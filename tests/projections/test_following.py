"""Projectors that follow the log: one leads, any may be killed, none gives up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg

from projections.models import create_models, live_models
from projections.position import wait_for
from projections.postgres import address
from projections.postgres.address import Address
from projections.postgres.cluster import Cluster
from projections.postgres.setup import initialise
from projections.projector import Projector
from tests.chance import chance_history
from tests.history import History
from tests.postgres import as_role, environ
from tests.processes import LONG, kill, postmaster
from tests.projections.following import NAMES, following, people
from tests.projections.kinds import Connection
from tests.projections.vault import IndexVault, vault_of
from tests.rows import all_rows, rebuilt_rows

CUT_OFF_THE_LEADER = """
SELECT pg_terminate_backend(l.pid)
FROM pg_locks AS l
JOIN pg_database AS d ON d.oid = l.database
WHERE d.datname = current_database() AND l.locktype = 'advisory'
"""


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
