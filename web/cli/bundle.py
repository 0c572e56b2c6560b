"""`probity bundle`: what proves a matter to somebody outside, as one file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import click
from psycopg import IsolationLevel

from domain.access import authority_of
from domain.casework import Casework
from domain.records.export import UNMASKING, RecordExport
from projections.ledger.bundles.bundling import Bundle, keys_needed
from projections.ledger.bundles.gathering import KINDS, Selection, gather
from projections.ledger.settings import given_policy
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.vault.keyring import Keyring
from web.cli.leaving import new_file, write
from web.cli.output import json_option, note, print_json
from web.cli.register import opened, reading
from web.cli.telling import at_terminal, purpose_options

KIND = "bundle"
SAFE = re.compile(r"[^A-Za-z0-9.-]+")
USUAL = "disclosure"
HANDED_OVER = (
    "Data keys are in it, which open more than this matter. README.txt in it says how"
    " to keep it."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for.

    Attributes:
        kind, name: which thing.
        redact: positions of the events whose contents are left out.
        redacted: leave out the contents of all events, but the law's.
        opening: open what is sealed, and hand over the keys.
    """

    kind: str
    name: str
    redact: tuple[int, ...]
    redacted: bool
    opening: bool

    def left_out(self, selection: Selection) -> set[int]:
        if self.redacted:
            return selection.rows.keys() - selection.law_positions
        return set(self.redact)


@click.command()
@click.argument("named", nargs=-1, required=True, metavar="[KIND] ID")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to make; else it is named after what is in it. None is overwritten.",
)
@click.option(
    "--redact",
    type=int,
    multiple=True,
    metavar="POSITION",
    help="Leave out the contents of this event; its digest stays. May be repeated.",
)
@click.option("--redacted", is_flag=True, help="Leave out the contents of all events.")
@click.option(
    "--open",
    "opening",
    is_flag=True,
    help="Add what is sealed in the clear, and the keys to it. Needs a --purpose.",
)
@purpose_options
@json_option
def bundle(
    named: tuple[str, ...],
    output: Path | None,
    *,
    as_json: bool,
    **asked: Any,
) -> None:
    """Write what proves a disclosure, or another thing, to a court: one zip.

    With the events of a disclosure come the duties that it fulfils and the rulebooks
    that they cite, each event with the proof that it is in the log. `probity-verify
    bundle FILE --policy POLICY` checks it without this register. What is personal in it
    stays sealed. That the file leaves the register is on record.
    """
    kind, name = thing(named)
    why = {word: asked.pop(word) for word in ("purpose", "reason")}
    if asked["opening"] and why["purpose"] not in UNMASKING:
        known = ", ".join(sorted(UNMASKING))
        raise click.UsageError(f"--open needs a --purpose that takes it: {known}.")
    wanted = Wanted(kind=kind, name=name, **asked)
    target = output or Path(f"{kind}-{SAFE.sub('-', name)}.zip")
    with new_file(target) as draft, opened("bundle") as casework:
        made, content = make(wanted, cast("Keyring", casework.vault))
        put_on_record(casework, made, content, why)
        write(draft, content)
    tell(target, made, content, as_json=as_json)


def thing(named: tuple[str, ...]) -> tuple[str, str]:
    """Return the kind and the name that are meant; alone, a name is a disclosure's."""
    if len(named) > 2 or (len(named) == 2 and named[0] not in KINDS):  # noqa: PLR2004  KIND ID
        raise click.UsageError(f"Say [KIND] ID; a kind is one of {', '.join(KINDS)}.")
    return (named[0], named[1]) if len(named) > 1 else (USUAL, named[0])


def make(wanted: Wanted, vault: Keyring) -> tuple[Bundle, bytes]:
    """Make the bundle in memory, of what the log holds at one moment."""
    with reading("bundle") as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            found = gather(connection, wanted.kind, wanted.name)
            redacted = wanted.left_out(found)
            keys = (
                vault.secrets(keys_needed(found, redacted)) if wanted.opening else None
            )
            made = Bundle(
                selection=found,
                policy=given_policy(),
                redacted=redacted,
                keys=keys,
            )
            return made, made.made(connection)


def put_on_record(
    casework: Casework, made: Bundle, content: bytes, why: Mapping[str, Any]
) -> None:
    """Record that the file leaves, and that it is read; before it is written."""
    reader = at_terminal(casework, "export", **why)
    command = RecordExport(
        export=str(uuid4()),
        kind=KIND,
        rows=len(made.selection.rows),
        persons=made.selection.persons,
        purpose=reader.purpose,
        authority=authority_of(reader.grant),
        masked=made.keys is None,
        sha256=sha256(content).hexdigest(),
        reason=reader.reason,
    )
    casework.handle(command, by=reader.by, at=datetime.now(UTC))


def tell(target: Path, made: Bundle, content: bytes, *, as_json: bool) -> None:
    """Say what was written; and loudly, where keys are in it."""
    if made.keys:
        note(HANDED_OVER)
    if as_json:
        head = parse_checkpoint(made.head.text)
        said = {
            "file": str(target),
            "sha256": sha256(content).hexdigest(),
            "events": sorted(made.selection.rows),
            "redacted": sorted(made.redacted),
            "origin": head.origin,
            "size": head.size,
        }
        print_json(said)
    else:
        note(f"{len(made.selection.rows)} events, proven: {target}")
