"""`probity replay`: whether what was computed comes out the same from the log alone."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from psycopg import Connection

from domain.errors import Unknown
from domain.promotion.board import candidacy_stream
from domain.record import stream_of
from domain.replaying.whatif import RulebookImpact, impact
from domain.sanction.sanctions import stream_of_sanction
from projections.replaying.going import replay_all, replay_one, suppose
from web.answers.replays import Replayed, replayed
from web.cli.output import json_option, note, print_json, print_table, rows_of
from web.cli.register import reading
from web.cli.verify import bar

# What a name may be the name of; the first that there is, is meant.
KINDS = (
    *("disclosure", "approval", "person", "rulebook", "campaign", "case", "appeal"),
    *("verification", "recommendation", "draw", "figures", "access-request"),
    *("correction", "holds"),
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
COLUMNS = ("position", "topic", "field", "stored", "recomputed", "rule", "stream")
HIDDEN = ("topic", "field", "count", "reason")
CHANGES = ("kind", "topic", "field", "count")


@click.command()
@click.argument("decision", required=False)
@click.option("--all", "all_", is_flag=True, help="Replay every decision in the log.")
@click.option(
    "--since", type=click.IntRange(0), default=0, help="Only behind this position."
)
@click.option("--afresh", is_flag=True, help="Begin anew where a run was stopped.")
@click.option("--what-if", type=FILE, help="A rulebook: what would it have changed?")
@json_option
@click.pass_context
def replay(  # noqa: PLR0913  each is an option
    context: click.Context,
    *,
    decision: str | None,
    all_: bool,
    since: int,
    afresh: bool,
    what_if: Path | None,
    as_json: bool,
) -> None:
    """Compute decisions again from the log, under the rules of their day.

    DECISION is an event's id, or a stream's, a sanction (PERSON:TRACK:1), a candidacy
    (BOARD:PERSON), or the number of a disclosure, an approval, a person, a rulebook, a
    campaign, a case, an appeal, a verification, a recommendation, a draw, a report of
    figures, or a request. A run of --all that was stopped goes on where it was.

    Nothing is opened, and nothing recorded. Exit codes: 0 identical, 1 something
    differs, 2 wrong usage.
    """
    if sum((decision is not None, all_, what_if is not None)) != 1:
        raise click.UsageError("Name one decision, or --all, or --what-if a rulebook.")
    with reading("replay") as connection:
        if what_if:
            supposed(connection, what_if, as_json=as_json)
            return
        report = (
            everything(connection, since, afresh=afresh)
            if all_
            else single(connection, str(decision))
        )
    print_json(report) if as_json else print_report(report)
    context.exit(1 if report.different else 0)


def everything(connection: Connection[Any], since: int, *, afresh: bool) -> Replayed:
    """Replay the log, and show how far it is."""
    with bar("replaying") as progress:
        outcome, start = replay_all(
            connection, since=since, afresh=afresh, progress=progress
        )
    resumed = start if start > since else None
    return replayed(outcome, since=since, resumed_from=resumed)


def single(connection: Connection[Any], name: str) -> Replayed:
    """Replay what goes by that name."""
    for stream in candidates(name):
        try:
            return replayed(replay_one(connection, stream))
        except Unknown:
            continue
    raise Unknown("event, stream, report, person, rulebook or campaign", name)


def candidates(name: str) -> Iterator[UUID]:
    """Yield what may be meant by a name."""
    with suppress(ValueError):
        yield UUID(name)
    for kind in KINDS:
        yield stream_of(kind, name)
    if ":" in name:
        yield candidacy_stream(name)
    if name.count(":") > 1:
        yield stream_of_sanction(name)


def supposed(connection: Connection[Any], file: Path, *, as_json: bool) -> None:
    """Print what a rulebook would have changed."""
    text = file.read_text(encoding="utf-8")
    with bar("supposing") as progress:
        found = impact(suppose(connection, text, progress=progress), text)
    print_json(found) if as_json else print_impact(found)


def print_report(report: Replayed) -> None:
    if report.resumed_from:
        note(f"Went on behind position {report.resumed_from}, where it was stopped.")
    shown(report.differences, COLUMNS)
    click.echo(
        f"{report.replayed} decisions replayed up to position {report.upto}:"
        f" {report.identical} identical, {report.different} different"
    )
    if report.not_replayable:
        click.echo("Not replayable:")
        shown(report.not_replayable, HIDDEN)


def print_impact(found: RulebookImpact) -> None:
    shown(found.changes, CHANGES)
    click.echo(
        f"{found.rulebook}: of {found.replayed} decisions {found.changed} would have"
        " come out otherwise"
    )


def shown(things: Sequence[Any], columns: Sequence[str]) -> None:
    if things:
        print_table(rows_of(things), columns, empty="")
