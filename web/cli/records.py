"""`probity access-log`, `retention`, `holds`, `glass`, `requests`: keeping records."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import click
from psycopg import Connection

from projections.models import access_log as log
from projections.models import records, requests, schedule
from projections.models.paging import Page
from web.answers.access import entries
from web.cli.asking import DAY, PAGE
from web.cli.output import json_option, print_json, print_table
from web.cli.register import opened, up_to_date
from web.cli.telling import at_terminal, purpose_options

Command = Callable[..., None]
# A question to a read model: (connection, today, which, after=, limit=) -> page.
Ask = Callable[..., Page[Any]]
SEEN = ("at", "reader", "role", "what", "key", "person", "purpose", "volume")
KEPT = ("person", "name", "relative", "year", "start_on", "due_on", "held")
HELD = ("person", "name", "hold", "basis", "review_on", "placed_by", "released_on")
BROKEN = ("at", "actor", "role", "person", "use", "reason", "until", "justified")
ASKED = ("kind", "request", "person", "received_on", "due_on", "stage", "outcome")


def filters(command: Command) -> Command:
    """Give a command the options that each of these has."""
    for option in (
        json_option,
        purpose_options,
        click.option("--person", help="Of this person, by number."),
        click.option("--unit", help="Of this unit and those below."),
    ):
        command = option(command)
    return command


settled = click.option("--all", is_flag=True, help="Those too that are settled.")


@click.command(name="access-log")
@filters
@click.option("--reader", help="Only what this one was shown.")
@click.option("--since", type=DAY, help="On this day (UTC) or later.")
@click.option("--until", type=DAY, help="Before this day (UTC).")
@click.option("--unusual", is_flag=True, help="Only what was unusual.")
@click.option(
    "--volume-above",
    "many",
    type=click.IntRange(0),
    help="Unusual, or by who was shown more people than that on a day.",
)
def access_log(*, as_json: bool, **asked: Any) -> None:
    """List who was shown whose data, the newest first."""
    for end in ("since", "until"):
        asked[end] = asked[end] and asked[end].replace(tzinfo=UTC)
    asked["unusual"] = asked["unusual"] or asked["many"] is not None
    listed("access_log", (accesses, log.Which), SEEN, as_json=as_json, asked=asked)


def accesses(*arguments: Any, **options: Any) -> Page[Any]:
    return entries(log.accesses(*arguments, **options))


@click.command()
@filters
@click.option("--due-by", type=DAY, help="To be destroyed by this day.")
@click.option("--free", is_flag=True, help="Only what no legal hold forbids.")
def retention(*, as_json: bool, **asked: Any) -> None:
    """List what is kept until when, and is destroyed then."""
    asked["due_by"] = asked["due_by"] and asked["due_by"].date()
    question = (schedule.retained, schedule.Which)
    listed("records", question, KEPT, as_json=as_json, asked=asked)


@click.command()
@filters
@settled
def holds(*, as_json: bool, **asked: Any) -> None:
    """List the legal holds, by the day on which they are to be reviewed."""
    question = (records.holds, records.Whose)
    listed("records", question, HELD, as_json=as_json, asked=asked)


@click.command()
@filters
@settled
def glass(*, as_json: bool, **asked: Any) -> None:
    """List access in emergencies that nobody has reviewed yet, the oldest first."""
    question = (records.broken_glass, records.Whose)
    listed("records", question, BROKEN, as_json=as_json, asked=asked)


@click.command(name="requests")
@filters
@click.option("--due-before", type=DAY, help="To be answered before this day.")
@settled
def requests_(*, as_json: bool, **asked: Any) -> None:
    """List what people asked about their records, by the day it is due."""
    asked["due_before"] = asked["due_before"] and asked["due_before"].date()
    asked["stage"] = None if asked.pop("all") else "open"
    question = (requests.requests, requests.Which)
    listed("records", question, ASKED, as_json=as_json, asked=asked)


def listed(
    model: str,
    question: tuple[Ask, Callable[..., Any]],
    columns: tuple[str, ...],
    *,
    as_json: bool,
    asked: dict[str, Any],
) -> None:
    """Print all that is found, once it is on record that it is read."""
    why = {name: asked.pop(name) for name in ("purpose", "reason")}
    ask, which = question
    with up_to_date(model) as connection, opened(model) as casework:
        found = list(pages(ask, connection, which(**asked)))
        rows = at_terminal(casework, model, **why).told(found)
    if as_json:
        print_json(rows)
    else:
        print_table(rows, columns, empty="There is nothing.")


def pages(ask: Ask, connection: Connection[Any], which: Any) -> Iterator[Any]:
    today, after = datetime.now(UTC).date(), None
    while True:
        page = ask(connection, today, which, after=after, limit=PAGE)
        yield from page.rows
        after = page.next
        if after is None:
            return
