"""`probity init` and `probity database`: making the database, and reaching it."""

import os

import click

from domain.errors import VaultClosed
from projections.models import create_models
from projections.postgres.address import locate
from projections.postgres.setup import initialise
from projections.vault.first import first_wrapping
from projections.vault.source import find_wrapping
from web.cli.hold import leave_running
from web.cli.output import json_option, note, print_json


@click.command()
def init() -> None:
    """Create roles, log and read models where they are missing.

    Safe to run again, and from several processes at once.
    """
    address = locate()
    initialise(address, models=create_models)
    give_wrapping(address.admin_url)
    note("The register is ready.")


def give_wrapping(admin_url: str) -> None:
    """Make a wrapping key for a new register, or say that it needs one."""
    if made := first_wrapping(admin_url):
        note(
            f"The wrapping key is in {made}. Without it nobody reads what is sealed:"
            " keep a copy elsewhere, and never with a copy of the database."
        )
    try:
        find_wrapping().versions()
    except VaultClosed as error:
        note(f"Nothing can be sealed yet: {error}")


@click.group()
def database() -> None:
    """Where the database is."""


@database.command()
@click.option("--superuser", is_flag=True, help="As one who may create roles.")
@json_option
def url(*, superuser: bool, as_json: bool) -> None:
    """Print how to reach the database, as a libpq URI; it holds a password.

    The embedded server runs while a program of ours uses it. It is kept for a minute,
    and for as long as anybody is connected, for whoever was given the address.
    """
    address = locate()
    if "DATABASE_URL" not in os.environ:
        leave_running()
    found = address.admin_url if superuser else address.url
    if as_json:
        print_json({"url": found})
    else:
        click.echo(found)
