"""`probity ledger`: how far it is published, where to, and with which keys."""

import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from projections.ledger import store
from projections.ledger.publishing.export import Export
from projections.ledger.publishing.standing import Standing, look, troubles
from projections.ledger.settings import given_policy
from projections.ledger.standard.note import parse_vkey
from projections.ledger.standard.policy import Policy
from projections.ledger.store import Published
from projections.ledger.vkeys import log_vkeys, receipt_vkeys
from projections.postgres.address import connect_as
from web.cli.output import json_option, note, print_json, print_table
from web.cli.register import checked_url

ROLE = "probity_ledger"
STEPS = ("step", "entries", "at", "seconds")
ASKED = ("name", "size", "cosigned_at", "asked_at", "trouble")
PARTS = {
    "dump": "web.cli.dump:dump",
    "epoch": "web.cli.epoch:epoch",
    "lost": "web.cli.epoch:lost",
}


class Parts(click.Group):
    """Imports what has a file of its own when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *PARTS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in PARTS:
            command: click.Command = pkgutil.resolve_name(PARTS[cmd_name])
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=Parts)
def ledger() -> None:
    """What outsiders check the log by: a tree over it, signed, cosigned, published."""


@contextmanager
def looking(name: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect as one who may read the ledger and the log."""
    where = connect_as(checked_url(), ROLE, name=f"probity ledger {name}")
    with psycopg.connect(where, autocommit=True) as connection:
        yield connection


@ledger.command()
@json_option
def status(*, as_json: bool) -> None:
    """Say how far the log is signed and published, who cosigned, and what is wrong."""
    policy, now = given_policy(), datetime.now(UTC)
    with looking("status") as connection:
        standing = look(connection, policy)
    told = troubles(standing, policy, now)
    if as_json:
        print_json(document(standing, policy, now) | {"trouble": told})
        return
    click.echo(f"{standing.origin}, quorum: {quorum(policy)}")
    print_table(list(steps(standing, now)), STEPS, empty="")
    print_table(asked(standing), ASKED, empty="No witness was asked.")
    for line in told:
        click.echo(f"Trouble: {line}.")


def document(
    standing: Standing, policy: Policy | None, now: datetime
) -> dict[str, Any]:
    """Return the standing as one document for programs."""
    return {
        "origin": standing.origin,
        "quorum": quorum(policy),
        "steps": list(steps(standing, now)),
        "witnesses": asked(standing),
        "waiting_since": standing.waiting_since,
        "late": standing.late(now),
    }


def asked(standing: Standing) -> list[dict[str, Any]]:
    return [one._asdict() for one in standing.witnesses]


def steps(standing: Standing, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield how many entries have come how far, and since when."""
    yield {"step": "recorded", "entries": standing.entries}
    yield {"step": "in the tree", "entries": standing.sequenced}
    yield {"step": "signed", **reached(standing.signed, now)}
    yield {"step": "published", **reached(standing.published, now)}
    if standing.stamped:
        yield {"step": "timestamped", **reached(standing.stamped, now)}


def reached(published: Published | None, now: datetime) -> dict[str, Any]:
    if published is None:
        return {"entries": 0}
    age = (now - published.at).total_seconds()
    return {"entries": published.size, "at": published.at, "seconds": round(age)}


def quorum(policy: Policy | None) -> str:
    """Return who has to cosign, in a few words."""
    if policy is None or not policy.needs_witnesses:
        return "none"
    group = policy.groups.get(policy.quorum)
    if group is None:
        return policy.quorum
    return f"{group.needed} of {', '.join(group.members)}"


@ledger.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--entries", is_flag=True, help="The entries too, not their hashes alone."
)
@json_option
def export(directory: Path, *, entries: bool, as_json: bool) -> None:
    """Write what is published as static files (C2SP tlog-tiles) into a DIRECTORY.

    Nothing that is there is changed. It may be interrupted: the next export goes on
    where this one stopped. Entries name streams, kinds of events and times, not what
    was said; after a backup had to be restored they tell what is lost.
    """
    bar = click.progressbar(length=0, label="Files", file=sys.stderr)

    def progress(done: int, total: int) -> None:
        bar.length = total
        bar.update(done - bar.pos)

    with looking("export") as connection, bar:
        published = Export(directory, entries).bring(
            connection, given_policy(), progress
        )
    if published is None:
        raise click.ClickException(
            "nothing is published yet: see probity ledger status"
        )
    if as_json:
        print_json({"origin": published.origin, "entries": published.size})
    note(f"{published.size} entries of {published.origin} are in {directory}.")


@ledger.command()
@click.option("--origin", help="Of this name, instead of the one the log has now.")
def vkeys(origin: str | None) -> None:
    """Print what others trust: the keys and witnesses, as a C2SP tlog-policy.

    Give it to whoever verifies, and its `log` lines to each witness, on a way on which
    nobody else could change them.
    """
    if origin is None:
        with looking("vkeys") as connection:
            origin = store.origin(connection).origin
    ours = log_vkeys(origin)
    if not ours:
        raise click.ClickException(
            "the log's keys are not here: run this where the sequencer runs, as its"
            " user, or name their file in PROBITY_LOG_KEY_FILE"
        )
    receipts = [f"# receipts {vkey}" for vkey in receipt_vkeys(origin)]
    logs = [f"log {vkey}" for vkey in ours]
    rest = others(given_policy(), {parse_vkey(vkey).public for vkey in ours})
    click.echo("\n".join([*receipts, *logs, *rest]))


def others(policy: Policy | None, ours: set[bytes]) -> Iterator[str]:
    """Yield the lines of a policy, but for our own keys under whatever name.

    No policy may have one key twice, so each of our epochs has a policy of its own.
    """
    if policy is None:
        yield "quorum none"
        return
    for line in policy.text.splitlines():
        words = line.split()
        mine = words[:1] == ["log"] and parse_vkey(words[1]).public in ours
        if not mine:
            yield line
