"""`probity verification`: what registers answered, held against what was declared."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from domain.casework import Casework
from domain.record import Actor
from domain.verification.extract import TakeExtract
from domain.verification.state import Verification, verification_stream
from projections.models.search import MODEL
from web.cli.asking import DAY
from web.cli.bulk import Answered, ask_all
from web.cli.output import json_option, note, print_json
from web.cli.register import opened, up_to_date, user
from web.comparing import KIND, Comparison
from web.intake.extracts import Unreadable
from web.intake.mapping import load
from web.intake.shape import Mapping

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
by_option = click.option("--by", default=user, help="Who verifies; else who runs this.")
source_option = click.option("--source", required=True, help="The declared source.")


@click.group()
def verification() -> None:
    """Compare what was declared with what registers say."""


@verification.command()
@click.option("--draw", "name", required=True, help="The draw.")
@source_option
@by_option
@json_option
def ask(name: str, source: str, by: str, *, as_json: bool) -> None:
    """Put on record that a source is asked about everybody who was drawn.

    Where it was asked in a verification before, or that is over, nothing is recorded.
    """
    with opened("verification") as casework:
        asked = ask_all(casework, name, source, Actor(id=by, role="verifier"))
    if as_json:
        print_json(asked)
    else:
        click.echo(f"{asked['asked']} asked, {asked['before']} before")


@verification.command()
@click.argument("file", type=FILE)
@click.option("--verification", "name", help="The open verification.")
@click.option("--draw", help="Or all of a draw; the mapping says whom a row is about.")
@source_option
@click.option("--mapping", required=True, help="A TOML file, or a shipped mapping.")
@click.option("--as-of", type=DAY, help="The day it tells of, if the file does not.")
@click.option("--disclosure", "names", multiple=True, help="Compare with this report.")
@by_option
@json_option
def extract(file: Path, *, by: str, as_json: bool, **given: Any) -> None:
    """Take what a register answered (CSV, XLSX or JSON) and compare it.

    All rows are taken, or none. Running it again takes nothing twice. Without
    --disclosure it is compared with all of the person's reports under the mapping's
    rule; of a yearly duty, with the last.
    """
    if (given["name"] is None) == (given["draw"] is None):
        raise click.UsageError("Name a --verification or a --draw, one of the two.")
    if given["draw"] and given["names"]:
        raise click.UsageError("With --draw each is compared with their own reports.")
    given["as_of"] = given["as_of"] and given["as_of"].date()
    mapping = load(given.pop("mapping"), KIND)
    who = Actor(id=by, role="verifier")
    with opened("verification") as casework:
        told = taken(casework, mapping, file, who, **given)
    if as_json:
        print_json(told)
    else:
        report(told)
    if told.get("refused"):
        raise click.exceptions.Exit(1)


def taken(
    casework: Casework, mapping: Mapping, file: Path, who: Actor, **given: Any
) -> dict[str, Any]:
    """Take the file; list every line that cannot be read, and end."""
    name, draw = given.pop("name"), given.pop("draw")
    try:
        if draw:
            answer = Answered(casework, mapping, draw, given["source"])
            extracts = answer.read(file, given["as_of"])
            with up_to_date(MODEL) as connection:
                return answer.take(connection, extracts, who)
        return take_one(Comparison(casework, mapping, name), file, who, **given)
    except Unreadable as error:
        for fault in error.faults:
            note(f"{error.file}, {fault}")
        raise click.ClickException("Nothing was taken.") from error


def take_one(
    one: Comparison,
    file: Path,
    who: Actor,
    *,
    source: str,
    as_of: date | None,
    names: tuple[str, ...],
) -> dict[str, Any]:
    names = names or reports(one)
    command: TakeExtract = one.command(
        file, source=source, as_of=as_of, disclosures=names
    )
    before = found(one)
    receipt = one.casework.handle(command, by=who, at=datetime.now(UTC))
    return {
        "verification": one.verification,
        "sha256": command.sha256,
        "rows": len(command.rows),
        "reports": names,
        "new_discrepancies": found(one) - before,
        "position": receipt.position,
    }


def found(one: Comparison) -> int:
    stream = verification_stream(one.verification)
    return len(one.casework.look(Verification(), stream).discrepancies)


def reports(one: Comparison) -> tuple[str, ...]:
    with up_to_date(MODEL) as connection:
        return one.reports(connection, datetime.now(UTC).date())


def report(told: dict[str, Any]) -> None:
    """Print what was compared, for a person to read."""
    for name, why in told.get("refused", {}).items():
        note(f"{name}: {why}")
    if told.get("position", 0) is None:
        note("It was taken and compared before.")
    compared = ", ".join(told.get("reports", ())) or "no report"
    if "verifications" in told:
        compared = f"{told['verifications']} verifications"
    click.echo(f"{told['rows']} rows compared with {compared}")
    click.echo(f"{told['new_discrepancies']} new discrepancies")
