"""`probity overdue`, `late` and `file`: the questions that people ask most."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, get_args

import click
import psycopg

from domain.errors import Unknown
from projections.models import calendar, personnel_file
from projections.models.calendar import Duty, Sort, Which
from projections.models.personnel_file import File
from web.cli.output import json_option, print_json, print_table
from web.cli.papers import print_file
from web.cli.register import opened, up_to_date
from web.cli.telling import at_terminal, purpose_options

DAY = click.DateTime(["%Y-%m-%d"])
PAGE = 1000
# What is printed of a duty, besides the whole of it with --json.
OPEN = ("person", "name", "unit", "category", "due_on", "days_late")
DONE = ("person", "name", "category", "due_on", "received_on", "days_late")
Ask = Callable[..., Any]


def filters(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        json_option,
        purpose_options,
        click.option("--unit", help="Of this unit and those below."),
        click.option("--category", help="Of this category."),
        click.option("--person", help="Of this person, by number."),
        click.option("--from", "due_from", type=DAY, help="Due on this day or later."),
        click.option("--to", "due_to", type=DAY, help="Due on this day or earlier."),
        click.option("--days", "late", type=click.IntRange(1), help="Late by so many."),
        click.option("--sort", type=click.Choice(get_args(Sort)), help="The order."),
    ):
        command = option(command)
    return command


@click.command()
@filters
def overdue(*, as_json: bool, **asked: Any) -> None:
    """List what is open and past its due date."""
    listed(calendar.overdue, OPEN, as_json=as_json, asked=asked)


@click.command()
@filters
def late(*, as_json: bool, **asked: Any) -> None:
    """List what was reported after its due date."""
    listed(calendar.late, DONE, as_json=as_json, asked=asked)


def listed(
    ask: Ask, columns: tuple[str, ...], *, as_json: bool, asked: Mapping[str, Any]
) -> None:
    """Print every duty that *ask* finds."""
    given = {name: value for name, value in asked.items() if value is not None}
    why = {name: given.pop(name) for name in ("purpose", "reason") if name in given}
    sort = {"sort": given.pop("sort")} if "sort" in given else {}
    for name in given.keys() & {"due_from", "due_to"}:
        given[name] = given[name].date()
    with up_to_date("calendar") as connection, opened("calendar") as casework:
        found = list(pages(ask, connection, Which(**given), sort))
        rows = at_terminal(casework, "calendar", **why).told(found)
    if as_json:
        print_json(rows)
    else:
        print_table(rows, columns, empty="There is nothing.")


def pages(
    ask: Ask, connection: psycopg.Connection, which: Which, sort: Mapping[str, Any]
) -> Iterator[Duty]:
    today, after = datetime.now(UTC).date(), None
    while True:
        page = ask(connection, today, which, after=after, limit=PAGE, **sort)
        yield from page.rows
        after = page.next
        if after is None:
            return


@click.command()
@click.argument("person")
@click.option("--as-of", type=DAY, help="What held on this day.")
@click.option(
    "--known-at",
    help="What was known at this place in the log (a number), or time (UTC).",
)
@purpose_options
@json_option
def file(
    person: str,
    as_of: datetime | None,
    known_at: str | None,
    *,
    as_json: bool,
    **why: str | None,
) -> None:
    """Print the personnel file of a PERSON, by number."""
    day = as_of.date() if as_of else None
    with up_to_date("personnel_file") as connection, opened("file") as casework:
        found = file_of(connection, person, day, moment(known_at))
        reader = at_terminal(casework, "file", key=person, person=person, **why)
        told = reader.told(found)
    if as_json:
        print_json(told)
    else:
        print_file(told)


def file_of(
    connection: psycopg.Connection,
    person: str,
    as_of: date | None = None,
    known_at: int | datetime | None = None,
) -> File:
    """Return the file, or raise `Unknown` where there is (or was) none."""
    found = personnel_file.file(connection, person, as_of=as_of, known_at=known_at)
    if not found.entries:
        raise Unknown("file of", person)
    return found


def moment(text: str | None) -> int | datetime | None:
    """Return a place in the log or a time; a time without a zone is UTC."""
    if text is None or text.isdecimal():
        return None if text is None else int(text)
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        expected = "expected a place in the log (17) or a time (2016-12-20T09:00)"
        raise click.BadParameter(expected, param_hint="--known-at") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)
