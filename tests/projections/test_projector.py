"""The projector: batches, rows and position at once, one leader, never giving up."""

import time

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from projections.batch import Gap
from projections.models import create_models, live_models, outdated
from projections.position import lag, wait_for
from projections.postgres import address
from projections.postgres.address import Address
from projections.postgres.errors import NotInitialised
from projections.projector import Projector
from projections.rebuild import rebuild
from tests.chance import chance_history
from tests.processes import LONG
from tests.projections.following import NAMES, following, people
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault
from tests.rows import all_rows


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
