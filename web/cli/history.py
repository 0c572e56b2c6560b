"""`probity history`: what was recorded of one thing, event by event, from the log."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from domain.casework import Casework
from domain.errors import Unknown
from projections.models import personnel_file
from web.chronicle.entries import entries
from web.chronicle.gathering import GATHERED, Gatherer
from web.chronicle.kinds import Thread
from web.chronicle.paper import as_pdf
from web.chronicle.text import lines
from web.chronicle.told import Heading, Told, told
from web.chronicle.wanted import Wanted
from web.cli.output import json_option, note, print_json
from web.cli.register import opened, up_to_date
from web.cli.telling import at_terminal, purpose_options

# What a name may be the name of; the first that there is, is meant.
KINDS = (
    *("disclosure", "approval", "person", "unit", "rulebook", "campaign"),
    *("case", "verification", "appeal", "recommendation", "candidacy"),
)
DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("name", metavar="STREAM")
@click.option("--only", is_flag=True, help="Leave out what belongs to it.")
@click.option("--topic", help="Only this topic, or what it begins with: case.")
@click.option("--actor", help="Only what this one did, or what was done for them.")
@click.option(
    "--from", "from_on", type=DAY, help="From this day of recording on (UTC)."
)
@click.option("--to", "to_on", type=DAY, help="Up to this day of recording (UTC).")
@click.option("--rule", help="Only under this rule or rulebook, or RULEBOOK/RULE.")
@click.option("--pdf", type=FILE, help="Write it into this file, as PDF.")
@purpose_options
@json_option
def history(
    name: str, *, only: bool, as_json: bool, pdf: Path | None, **options: Any
) -> None:
    """Print every event of a thing, oldest first, with what it changed.

    STREAM is a stream's UUID, a sanction (PERSON:TRACK:1), or the number of a
    disclosure, an approval, a person, a unit, a rulebook, a campaign, a case, a
    verification, an appeal, a recommendation or a candidacy. With a disclosure come the
    duties that it fulfils, with a case its sanctions and appeals, and with a person all
    that is about them.
    """
    why = {"purpose": options.pop("purpose"), "reason": options.pop("reason")}
    with opened("history") as casework:
        threads = threads_of(casework, name, only=only)
        found = entries(threads, wanted(**options))
        person = next((p for p in map(subject, threads) if p), None)
        reader = at_terminal(casework, "history", key=name, person=person, **why)
        events = told(found, reader)
        kind = threads[0].kind
        heading = Heading(kind=kind, key=name, person=person, left_out=())
        if pdf:
            pdf.write_bytes(as_pdf(heading, events))
            note(f"{len(found)} events are in {pdf}")
        else:
            print_events(events, as_json=as_json)


def wanted(
    *, from_on: datetime | None, to_on: datetime | None, **given: str | None
) -> Wanted:
    return Wanted(
        topic=given["topic"],
        actor=given["actor"],
        rule=given["rule"],
        from_on=from_on.date() if from_on else None,
        to_on=to_on.date() if to_on else None,
    )


def subject(thread: Thread) -> str | None:
    return thread.events[0][1].subject


def threads_of(casework: Casework, name: str, *, only: bool = False) -> list[Thread]:
    """Return what *name* names, and unless *only* that is wanted, what belongs to it.

    Raises:
        Unknown: nothing in the register goes by that name.
    """
    gatherer = Gatherer(casework)
    first = next(filter(None, candidates(gatherer, name)), None)
    if first is None:
        with suppress(Unknown):
            first = gatherer.sanction(name)
        if first:
            return first
        kinds = ", ".join(("stream", "sanction", *KINDS[:5]))
        raise Unknown(f"{kinds} or campaign", name)
    return first if only else belonging(gatherer, first)


def candidates(gatherer: Gatherer, name: str) -> Iterator[list[Thread]]:
    with suppress(ValueError):
        yield gatherer.stream(UUID(name))
    for kind in KINDS:
        yield gatherer.threads([(kind, name)])


def belonging(gatherer: Gatherer, first: list[Thread]) -> list[Thread]:
    """Return a thread with all that belongs to it."""
    kind, key = first[0].kind, first[0].key
    if kind in GATHERED:
        return GATHERED[kind](gatherer, key)
    if kind == "person":
        with up_to_date("personnel_file") as connection:
            file = personnel_file.file(connection, key)
        return gatherer.person(key, file)
    return first


def print_events(events: Iterable[Told], *, as_json: bool) -> None:
    if as_json:
        print_json([{**event, **as_in_log(event)} for event in events])
        return
    for event in events:
        for line in lines(event):
            click.echo(line)


def as_in_log(event: Told) -> dict[str, Any]:
    """Return what the log itself calls two of the members."""
    return {
        "originator_id": event["stream"],
        "originator_version": event["version"],
    }
