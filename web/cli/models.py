"""`probity lag`, `rebuild` and `parked`: the read models, and how they are mended."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
import psycopg

from projections.attesting import Comparison
from projections.models import MODELS, live_models
from projections.parked import list_parked, retry_parked
from projections.position import lag as read_lag
from projections.postgres.address import connect_as
from projections.rebuild import RebuildRunning
from projections.rebuild import rebuild as build_anew
from projections.vault.keyring import Keyring, open_vault
from web.cli.freshness import ROLE, Lender
from web.cli.output import json_option, note, print_json, print_table, rows_of
from web.cli.register import checked_url, reading

NAMES = tuple(model.name for model in MODELS)
MANY = 1000


@contextmanager
def projecting(name: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect as one who may write the read models."""
    where = connect_as(checked_url(), ROLE, name=f"probity {name}")
    with psycopg.connect(where, autocommit=True) as connection:
        yield connection


def vault() -> Keyring:
    """Return what opens names, to index them."""
    return open_vault(Lender(connect_as(checked_url(), ROLE, name="probity names")))


@click.command()
@json_option
def lag(*, as_json: bool) -> None:
    """Say how far each read model is behind the log, and how many events it parked."""
    with reading("lag") as connection:
        found = read_lag(connection, NAMES)
    if as_json:
        print_json(found)
    else:
        columns = ("name", "position", "events", "seconds", "parked")
        print_table(rows_of(found), columns, empty="There are no read models.")


@click.command()
@click.argument("model", type=click.Choice(NAMES))
@json_option
def rebuild(model: str, *, as_json: bool) -> None:
    """Build a read model anew from the log, beside the live one, and swap them.

    It may be interrupted: the next rebuild goes on where this one stopped.

    The new rows are compared with those attested in the log, and with the live ones.
    Where they differ, both digests and the tables are named, the new rows take the
    place of the live ones all the same, and the exit code is 1.
    """
    bar = click.progressbar(length=0, label=model, file=sys.stderr)

    def progress(done: int, total: int) -> None:
        bar.length = total
        bar.update(done - bar.pos)

    with projecting("rebuild") as connection, bar:
        try:
            built = build_anew(connection, model, vault(), progress=progress)
        except RebuildRunning as error:
            raise click.ClickException(str(error)) from error
    if as_json:
        said = {"model": model, "events": bar.pos, "compared": built.compared}
        print_json(said)
    note(f"{model} was built anew from {bar.pos} events.")
    tell_differences(built.compared)


def tell_differences(compared: Sequence[Comparison]) -> None:
    """Say what came of the comparisons; end with 1 where something is not the log's."""
    for found in compared:
        note(f"{found}.")
    if any(found.verdict == "different" for found in compared):
        raise click.ClickException(
            "rows were not what the log makes: somebody changed them, or the log. The"
            " log is the truth, and the rows it makes are live now. Whether the log was"
            " changed, `probity verify` says."
        )


@click.command()
@click.option("--retry", is_flag=True, help="Try them with the program as it is now.")
@json_option
def parked(*, retry: bool, as_json: bool) -> None:
    """List the events that a read model could not take."""
    if retry:
        with projecting("parked") as connection:
            retry_all(connection)
    with reading("parked") as connection:
        found = list_parked(connection, limit=MANY)
    if as_json:
        print_json(found)
    else:
        columns = ("model", "position", "subject", "error", "parked_at")
        print_table(rows_of(found), columns, empty="No event is parked.")


def retry_all(connection: psycopg.Connection[Any]) -> None:
    for model in live_models(vault()):
        applied, left = retry_parked(connection, model)
        if applied or left:
            note(f"{model.name}: {applied} applied, {left} parked still.")
