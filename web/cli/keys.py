"""`probity keys`: the wrapping keys of the register, and their rotation."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from projections.postgres.address import locate
from projections.vault.rotation import (
    Connection,
    Rotated,
    RotationRefused,
    operating,
    versions,
)
from projections.vault.rotation import retire as retire_version
from projections.vault.rotation import rotate as rotate_all
from projections.vault.source import find_wrapping
from web.cli.output import json_option, note, print_json, print_table, rows_of
from web.cli.register import checked_url

COLUMNS = ("name", "at_hand", "current", "keys", "subjects", "adopted_at", "retired_at")


@click.group()
def keys() -> None:
    """The wrapping key, without which nobody reads what is sealed."""


@contextmanager
def operator() -> Iterator[Connection]:
    """Connect as the owner of the keys, to a database that is safe and initialised."""
    checked_url()
    try:
        with operating(locate().admin_url) as connection:
            yield connection
    except RotationRefused as error:
        raise click.ClickException(str(error)) from error


@keys.command()
@json_option
def status(*, as_json: bool) -> None:
    """List the versions of the wrapping key, and how many keys each one wraps.

    No key is shown. Who has none at hand sees what the database says of them.
    """
    there = find_wrapping().versions()
    with operator() as connection:
        used = versions(connection)
    unused = [name for name in there if name not in {v.name for v in used}]
    rows = [{**row, "at_hand": row["name"] in there} for row in rows_of(used)]
    rows += [{"name": name, "at_hand": True, "current": False} for name in unused]
    if as_json:
        print_json(rows)
    else:
        print_table(rows, COLUMNS, empty="There is no wrapping key.")


@keys.command()
@json_option
def rotate(*, as_json: bool) -> None:
    """Wrap all keys anew, by a new version of the wrapping key; the log is not touched.

    It may be interrupted, and goes on where it stopped when it is run again. Programs
    may run meanwhile. Where they run on several machines, give all of them the new
    version first: one that is at hand and not used yet is taken.
    """
    bar = click.progressbar(length=0, label="Keys", file=sys.stderr)

    def progress(done: int, total: int) -> None:
        bar.length = total
        bar.update(done - bar.pos)

    with operator() as connection, bar:
        rotated = rotate_all(connection, find_wrapping(), progress)
    if as_json:
        print_json(rotated)
    note(f"Data keys wrapped anew by {rotated.kek}: {rotated.rewrapped}.")
    refuse_failed(rotated)


def refuse_failed(rotated: Rotated) -> None:
    if rotated.failed:
        ids = ", ".join(map(str, rotated.failed))
        raise click.ClickException(
            f"These data keys are not as they were wrapped, and stay so: {ids}."
            " Put their rows back from a backup, and run this again."
        )


@keys.command()
@click.argument("version")
@click.option("--yes", is_flag=True, help="Do not ask.")
def retire(version: str, *, yes: bool) -> None:
    """Forget a VERSION of the wrapping key that wraps nothing any more.

    Whatever was destroyed before its rotation is then gone from old backups too; but no
    copy of the database from before the rotation can be opened again.
    """
    if not yes:
        click.confirm(f"Forget {version}, and all backups from its time?", abort=True)
    with operator() as connection:
        wrapping = find_wrapping()
        gone = retire_version(connection, wrapping, version)
    if not gone:
        note(f"Now take it out of {wrapping.place}, and out of wherever that is kept.")
    note(f"{version} is forgotten, once you have destroyed your own copies of it.")
