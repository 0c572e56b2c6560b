"""A reach is set for one question and taken back after it, whatever happens."""

from typing import ClassVar

import psycopg
import pytest

from domain.access import Reach
from domain.records.reading import PersonalDataRead, reading_stream
from domain.rulebook import RulebookDrafted
from projections.models import MODELS
from projections.models.access_log import seen
from projections.models.calendar_fold import Calendar
from projections.models.reach import within
from projections.models.row_security import Guard, Unguarded
from projections.postgres.address import Address
from projections.rebuild import rebuild
from tests.history import History
from tests.postgres import admin, as_role
from tests.projections.guarded import JUNE, protected, rows
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault


@pytest.mark.usefixtures("history")
def test_a_reach_ends_where_it_was_set_whatever_happens(web: Connection) -> None:
    def people() -> int:
        return len(rows(web, "calendar", "person"))

    with within(web, Reach()):
        assert people() == 8
    assert people() == 0
    with pytest.raises(psycopg.errors.DivisionByZero), within(web, Reach()):
        web.execute("SELECT 1 / 0")
    assert people() == 0
    with within(web, Reach()), within(web, Reach(person="P1")):
        assert people() == 1
    assert people() == 0


@pytest.mark.usefixtures("history")
def test_a_connection_that_was_lost_is_not_asked_to_forget(
    web: Connection, writer: Connection
) -> None:
    backend = web.info.backend_pid

    def lose() -> None:
        with within(web, Reach()):
            writer.execute("SELECT pg_terminate_backend(%s)", (backend,))
            web.execute("SELECT 1")

    with pytest.raises(psycopg.OperationalError):
        lose()


@pytest.mark.usefixtures("history")
def test_the_scheduler_sees_all_that_it_has_to_act_on(
    database: Address, writer: Connection
) -> None:
    with as_role(database, "probity_scheduler") as scheduler:
        for schema, table in protected(writer):
            assert len(rows(scheduler, schema, table)) == len(
                rows(writer, schema, table)
            )


@pytest.mark.usefixtures("history")
def test_a_rebuilt_model_is_guarded_as_the_one_before(
    web: Connection, keeper: Connection, vault: IndexVault
) -> None:
    for model in MODELS:
        assert rebuild(keeper, model.name, vault)

    for schema, table in protected(keeper):
        assert rows(web, schema, table) == []
    with within(web, Reach(person="P1", reader="P5"), today=JUNE):
        numbers = {row["number"] for row in rows(web, "worklist", "person")}
        assert rows(web, "worklist", "disclosure")
    assert numbers == {"P1"}


def test_a_table_of_which_nobody_says_who_may_see_it_is_not_made(
    database: Address,
) -> None:
    class Careless(Calendar):
        guards: ClassVar = {"person": Guard("number"), "standing": None, "unit": None}

    with admin(database) as connection:
        connection.execute("CREATE SCHEMA old; ALTER SCHEMA calendar RENAME TO older")
        with pytest.raises(Unguarded, match=r"calendar\.obligation: say in `guards`"):
            Careless(None).create(connection)


def test_who_a_table_is_guarded_for_is_part_of_its_layout() -> None:
    class Other(Calendar):
        guards: ClassVar = {**Calendar.guards, "obligation": Guard("trigger")}

    assert not Other.fits(Calendar.layout())
    assert Calendar.fits(Calendar.layout())


def test_the_guard_looks_at_the_rows_and_not_at_what_a_question_forgets(
    tell: Tell, web: Connection
) -> None:
    history = History()
    for number in ("P1", "P2"):
        history.person(number)
        fact = PersonalDataRead(
            reader="R",
            role="auditor",
            purpose="audit",
            what="file",
            authority="mandate 1",
            persons=(number,),
        )
        history.add(reading_stream(number), fact, subject=number)
    tell(history)

    with within(web, Reach(person="P1")):
        assert len(seen(web, "P1", history.now).rows) == 1
        assert seen(web, "P2", history.now).rows == ()


def test_laws_and_units_are_no_secret(tell: Tell, web: Connection) -> None:
    history = History()
    history.unit("HQ")
    history.law()
    tell(history)

    assert isinstance(history.records[1].fact, RulebookDrafted)
    assert len(rows(web, "calendar", "unit")) == 1
    assert len(rows(web, "registry", "rulebook")) == 1
