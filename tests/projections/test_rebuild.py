"""Rebuilding: beside the live model, to the same rows, swapped under its readers."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from domain.access import Reach
from domain.errors import Unknown
from projections.models import MODELS
from projections.models.calendar import duties
from projections.models.personnel_file import file
from projections.models.reach import within
from projections.postgres.address import Address
from projections.projector import Projector
from projections.rebuild import RebuildRunning, rebuild
from tests.chance import chance_history
from tests.history import History
from tests.postgres import as_role
from tests.processes import LONG
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault
from tests.rows import all_rows, rows_of

NAMES = [model.name for model in MODELS]
JUNE = date(2016, 6, 20)
# Makes the read models of the log in a process of its own, and prints their rows.
DIGEST = """
import hashlib, sys, psycopg
from projections.models import live_models
from projections.projector import Projector
from tests.projections.vault import IndexVault
from tests.rows import all_rows
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    Projector(connection, live_models(IndexVault()), batch=int(sys.argv[2])).catch_up()
    print(hashlib.sha256(repr(all_rows(connection)).encode()).hexdigest())
"""


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_a_rebuilt_model_equals_the_live_one_whatever_the_batch(
    tell: Tell, keeper: Connection, batch: int, vault: IndexVault
) -> None:
    tell(chance_history(batch, 400))
    before = all_rows(keeper)

    for name in NAMES:
        assert rebuild(keeper, name, vault, batch=batch)

    assert all_rows(keeper) == before
    assert all(before["calendar"].values())


def test_the_rows_do_not_depend_on_how_python_hashes(
    database: Address, writer: Connection
) -> None:
    chance_history(5, 300).write(writer)
    found = set()
    for seed, batch in (("0", "50"), ("1", "1000"), ("7", "3")):
        fresh = database.admin_url
        command = [sys.executable, "-c", DIGEST, fresh, batch]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            command, env=environment, check=True, capture_output=True, timeout=LONG
        )
        found.add(done.stdout)
        empty(writer)

    assert len(found) == 1


def empty(writer: Connection) -> None:
    """Take all read models back to the beginning of the log."""
    for schema, rows in all_rows(writer).items():
        for table in rows:
            writer.execute(f"TRUNCATE {schema}.{table}".encode())
    writer.execute("UPDATE projection.position SET position = 0")


def test_its_progress_goes_up_to_the_whole_log(
    tell: Tell, keeper: Connection, vault: IndexVault
) -> None:
    history = tell(chance_history(1, 100))
    told: list[tuple[int, int]] = []

    rebuild(
        keeper, "calendar", vault, batch=50, progress=lambda *state: told.append(state)
    )

    assert told[0] == (50, history.position)
    assert told[-1] == (history.position, history.position)


def test_what_was_built_when_it_stopped_is_gone_on_with(
    tell: Tell, keeper: Connection, vault: IndexVault
) -> None:
    history = tell(chance_history(1, 200))
    before = all_rows(keeper)
    stopping = threading.Event()
    told: list[int] = []

    def stop_at_once(done: int, _: int) -> None:
        told.append(done)
        stopping.set()

    assert not rebuild(
        keeper, "calendar", vault, batch=10, progress=stop_at_once, stopping=stopping
    )
    assert rebuild(
        keeper, "calendar", vault, batch=10, progress=lambda done, _: told.append(done)
    )

    assert told == [*range(10, history.position, 10), history.position]
    assert all_rows(keeper) == before


def test_what_another_program_began_to_build_is_thrown_away(
    tell: Tell, keeper: Connection, vault: IndexVault
) -> None:
    tell(chance_history(1, 100))
    stopping = threading.Event()
    rebuild(
        keeper,
        "calendar",
        vault,
        batch=10,
        progress=lambda *_: stopping.set(),
        stopping=stopping,
    )
    keeper.execute("UPDATE calendar_next.person SET name = to_json('wrong'::text)")
    keeper.execute(
        "UPDATE projection.position SET layout = '' WHERE name = 'calendar_next'"
    )
    before = all_rows(keeper)

    assert rebuild(keeper, "calendar", vault)

    assert all_rows(keeper) == before


def test_nothing_is_left_of_a_rebuild(
    tell: Tell, keeper: Connection, vault: IndexVault
) -> None:
    tell(chance_history(1, 100))

    rebuild(keeper, "worklist", vault)

    schemas = {
        name
        for (name,) in keeper.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'worklist%'"
        )
    }
    names = {name for (name,) in keeper.execute("SELECT name FROM projection.position")}
    assert schemas == {"worklist"}
    assert names == set(NAMES)


def test_two_rebuilds_of_one_model_do_not_meet(
    tell: Tell, keeper: Connection, database: Address, vault: IndexVault
) -> None:
    tell(chance_history(1, 50))

    def meanwhile(*_: int) -> None:
        with (
            as_role(database, "probity_projector") as other,
            pytest.raises(RebuildRunning, match="calendar is being rebuilt"),
        ):
            rebuild(other, "calendar", vault)

    assert rebuild(keeper, "calendar", vault, progress=meanwhile)
    assert rebuild(keeper, "calendar", vault)


def test_a_model_that_is_not_there_is_named(
    keeper: Connection, vault: IndexVault
) -> None:
    with pytest.raises(Unknown, match="there is no read model guessed"):
        rebuild(keeper, "guessed", vault)


def test_readers_see_the_old_rows_or_the_new_and_never_an_error(
    tell: Tell, keeper: Connection, database: Address, vault: IndexVault
) -> None:
    history = History()
    history.unit("HQ")
    history.person("P1")
    history.post("P1", "HQ", date(2010, 1, 1))
    streams = {history.oblige("P1", str(n), JUNE) for n in range(20)}
    tell(history)
    stopping = threading.Event()

    def read() -> int:
        count = 0
        with as_role(database, "probity_web") as reader, within(reader, Reach()):
            while not stopping.is_set():
                found = {row.stream for row in duties(reader, JUNE).rows}
                assert found == streams
                assert len(file(reader, "P1").entries) == 23
                count += 1
        return count

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(4)]
        try:
            for _ in range(5):
                assert rebuild(keeper, "calendar", vault)
                assert rebuild(keeper, "personnel_file", vault)
        finally:
            stopping.set()
        assert all(reader.result() > 0 for reader in readers)


def test_a_swap_waits_for_who_reads_and_keeps_nobody_waiting(
    tell: Tell, keeper: Connection, database: Address, vault: IndexVault
) -> None:
    tell(chance_history(1, 50))
    stopping = threading.Event()
    with (
        as_role(database, "probity_web") as reader,
        within(reader, Reach()),
        as_role(database, "probity_web") as other,
        within(other, Reach()),
        ThreadPoolExecutor(1) as threads,
    ):
        with reader.transaction():
            duties(reader, JUNE)
            attempt = threads.submit(
                rebuild, keeper, "calendar", vault, stopping=stopping, batch=1000
            )
            while not next_is_there(other):
                pass
            for _ in range(20):
                duties(other, JUNE)
        assert attempt.result(LONG)


def next_is_there(connection: Connection) -> bool:
    found = "SELECT to_regclass('calendar_next.obligation') IS NOT NULL"
    return connection.execute(found).fetchone() == (True,)


def test_a_rebuild_comes_as_far_as_the_live_model_before_it_takes_its_place(
    tell: Tell,
    keeper: Connection,
    database: Address,
    writer: Connection,
    vault: IndexVault,
) -> None:
    history = tell(chance_history(1, 60))
    before = history.position

    def more_happens(*_: int) -> None:
        if history.position < 200:
            history.person(f"new {history.position}")
            history.write(writer)
            with as_role(database, "probity_projector") as other:
                models = [kind(vault) for kind in MODELS if kind.name == "worklist"]
                Projector(other, models).catch_up()

    assert rebuild(keeper, "worklist", vault, progress=more_happens)

    (place,) = keeper.execute(
        "SELECT position FROM projection.position WHERE name = 'worklist'"
    ).fetchone() or (0,)
    assert place == history.position
    assert len(rows_of(keeper, "worklist")["person"]) == 8 + history.position - before
