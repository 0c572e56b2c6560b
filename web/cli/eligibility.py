"""`probity eligibility`: who may be promoted, as of a day, as known at a time."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO, get_args

import click

from domain.promotion.facts import Level
from domain.regime.discipline import Purpose
from projections.models import eligibility as model
from projections.models.eligibility import Asked
from web.answers.eligibility import answered
from web.cli.asking import DAY, moment
from web.cli.output import json_option, note, print_json, print_table
from web.cli.register import opened, up_to_date
from web.cli.telling import at_terminal, purpose_options

COLUMNS = ("person", "name", "result", "until", "review_on", "why")


@click.command()
@click.argument("persons", nargs=-1)
@click.option("--file", "listed", type=click.File(), help="Numbers, one a line.")
@click.option("--rulebook", required=True, help="The one that says who is eligible.")
@click.option(
    "--for",
    "favour",
    type=click.Choice(get_args(Purpose)),
    default="promotion",
    help="For what.",
)
@click.option("--ladder", help="On which ladder; else the first of the rulebook.")
@click.option("--level", type=click.Choice(get_args(Level)), default="higher")
@click.option("--as-of", type=DAY, help="Who was eligible on that day; else today.")
@click.option(
    "--known-at",
    help="What was known at this place in the log (a number), or time (UTC).",
)
@purpose_options
@json_option
def eligibility(
    persons: tuple[str, ...],
    listed: TextIO | None,
    *,
    favour: Purpose,
    as_of: datetime | None,
    known_at: str | None,
    as_json: bool,
    **more: Any,
) -> None:
    """Say of each of PERSONS, by number, whether they are eligible, and why not."""
    why = {name: more.pop(name) for name in ("purpose", "reason")}
    day = as_of.date() if as_of else datetime.now(UTC).date()
    asked = Asked(as_of=day, purpose=favour, **more)
    wanted = [*persons, *numbers(listed or ())]
    with (
        up_to_date(model.MODEL) as connection,
        opened("eligibility") as casework,
    ):
        found = model.eligible(connection, asked, wanted, known_at=moment(known_at))
        answer = answered(found, model.names(connection, wanted))
        told = at_terminal(casework, "eligibility", **why).told(answer)
    if as_json:
        print_json(told)
        return
    print_table([row(each) for each in told["candidates"]], COLUMNS, empty="Nobody.")
    for number in told["unknown"]:
        note(f"there is no person {number}")


def numbers(lines: Iterable[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def row(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a candidate as a line of a table."""
    why = [f"{reason['code']} ({reason['key']})" for reason in told["reasons"]]
    return {**told, "why": [*why, *(w for w in told["missing"] if w == "post")]}
