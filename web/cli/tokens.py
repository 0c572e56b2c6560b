"""`probity token`: who may use the API, as what, and until when."""

from datetime import UTC, datetime, timedelta

import click
import msgspec

from domain.access import ROLES
from projections.log import open_log
from projections.postgres.address import connect_as
from projections.tokens import Token, Tokens, Wanted
from web.cli.output import json_option, note, print_json, print_table
from web.cli.register import ROLE, checked_url, user

COLUMNS = ("id", "role", "person", "unit", "label", "expires_at", "revoked_at")
PAGE = 500


@click.group()
def token() -> None:
    """Tokens of the API. The secret is shown once, when a token is created."""


def tokens() -> Tokens:
    where = connect_as(checked_url(), ROLE, name="probity token")
    return Tokens(open_log(where, size=1).pool)


@token.command()
@click.argument("role", type=click.Choice(ROLES))
@click.option("--label", required=True, help="For whom or what it is.")
@click.option("--person", help="The holder's personnel number.")
@click.option("--unit", help="Limits it to this unit and those below.")
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    default=90,
    show_default=True,
    help="How long it is good for.",
)
@json_option
def create(
    role: str,
    label: str,
    person: str | None,
    unit: str | None,
    days: int,
    *,
    as_json: bool,
) -> None:
    """Create a token for a ROLE, and print it."""
    expires_at = datetime.now(UTC) + timedelta(days=days)
    wanted = Wanted(
        role=role, label=label, expires_at=expires_at, unit=unit, person=person
    )
    known = tokens()
    with known.pool:
        secret = known.issue(wanted, by=user())
    if as_json:
        print_json({"token": secret, **msgspec.structs.asdict(wanted)})
    else:
        click.echo(secret)
        note("Keep it: nobody can read it again.")


@token.command(name="list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the tokens, without their secrets."""
    known = tokens()
    with known.pool:
        found = everything(known)
    if as_json:
        print_json(found)
    else:
        rows = [msgspec.structs.asdict(one) for one in found]
        print_table(rows, COLUMNS, empty="There are no tokens.")


def everything(known: Tokens) -> list[Token]:
    found: list[Token] = []
    while page := known.list(after=found[-1].id if found else "", limit=PAGE):
        found += page
    return found


@token.command()
@click.argument("id_", metavar="ID")
@json_option
def revoke(id_: str, *, as_json: bool) -> None:
    """End a token: the part between prb_ and the next _ is its ID."""
    known = tokens()
    with known.pool:
        ended = known.revoke(id_.removeprefix("prb_").partition("_")[0], by=user())
    if as_json:
        print_json(ended)
    note(f"Token {ended.id} ({ended.label}) is revoked.")
