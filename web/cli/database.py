"""`probity init` and `probity database`: making the database, and reaching it."""

import os

import click

from projections.models import create_models
from projections.postgres.address import locate
from projections.postgres.setup import initialise
from web.cli.hold import leave_running
from web.cli.output import json_option, note, print_json


@click.command()
def init() -> None:
    """Create roles, log and read models where they are missing.

    Safe to run again, and from several processes at once.
    """
    initialise(locate(), models=create_models)
    note("The register is ready.")


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
