"""The overdue list and a personnel file, beside the bare SQL that they run."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg

from benchmarks.figures import Figure, in_turn, rate
from benchmarks.projecting import project
from benchmarks.register import (
    NOW,
    PEOPLE,
    RULEBOOK,
    UNITS,
    carry_out,
    file_for_a_year,
    office,
    open_register,
)
from domain.access import Reach
from domain.duties import RaiseObligation
from domain.record import Command
from projections.models import calendar, personnel_file
from projections.models.reach import within
from projections.postgres.address import Address, connect_as

FILINGS = 5_000
GOAL = 1.5
TODAY = date(2020, 12, 1)


def figures(address: Address) -> Iterator[Figure]:
    casework, log = open_register(address)
    file_for_a_year(casework, FILINGS)
    carry_out(casework, office("scheduler"), never_reported())
    log.pool.close()
    project(address)
    where = connect_as(address.url, "probity_web", name="bench")
    with (
        psycopg.connect(where, autocommit=True) as connection,
        within(connection, Reach()),
    ):
        yield measure("overdue list, a page of 100", connection, overdue)
        yield measure("overdue list of one unit", connection, overdue_in_unit)
        yield measure("personnel file", connection, file)


def never_reported() -> Iterator[Command[Any]]:
    for nth, person in enumerate(PEOPLE * 4):
        day = NOW.date() - timedelta(days=nth % 90)
        yield RaiseObligation(
            person=person,
            rulebook=RULEBOOK,
            rule="transaction",
            key=f"bench-open-{nth}",
            triggered_on=day,
            anchors={"transaction_date": day},
        )


def overdue(connection: psycopg.Connection[Any]) -> object:
    return calendar.overdue(connection, TODAY, limit=100).rows


def overdue_in_unit(connection: psycopg.Connection[Any]) -> object:
    which = calendar.Which(unit=UNITS[7])
    return calendar.overdue(connection, TODAY, which, limit=100).rows


def file(connection: psycopg.Connection[Any]) -> object:
    return personnel_file.file(connection, PEOPLE[7]).entries


class Recording(psycopg.Cursor[Any]):
    """Remembers the statement that was run last, so that it can be run bare."""

    last: tuple[Any, Any] = ("", None)

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Recording":
        Recording.last = (query, params)
        return super().execute(query, params, **options)


def measure(
    work: str, connection: psycopg.Connection[Any], ask: "type[Any] | Any"
) -> Figure:
    connection.cursor_factory = Recording
    found = ask(connection)
    connection.cursor_factory = psycopg.Cursor
    if not found:
        raise RuntimeError(f"{work}: there is nothing to read")
    query, params = Recording.last

    def bare() -> object:
        return connection.execute(query, params, prepare=False).fetchall()

    ours, beside = in_turn(
        lambda seconds: rate(lambda: ask(connection), seconds),
        lambda seconds: rate(bare, seconds),
    )
    return Figure(
        work=work,
        value=1000 / ours,
        unit="ms",
        beside=1000 / beside,
        goal=GOAL,
        at_most=True,
    )
