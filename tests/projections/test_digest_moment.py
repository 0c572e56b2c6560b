"""A digest is of one moment, and of all rows: whoever might miss some digests none."""

import threading

import pytest

from domain.access import Reach
from projections.digest import Digest, Unattestable, digest
from projections.models import live_models
from projections.models.calendar_fold import Calendar
from projections.models.reach import within
from projections.postgres.address import Address
from projections.postgres.errors import NotInitialised
from projections.projector import Projector
from projections.shadow import Shadow, abandon, begin
from tests.chance import chance_history
from tests.postgres import admin, as_role
from tests.processes import LONG
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault


def test_the_scheduler_digests_what_the_owner_does(
    tell: Tell, database: Address, keeper: Connection
) -> None:
    tell(chance_history(1, 50))
    with as_role(database, "probity_scheduler") as scheduler:
        for model in live_models(None):
            assert digest(scheduler, model) == digest(keeper, model)


def test_who_may_be_kept_from_seeing_a_row_digests_nothing(
    tell: Tell, web: Connection
) -> None:
    tell(chance_history(1, 50))
    with pytest.raises(Unattestable, match=r"row security may hide rows of obligation"):
        digest(web, Calendar(None))
    with within(web, Reach()), pytest.raises(Unattestable):
        digest(web, Calendar(None))


@pytest.mark.parametrize(
    ("change", "role"),
    [
        ("DROP POLICY scheduler ON calendar.obligation", "probity_scheduler"),
        (
            "ALTER POLICY scheduler ON calendar.obligation USING (person <> 'P1')",
            "probity_scheduler",
        ),
        (
            "CREATE POLICY p ON calendar.obligation AS RESTRICTIVE USING (version < 2)",
            "probity_scheduler",
        ),
        (
            "ALTER TABLE calendar.obligation FORCE ROW LEVEL SECURITY",
            "probity_projector",
        ),
    ],
)
def test_policies_that_hide_rows_from_the_clock_are_told(
    tell: Tell, writer: Connection, database: Address, change: str, role: str
) -> None:
    tell(chance_history(1, 50))
    writer.execute(change.encode())

    with (
        as_role(database, role) as connection,
        pytest.raises(Unattestable, match="rows of obligation from"),
    ):
        digest(connection, Calendar(None))


def test_a_model_that_is_not_there_is_told(keeper: Connection) -> None:
    with pytest.raises(NotInitialised, match="no read model calendar_next"):
        digest(keeper, Calendar(None, "calendar_next"))


# One moment.


def waiting(connection: Connection) -> bool:
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return connection.execute(asked).fetchone() != (0,)


def during_a_lock(database: Address, keeper: Connection, change: str) -> Digest:
    """Return the digest that had to wait until a change of the tables was over."""
    with admin(database) as other, admin(database) as looking:
        found: list[Digest | Unattestable] = []

        def attempt() -> None:
            try:
                found.append(digest(keeper, Calendar(None)))
            except Unattestable as error:
                found.append(error)

        with other.transaction():
            other.execute("LOCK TABLE calendar.obligation")
            thread = threading.Thread(target=attempt)
            thread.start()
            while not waiting(looking):
                pass
            other.execute(change.encode())
        thread.join(LONG)
    (one,) = found
    if isinstance(one, Unattestable):
        raise one
    return one


def test_the_rows_are_of_the_moment_at_which_no_swap_can_come_between(
    tell: Tell, keeper: Connection, database: Address
) -> None:
    tell(chance_history(1, 100))

    found = during_a_lock(
        database,
        keeper,
        "DELETE FROM calendar.obligation;"
        "UPDATE projection.position SET position = 3 WHERE name = 'calendar'",
    )

    assert (found.rows["obligation"], found.position) == (0, 3)


def test_tables_that_change_meanwhile_are_not_digested(
    tell: Tell, keeper: Connection, database: Address
) -> None:
    tell(chance_history(1, 50))

    with pytest.raises(Unattestable, match="its tables were changed meanwhile"):
        during_a_lock(
            database, keeper, "ALTER TABLE calendar.obligation ADD COLUMN more int"
        )


def test_a_model_that_goes_on_meanwhile_is_digested_as_it_was_at_its_position(
    writer: Connection, keeper: Connection, database: Address, vault: IndexVault
) -> None:
    chance_history(3, 300).write(writer)
    following = Projector(keeper, live_models(vault), batch=7)
    thread = threading.Thread(target=following.catch_up)
    seen: dict[int, Digest] = {}
    with as_role(database, "probity_scheduler") as scheduler:
        thread.start()
        while thread.is_alive() or not seen:
            found = digest(scheduler, Calendar(None))
            seen[found.position] = found
        thread.join()

    shadow = Shadow(keeper, Calendar(vault, "calendar_check"), batch=50)
    begin(keeper, shadow.model)
    for position in sorted(seen):
        assert shadow.advance(position)
        assert digest(keeper, shadow.model) == seen[position]
    abandon(keeper, shadow.model)
