"""`probity import`: people and disclosures from files, as much as can be taken."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from web.cli.output import json_option, note, print_json
from web.cli.register import opened, user
from web.intake.mapping import load, shipped
from web.intake.outcome import Outcome, Sums
from web.intake.run import Import
from web.intake.shape import Kind
from web.intake.tables import length
from web.wording import shown

Advance = Callable[[int], None]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
WORDS = {
    "rows": "rows read",
    "taken": "taken",
    "already_there": "there already",
    "refused": "refused",
    "registered": "filers registered from their reports",
    "on_paper_unknown": "on paper, content unknown",
    "left_without_events": "left without an event, since all were refused",
    "events": "events filed",
    "events_refused": "events refused",
    "late": "events reported late",
    "without_duty": "events that no rule demanded",
}


@click.group(name="import")
def import_() -> None:
    """Take people or disclosures from a CSV, XLSX or JSONL file.

    What is refused is listed, with line and reason, in a report beside the summary;
    the rest is taken. Running it again takes nothing twice.
    """


def options(command: Callable[..., None]) -> Callable[..., None]:
    known = ", ".join(shipped())
    for option in (
        json_option,
        click.option("--by", default=user, help="Who imports; else who runs this."),
        click.option(
            "--report",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Where refusals are listed; else FILE.refused.jsonl, here.",
        ),
        click.option(
            "--mapping",
            help=f"What the columns mean: a TOML file, or one of {known}.",
        ),
        click.argument("file", type=FILE),
    ):
        command = option(command)
    return command


@import_.command()
@options
def people(file: Path, *, as_json: bool, **given: Any) -> None:
    """Register people, with their units and posts."""
    with importing("people", file, **given) as (one, advance):
        one.people(advance)
    report(one.outcome.sums, as_json=as_json)


@import_.command()
@options
@click.option("--rulebook", help="Under which, where neither file nor mapping says.")
def disclosures(
    file: Path, rulebook: str | None, *, as_json: bool, **given: Any
) -> None:
    """File reports that reached the office in the past, with their days of receipt."""
    with importing("disclosures", file, **given) as (one, advance):
        one.disclosures(rulebook, advance)
    report(one.outcome.sums, as_json=as_json)


@contextmanager
def importing(
    kind: Kind, file: Path, mapping: str | None, report: Path | None, by: str
) -> Iterator[tuple[Import, Advance]]:
    """Open file, register and report, and show how far it has come."""
    shape = load(mapping or kind, kind)
    place = report or Path(f"{file.name}.refused.jsonl")
    lines = length(file, shape.source)
    bar = click.progressbar(length=lines, label=file.name, file=sys.stderr)
    outcome = Outcome(Sums(file=str(file), kind=kind), place)
    with opened("import") as casework, outcome, bar as progress:
        yield Import(casework, file, shape, by, outcome), progress.update


def report(sums: Sums, *, as_json: bool) -> None:
    """Print the sums; say where the refusals are listed."""
    if as_json:
        print_json(sums)
    else:
        for name, said in WORDS.items():
            if getattr(sums, name) or name in ("rows", "taken"):
                click.echo(f"{getattr(sums, name):>8} {said}")
    if sums.columns_not_read:
        note(f"Columns that the mapping does not read: {shown(sums.columns_not_read)}")
    if sums.report:
        note(f"What was refused is listed in {sums.report}, with line and reason.")
