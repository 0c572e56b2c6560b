"""`probity accounts`: who may log in, and how they prove who they are."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from projections.accounts import Account, Accounts
from projections.log import open_log
from projections.postgres.address import connect_as
from projections.sessions import Sessions
from web.cli.output import json_option, note, print_json, print_table
from web.cli.register import ROLE, checked_url, user
from web.login.passwords import Passwords
from web.login.settings import LIFETIMES

COLUMNS = ("name", "actor", "person", "password_set_at", "identities", "locked_at")
PAGE = 500
issuer_option = click.option(
    "--issuer", required=True, help="The provider's `issuer`, an https:// address."
)
subject_option = click.option(
    "--subject", required=True, help="Its `sub` for the holder."
)


@click.group()
def accounts() -> None:
    """Accounts of people who log in. What they may do, their mandates say."""


def kept() -> Accounts:
    where = connect_as(checked_url(), ROLE, name="probity accounts")
    return Accounts(open_log(where, size=1).pool)


@accounts.command()
@click.argument("name")
@click.option("--person", help="The holder's personnel number; no other has it then.")
@json_option
def add(name: str, person: str | None, *, as_json: bool) -> None:
    """Add an account; give it a password or an identity next."""
    known = kept()
    with known.pool:
        added = known.add(name, person=person, by=user())
    told(added, f"Account {added.name} is added; it acts as {added.actor}.", as_json)


@accounts.command(name="list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the accounts, and as whom each acts."""
    known = kept()
    with known.pool:
        rows = [shown(account) for account in everything(known)]
    if as_json:
        print_json(rows)
    else:
        print_table(rows, COLUMNS, empty="There are no accounts.")


@accounts.command()
@click.argument("name")
@json_option
def lock(name: str, *, as_json: bool) -> None:
    """Keep the holder out, and end their sessions."""
    known = kept()
    with known.pool:
        locked = known.lock(name, by=user())
        ended = end_sessions(known, name)
    told(locked, f"Account {locked.name} is locked; {ended} sessions ended.", as_json)


@accounts.command()
@click.argument("name")
@json_option
def unlock(name: str, *, as_json: bool) -> None:
    """Let the holder in again."""
    known = kept()
    with known.pool:
        unlocked = known.unlock(name)
    told(unlocked, f"Account {unlocked.name} is not locked.", as_json)


@accounts.command()
@click.argument("name")
@json_option
def set_password(name: str, *, as_json: bool) -> None:
    """Set the password, and end the sessions.

    It is asked for at a terminal; else it is the first line of standard input.
    """
    known = kept()
    with known.pool:
        known.get(name)
        hashed = Passwords().hash(typed())
        known.set_password(name, hashed, by=user())
        ended = end_sessions(known, name)
        account = known.get(name)
    told(account, f"The password is set; {ended} sessions ended.", as_json)


def typed() -> str:
    """Return a password from the terminal, asked twice, or from standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt(
        "Password", hide_input=True, confirmation_prompt=True, err=True
    )
    return asked


@accounts.command()
@click.argument("name")
@issuer_option
@subject_option
@json_option
def bind_oidc(name: str, issuer: str, subject: str, *, as_json: bool) -> None:
    """Let an identity of a provider log in as this account."""
    changed(
        lambda known: known.bind(name, issuer, subject, by=user()),
        name,
        f"{subject} of {issuer} may log in as {name}.",
        as_json,
    )


@accounts.command()
@click.argument("name")
@issuer_option
@subject_option
@json_option
def unbind_oidc(name: str, issuer: str, subject: str, *, as_json: bool) -> None:
    """Undo bind-oidc, and end the sessions."""

    def unbind(known: Accounts) -> None:
        known.unbind(name, issuer, subject)
        end_sessions(known, name)

    changed(unbind, name, f"{subject} of {issuer} is bound no more.", as_json)


def changed(
    change: Callable[[Accounts], None],
    name: str,
    message: str,
    as_json: bool,  # noqa: FBT001  it is handed on
) -> None:
    known = kept()
    with known.pool:
        change(known)
        account = known.get(name)
    told(account, message, as_json)


def everything(known: Accounts) -> list[Account]:
    found: list[Account] = []
    while page := known.list(after=found[-1].name if found else "", limit=PAGE):
        found += page
    return found


def end_sessions(known: Accounts, name: str) -> int:
    account = known.get(name).name
    sessions = Sessions(known.pool, LIFETIMES)
    return sessions.end_all(account, datetime.now(UTC), by=user())


def told(account: Account, message: str, as_json: bool) -> None:  # noqa: FBT001  it is handed on
    if as_json:
        print_json(shown(account))
    note(message)


def shown(account: Account) -> dict[str, Any]:
    parts = {name: getattr(account, name) for name in account.__struct_fields__}
    return parts | {"actor": account.actor}
