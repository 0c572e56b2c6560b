"""`probity verification`: what registers answered, held against what was declared."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from domain.record import Actor
from domain.verification.extract import TakeExtract
from domain.verification.state import Verification, verification_stream
from projections.models.search import MODEL
from web.cli.asking import DAY
from web.cli.output import json_option, note, print_json
from web.cli.register import opened, up_to_date, user
from web.comparing import KIND, Comparison
from web.intake.extracts import Unreadable
from web.intake.mapping import load

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def verification() -> None:
    """Compare what was declared with what registers say."""


@verification.command()
@click.argument("file", type=FILE)
@click.option("--verification", "name", required=True, help="The open verification.")
@click.option("--source", required=True, help="The declared source that answered.")
@click.option("--mapping", required=True, help="A TOML file, or a shipped mapping.")
@click.option("--as-of", type=DAY, help="The day it tells of, if the file does not.")
@click.option("--disclosure", "names", multiple=True, help="Compare with this report.")
@click.option("--by", default=user, help="Who verifies; else who runs this.")
@json_option
def extract(file: Path, *, name: str, by: str, as_json: bool, **given: Any) -> None:
    """Take what a register answered (CSV, XLSX or JSON) and compare it.

    All rows are taken, or none. Running it again takes nothing twice. Without
    --disclosure it is compared with all of the person's reports under the mapping's
    rule; of a yearly duty, with the last.
    """
    day = given["as_of"] and given["as_of"].date()
    mapping = load(given["mapping"], KIND)
    with opened("verification") as casework:
        one = Comparison(casework, mapping, name)
        names = given["names"] or reports(one)
        before = casework.look(Verification(), verification_stream(name))
        command = read(one, file, given["source"], day, names)
        receipt = casework.handle(
            command, by=Actor(id=by, role="verifier"), at=datetime.now(UTC)
        )
        after = casework.look(Verification(), verification_stream(name))
    told = {
        "verification": name,
        "sha256": command.sha256,
        "rows": len(command.rows),
        "reports": names,
        "new_discrepancies": len(after.discrepancies) - len(before.discrepancies),
        "position": receipt.position,
    }
    report(told, as_json=as_json)


def reports(one: Comparison) -> tuple[str, ...]:
    with up_to_date(MODEL) as connection:
        return one.reports(connection, datetime.now(UTC).date())


def read(
    one: Comparison, file: Path, source: str, day: date | None, names: tuple[str, ...]
) -> TakeExtract:
    """Return the command; list every line that cannot be read, and end."""
    try:
        return one.command(file, source=source, as_of=day, disclosures=names)
    except Unreadable as error:
        for fault in error.faults:
            note(f"{error.file}, {fault}")
        raise click.ClickException("Nothing was taken.") from error


def report(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    if told["position"] is None:
        note("It was taken and compared before.")
    compared = ", ".join(told["reports"]) or "no report"
    click.echo(f"{told['rows']} rows compared with {compared}")
    click.echo(f"{told['new_discrepancies']} new discrepancies")
