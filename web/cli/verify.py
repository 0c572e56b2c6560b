"""`probity verify`: whether the live log is what its checkpoints prove."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import psycopg

from projections.auditing import compare_all
from projections.ledger.settings import given_policy
from projections.ledger.showing import shown
from projections.ledger.standard.policy import Policy, parse_policy, read_policy
from projections.ledger.verifier.logs import Trust, check_logs
from projections.ledger.verifier.sources.shown import Shown
from projections.ledger.verifier.verdict import CannotCheck, Difference, Verdict
from projections.ledger.vkeys import trust_text
from projections.models.reach import within
from projections.postgres.address import connect_as, locate
from projections.postgres.errors import UnsafeSetting
from web.cli.failures import said_of
from web.cli.models import projecting
from web.cli.output import json_option
from web.cli.register import EVERYBODY, ROLE, checked_url

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OWN = (
    "No policy names a witness: this says that the register agrees with what its own"
    " key signed. Whoever holds that key could have signed another history."
)

Progress = Callable[[int, int], None]


@click.command()
@click.option("--policy", type=FILE, help="Whom to trust; else $PROBITY_LEDGER_POLICY.")
@click.option(
    "--checkpoint",
    "checkpoints",
    type=FILE,
    multiple=True,
    help="A checkpoint from outside of the register; may be given again.",
)
@click.option("--against", type=FOLDER, help="Your own copy of the published tree.")
@click.option("--projections", is_flag=True, help="Build the read models anew as well.")
@json_option
@click.pass_context
def verify(
    context: click.Context,
    *,
    policy: Path | None,
    checkpoints: Sequence[Path],
    against: Path | None,
    projections: bool,
    as_json: bool,
) -> None:
    """Check every event of the log against what was signed and witnessed.

    It reads the whole log once. Exit codes: 0 fine, 1 tampered, 2 could not check.
    This program is the suspect's own: an auditor takes `probity ledger dump` or the
    published tree away, and checks it with `probity-verify`.
    """
    try:
        verdict = checked(policy, checkpoints, against)
        if projections:
            verdict.join(models())
    except Exception as error:
        if not (reason := said_of(error)):
            raise
        verdict = Verdict(obstacles=[reason])
    click.echo(verdict.written() if as_json else "\n".join(verdict.lines()))
    context.exit(verdict.code)


def checked(
    policy: Path | None, checkpoints: Sequence[Path], against: Path | None
) -> Verdict:
    """Return what the check of the log comes to."""
    try:
        with (
            bar("checking") as progress,
            examining("verify") as (connection, warnings),
            shown(connection, progress) as logs,
        ):
            trusted, remarks = trust(policy, logs)
            verdict = check_logs(logs, Trust(trusted, checkpoints, against))
    except CannotCheck as error:
        return Verdict(obstacles=[str(error)])
    verdict.remarks += [*remarks, *warnings]
    return verdict


@contextmanager
def examining(name: str) -> Iterator[tuple[psycopg.Connection[Any], list[str]]]:
    """Connect even where the database is not safe: then above all it is examined.

    Yields:
        A connection that reads everything, and what is unsafe.
    """
    try:
        url, warnings = checked_url(), []
    except UnsafeSetting as error:
        url, warnings = locate().url, str(error).splitlines()
    where = connect_as(url, ROLE, name=f"probity {name}")
    with (
        psycopg.connect(where, autocommit=True) as connection,
        within(connection, EVERYBODY),
    ):
        yield connection, warnings


def trust(file: Path | None, logs: Sequence[Shown]) -> tuple[Policy, list[str]]:
    """Return the policy to go by, and what has to be said of it.

    Where it does not list the log's keys, those of this register's own key file are
    taken.

    Raises:
        CannotCheck: the file is no policy.
    """
    try:
        given = read_policy(file) if file else given_policy()
    except ValueError as error:
        raise CannotCheck(f"{file}: {error}") from error
    if given and given.logs:
        return given, []
    policy = parse_policy(trust_text(given, [logs[-1].origin]))
    return policy, [] if policy.needs_witnesses else [OWN]


def models() -> Verdict:
    """Return whether the rows of the read models are those that the log makes."""
    verdict = Verdict()
    with bar("building read models anew") as progress, projecting("verify") as keeper:
        for found in compare_all(keeper, progress=lambda _, *done: progress(*done)):
            if found.verdict == "different":
                verdict.differences.append(Difference("projection", str(found)))
            else:
                verdict.remarks.append(str(found))
    return verdict


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """Draw a bar on standard error."""
    with click.progressbar(length=0, label=label, file=sys.stderr) as drawn:

        def progress(done: int, total: int) -> None:
            drawn.length = total
            drawn.update(done - drawn.pos)

        yield progress
