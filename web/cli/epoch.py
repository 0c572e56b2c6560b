"""`probity ledger epoch` and `lost`: after a backup had to be restored."""

from datetime import UTC, datetime
from pathlib import Path

import click
import psycopg

from domain.ledger import LedgerEntryLost, ledger_stream
from domain.record import Actor
from projections.ledger import store
from projections.ledger.publishing.written import Written
from projections.ledger.restoring.epoch import Epochs, Opened
from projections.ledger.restoring.evidence import Evidence, Trust, find
from projections.ledger.settings import given_policy
from projections.ledger.signing import open_signing
from projections.ledger.standard.note import BadNote, parse_vkey
from projections.postgres.address import connect_as, locate
from projections.vault.keyring import open_vault
from web.cli.freshness import Lender
from web.cli.output import json_option, note, print_json, print_table, rows_of
from web.cli.register import ROLE, checked_url, opened, user

OWNER = "probity_owner"
COLUMNS = ("origin", "index", "recorded_at", "topic", "stream", "version", "leaf")


@click.command()
@click.option(
    "--from",
    "sources",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    required=True,
    metavar="DIR|NOTE",
    help="What was published: an export, or a checkpoint. May be repeated.",
)
@click.option(
    "--reason",
    default="an older copy of the database was restored",
    show_default=True,
    help="Why, in one line; everybody will read it.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def epoch(sources: tuple[Path, ...], reason: str, *, yes: bool, as_json: bool) -> None:
    """Close the log that was published, and let it go on under its next name.

    Only after a backup was restored that is older than what was signed; not to be
    undone. Follow docs/restore.md.
    """
    url, signing = checked_url(), open_signing()
    with psycopg.connect(locate().admin_url, autocommit=True) as connection:
        connection.execute(f"SET ROLE {OWNER}".encode())
        origin = store.origin(connection).origin
        keys = tuple(map(parse_vkey, signing.keys.vkeys(origin)))
        trust = Trust(keys, given_policy())
        found = [find(source, origin, trust) for source in sources]
        if not yes:
            click.confirm(f"Close {origin} for ever?", abort=True, err=True)
        vault = open_vault(Lender(connect_as(url, ROLE, name="probity epoch")))
        epochs = Epochs(Evidence(found, signing.seen, trust), signing.keys, vault)
        by = Actor(id=user(), role="admin")
        try:
            done = epochs.open_next(connection, reason, by, datetime.now(UTC))
        except BadNote as error:
            raise click.BadParameter(str(error), param_hint="reason") from error
    for site in (one.site for one in found if one.site):
        lay_down(site, done)
    tell(done, as_json=as_json)


def lay_down(site: Written, done: Opened) -> None:
    """Write the statement beside the last checkpoint; all is done, if this fails."""
    name = f"closing-{done.closing.next.rpartition('/')[2]}"
    try:
        site.put(name, done.note.encode())
        site.settle()
    except OSError as error:
        note(f"{site.root / name} cannot be written ({error.strerror}): see to it.")


def tell(done: Opened, *, as_json: bool) -> None:
    """Print the statement, and say what is to be done next."""
    closing = done.closing
    if as_json:
        print_json({"origin": closing.next, "closing": done.note, "lost": done.lost})
    else:
        click.echo(done.note, nl=False)
    note(f"{closing.origin} is closed, and the log goes on as {closing.next}.")
    note(
        f"Of {closing.signed.size} entries that were signed {closing.retained} are here"
        f" and {closing.lost} are lost; `probity ledger lost` lists the"
        f" {len(done.lost)} that are known."
    )
    note(
        "Now give each witness, and whoever verifies, what `probity ledger vkeys`"
        " prints; hand them the statement; and have what is lost filed again."
    )


@click.command()
@json_option
def lost(*, as_json: bool) -> None:
    """List the entries that were lost when an older copy was restored."""
    with opened("ledger lost") as casework:
        facts = [record.fact for record in casework.history(ledger_stream())]
    found = [fact for fact in facts if isinstance(fact, LedgerEntryLost)]
    if as_json:
        print_json(found)
    else:
        print_table(rows_of(found), COLUMNS, empty="No entry is known to be lost.")
