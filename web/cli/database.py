"""`probity init` and `probity database`: making the database, and reaching it."""

import os

import click

from domain.errors import VaultClosed
from projections.ledger.first import first_keys, name_origin
from projections.ledger.keyfile import read, receipt_key_file
from projections.ledger.signing import open_signing
from projections.models import create_models
from projections.postgres.address import locate
from projections.postgres.setup import initialise
from projections.vault.first import first_wrapping
from projections.vault.source import find_wrapping
from web.cli.hold import leave_running
from web.cli.output import json_option, note, print_json


@click.command()
@click.option(
    "--origin",
    help="Name of the log's tree, such as register.example.org/log: it stands in every"
    " proof. Only before the first event.",
)
def init(origin: str | None) -> None:
    """Create roles, log, read models and keys where they are missing.

    Safe to run again, and from several processes at once.
    """
    address = locate()
    initialise(address, models=create_models)
    if origin is not None:
        named = name_origin(address.admin_url, origin)
        note(f"The log's tree is named {named}.")
    give_keys(address.admin_url)
    note("The register is ready.")


def give_keys(admin_url: str) -> None:
    """Make the keys of a new register, or say which it needs."""
    give_wrapping(admin_url)
    for made in first_keys(admin_url):
        note(
            f"A signing key is in {made}. Whoever has it can sign in this register's"
            " name: keep a copy elsewhere, and never with a copy of the database."
        )
    try:
        open_signing()
        read(receipt_key_file())
    except VaultClosed as error:
        note(f"Nothing can be signed yet: {error}")


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
