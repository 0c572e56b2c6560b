"""`probity history`: what was recorded of one thing, event by event, from the log."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

import click
import msgspec

from domain.approval import approval_stream
from domain.casework import Casework
from domain.disclosure import Disclosure, disclosure_stream
from domain.errors import Unknown
from domain.person import person_stream
from domain.record import Recorded, stream_of
from domain.rulebook import regime_stream
from domain.unit import unit_stream
from domain.view import replay
from web.cli.output import json_option, print_json, shown
from web.cli.register import opened
from web.cli.telling import at_terminal, purpose_options

# What a name may be the name of; the first that there is, is meant.
KINDS = (
    disclosure_stream,
    approval_stream,
    person_stream,
    unit_stream,
    regime_stream,
    lambda name: stream_of("campaign", name),
)
# Texts of whole rulebooks are not for a line.
LONG = 300


@click.command()
@click.argument("name", metavar="STREAM")
@click.option("--only", is_flag=True, help="Leave out the duties a report fulfils.")
@purpose_options
@json_option
def history(name: str, *, only: bool, as_json: bool, **why: str | None) -> None:
    """Print every event of a thing, oldest first.

    STREAM is a stream's UUID, or the number of a disclosure, an approval, a person, a
    unit, a rulebook or a campaign. With a disclosure come the duties that it fulfils.
    """
    with opened("history") as casework:
        found = history_of(casework, name, only=only)
        person = next((e["subject"] for e in found if e.get("subject")), None)
        reader = at_terminal(casework, "history", key=name, person=person, **why)
        events = reader.told(found)
    if as_json:
        print_json(events)
    else:
        for event in events:
            print_event(event)


def history_of(
    casework: Casework, name: str, *, only: bool = False
) -> list[Mapping[str, Any]]:
    """Return the events of what *name* names, in the order of the log.

    Raises:
        Unknown: nothing in the register goes by that name.
    """
    for stream in candidates(name):
        events = list(read(casework, [stream]))
        if events:
            related = () if only else duties(record for _, record in events)
            events += read(casework, [s for s in related if s != stream])
            return [described(*event) for event in sorted(events, key=lambda e: e[0])]
    raise Unknown("stream, report, person, unit, rulebook or campaign", name)


def candidates(name: str) -> Iterator[UUID]:
    with suppress(ValueError):
        yield UUID(name)
    for stream_by_name in KINDS:
        yield stream_by_name(name)


def read(
    casework: Casework, streams: list[UUID]
) -> Iterator[tuple[int, Recorded[Any]]]:
    for stored in casework.kept.select_streams(streams):
        record: Any = casework.mapper.to_domain_event(stored)
        yield stored.id, record


def duties(records: Iterator[Recorded[Any]]) -> Iterator[UUID]:
    """Yield what a disclosure fulfils; nothing where the events are of another kind."""
    return replay(Disclosure(), (record.fact for record in records)).obligations()


def described(position: int, record: Recorded[Any]) -> Mapping[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(record)
    return {"position": position, "topic": record.fact.TOPIC, **fields}


def print_event(event: Mapping[str, Any]) -> None:
    actor = event["actor"]
    behalf = f" for {actor['on_behalf_of']}" if actor.get("on_behalf_of") else ""
    when = event["recorded_at"][:16].replace("T", " ")
    who = f"{actor['id']}{behalf}, {actor['role']}"
    click.echo(f"{when}  {event['topic']}  ({who})")
    said = {**event["fact"], "reason": event.get("reason")}
    for name, value in said.items():
        if value is not None:
            click.echo(f"    {name}: {shown(value)[:LONG]}")
