"""The database's own check: past the application too, web sees what is in a reach."""

from typing import Any

import pytest

from domain.access import Reach
from domain.records.reading import PersonalDataRead, reading_stream
from projections.models import MODELS, reach
from projections.models.reach import within
from projections.models.row_security import Guard
from tests.history import History
from tests.naive import Naive
from tests.naive_records import excluded
from tests.projections.guarded import JUNE, NOBODYS, protected, rows, tables
from tests.projections.kinds import Connection, Tell

# Web never sees any row of these.
HIDDEN = {"assignment", "career", "exclusion", "kin", "trail"}


GUARDS = {
    (model.name, table): guard
    for model in MODELS
    for table, guard in model.guards.items()
    if guard
}


def person_in(schema: str, table: str, row: dict[str, Any]) -> str:
    guard = GUARDS.get((schema, table), Guard())
    return str(row[guard.person]) if guard.person else ""


def stream_in(schema: str, table: str, row: dict[str, Any]) -> str | None:
    guard = GUARDS.get((schema, table), Guard())
    return row[guard.stream] if guard.stream else None


def test_every_table_of_a_read_model_is_guarded_and_every_view_asks_for_its_reader(
    keeper: Connection,
) -> None:
    open_ones = {
        table
        for _, table, guarded, kind, _ in tables(keeper)
        if kind == "r" and not guarded
    }
    views = [row for row in tables(keeper) if row[3] != "r"]

    assert open_ones == NOBODYS
    assert views
    assert all(row[4] == ["security_invoker=true"] for row in views), views


@pytest.mark.usefixtures("history")
def test_without_a_reach_web_sees_no_row_of_any_table_with_people(
    web: Connection, writer: Connection
) -> None:
    for schema, table in protected(writer):
        assert rows(writer, schema, table), f"nothing in {schema}.{table}: prove more"
        assert rows(web, schema, table) == [], f"{schema}.{table}"


@pytest.mark.usefixtures("history")
def test_whoever_may_see_everything_sees_all_but_what_no_question_asks(
    web: Connection, writer: Connection
) -> None:
    with within(web, Reach(), today=JUNE):
        for schema, table in protected(writer):
            wanted = [] if table in HIDDEN else rows(writer, schema, table)
            assert sorted(rows(web, schema, table), key=str) == sorted(wanted, key=str)


@pytest.mark.usefixtures("history")
def test_a_person_sees_their_own_rows_and_nobody_elses(
    web: Connection, writer: Connection
) -> None:
    with within(web, Reach(person="P1", reader="P1"), today=JUNE):
        for schema, table in protected(writer):
            found = rows(web, schema, table)
            mine = [
                row
                for row in rows(writer, schema, table)
                if table not in HIDDEN
                and person_in(schema, table, row) == "P1"
                and row.get("shown_from", "") < "2020"
            ]
            assert {person_in(schema, table, row) for row in found} <= {"P1"}
            if table not in HIDDEN | {"counted", "export"}:
                assert len(found) == len(mine), f"{schema}.{table}"


@pytest.mark.parametrize("most", [0, reach.MOST])
def test_the_reach_of_a_unit_is_those_who_stand_in_it_or_below_on_the_day(
    web: Connection,
    writer: Connection,
    history: History,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
) -> None:
    monkeypatch.setattr(reach, "MOST", most)
    today = history.now.date()
    naive = Naive(history.records)
    for unit in ("U1", "U3", "U5"):
        inside = {
            n for n in map("P{}".format, range(8)) if naive.stands(n, today, unit)
        }
        with within(web, Reach(unit=unit), today=today):
            for schema, table in protected(writer):
                if table in HIDDEN | {"counted", "export"}:
                    continue
                found = rows(web, schema, table)
                wanted = [
                    row
                    for row in rows(writer, schema, table)
                    if person_in(schema, table, row) in inside
                ]
                assert len(found) == len(wanted), f"{schema}.{table}"
                assert {person_in(schema, table, row) for row in found} <= inside


@pytest.mark.usefixtures("history")
def test_figures_of_everybody_are_for_whoever_may_see_everybody(
    web: Connection,
) -> None:
    with within(web, Reach(unit="U0"), today=JUNE):
        assert rows(web, "statistics", "counted") == []
        assert rows(web, "records", "export") == []


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("reach", "seen"),
    [
        (Reach(person=""), set()),
        (Reach(persons=()), set()),
        (Reach(person="", persons=("P1", "P2")), {"P1", "P2"}),
        (Reach(barred=("P1", "P2")), {"P0", "P3", "P4", "P5", "P6", "P7"}),
        (Reach(person="", matters=("D1",)), set()),
        (Reach(matters=("D1",), unit="U0"), set()),
    ],
)
def test_what_a_mandate_names_and_who_is_barred_narrow_the_reach(
    web: Connection, reach: Reach, seen: set[str]
) -> None:
    with within(web, reach, today=JUNE):
        found = {row["number"] for row in rows(web, "calendar", "person")}

    assert found == seen


def test_persons_that_a_mandate_names_are_seen_in_its_unit_alone(
    web: Connection, history: History
) -> None:
    today, naive = history.now.date(), Naive(history.records)
    named = ("P1", "P2", "P3")
    for unit in ("U1", "U2", "U0"):
        with within(web, Reach(unit=unit, persons=named), today=today):
            found = {row["number"] for row in rows(web, "worklist", "person")}
        assert found == {n for n in named if naive.stands(n, today, unit)}


def test_s1_18_what_a_reader_is_excluded_from_is_in_no_table_for_them(
    web: Connection, writer: Connection, history: History
) -> None:
    today = history.now.date()
    for number in ("P1", "P2", "P5"):
        hidden = {str(s) for s in excluded(history.records, number, today)}
        assert hidden
        with within(web, Reach(reader=number), today=today):
            for schema, table in protected(writer):
                if table in HIDDEN:
                    continue
                found = rows(web, schema, table)
                wanted = [
                    row
                    for row in rows(writer, schema, table)
                    if stream_in(schema, table, row) not in hidden
                ]
                assert len(found) == len(wanted), f"{schema}.{table}"
                assert not {stream_in(schema, table, row) for row in found} & hidden


def test_a_delayed_read_is_kept_from_the_person_by_the_database_too(
    tell: Tell, web: Connection
) -> None:
    history = History()
    history.law('delayed_readers = ["investigator"]\ndelayed_by = "9000M"')
    history.person("P1")
    for role in ("investigator", "auditor"):
        fact = PersonalDataRead(
            reader="P2",
            role=role,
            purpose="audit",
            what="file",
            authority="mandate 1",
            persons=("P1",),
        )
        history.add(reading_stream(role), fact, subject="P1")
    tell(history)

    def roles(reach: Reach) -> list[str]:
        with within(web, reach):
            return [row["role"] for row in rows(web, "access_log", "shown")]

    everything, some = ["investigator", "auditor"], ["auditor"]
    assert roles(Reach(person="P1", reader="P1")) == some
    assert roles(Reach(reader="P1")) == some
    assert roles(Reach(person="P1")) == some
    assert roles(Reach(person="P1", reader="P9")) == everything
    assert roles(Reach()) == roles(Reach(reader="P9")) == everything
