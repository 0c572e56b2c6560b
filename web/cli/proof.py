"""`probity proof`: a receipt, exchanged for the proof that it is in the ledger."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from psycopg import Connection

from domain.errors import Unknown
from domain.leaf import leaf_of
from projections.ledger import store
from projections.ledger.errors import NotYet
from projections.ledger.leading import CADENCE
from projections.ledger.proving import prove, published
from projections.ledger.publishing.publisher import EVERY
from projections.ledger.settings import given_policy
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import BadNote
from projections.ledger.standard.note import parse as parse_note
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.proof import Proof
from web.cli.output import json_option, note, print_json
from web.cli.register import reading

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
LONGEST = 1_000_000  # bytes of a receipt that are read
DROPPED = (
    "the log has no such entry. If this is a receipt of this register, then what it is"
    " for was changed or dropped: keep it, and take it to whoever audits the register."
)


@click.command()
@click.argument("receipt", metavar="RECEIPT|DIGEST")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write the proof to, such as mine.tlog-proof.",
)
@json_option
def proof(receipt: str, output: Path | None, *, as_json: bool) -> None:
    """Exchange a receipt for the proof that its event is in the ledger.

    RECEIPT is a file: the receipt that was signed, or the whole answer (JSON) in which
    it came. DIGEST is what that answer calls so. The proof is a text that
    `probity-verify proof` checks without this register; it names nobody.
    """
    leaf = leaf_in(receipt)
    with reading("proof") as connection:
        found = proven(connection, leaf, given_policy())
    if output:
        output.write_text(found.text())
        note(f"The proof is in {output}.")
    if as_json:
        print_json(said(leaf, found))
    elif not output:
        click.echo(found.text(), nl=False)


def leaf_in(given: str) -> bytes:
    """Return the leaf that a digest is, or that the receipt in a file is for."""
    if DIGEST.fullmatch(given):
        return bytes.fromhex(given)
    path = Path(given)
    if not path.is_file():
        expected = (
            "expected a file with a receipt, or a digest of 64 hexadecimal digits"
        )
        raise click.BadParameter(expected, param_hint="RECEIPT|DIGEST")
    with path.open("rb") as file:
        content = file.read(LONGEST)
    try:
        text = content.decode()
        return leaf_of_answer(text) if text.startswith("{") else leaf_of_note(text)
    except (ValueError, LookupError, TypeError) as error:
        raise click.ClickException(f"{path} is no receipt: {error}") from error


def leaf_of_note(text: str) -> bytes:
    """Return the leaf of a signed receipt; raise `BadNote` where it is none."""
    return leaf_of(parse_note(text).text)


def leaf_of_answer(text: str) -> bytes:
    """Return the leaf of an answer to a filing, as it came over HTTP.

    Raises:
        ValueError: it has no digest, or its digest is not that of its receipt.
    """
    answer = json.loads(text)
    digest = str(answer["digest"])
    if not DIGEST.fullmatch(digest):
        raise ValueError("there is no digest in it: nothing was recorded")
    if "receipt" in answer and leaf_of_note(answer["receipt"]).hex() != digest:
        raise BadNote("its digest is not that of its receipt")
    return bytes.fromhex(digest)


def proven(connection: Connection[Any], leaf: bytes, policy: Policy | None) -> Proof:
    """Return the proof, or tell how long it takes until there can be one."""
    try:
        return prove(connection, leaf, policy)
    except Unknown as error:
        raise click.ClickException(f"{error}: {DROPPED}") from error
    except NotYet as early:
        raise click.ClickException(wait(connection, early.position, policy)) from early


def wait(connection: Connection[Any], position: int, policy: Policy | None) -> str:
    """Return what to tell about when to ask again."""
    origin, _ = store.origin_at(connection, position)
    newest = published(connection, origin, policy)
    every = EVERY if policy and policy.needs_witnesses else CADENCE
    since = (datetime.now(UTC) - newest.at).total_seconds() if newest else 0.0
    head = f"the event is in the log at position {position}, not yet under a checkpoint"
    if newest and since > every:
        return (
            f"{head}. One was due {since - every:.0f} seconds ago: is the sequencer"
            " running? `probity serve` runs it, and `probity sequence --once` catches"
            " up."
        )
    return f"{head}. The next is due in about {max(1.0, every - since):.0f} seconds."


def said(leaf: bytes, found: Proof) -> dict[str, Any]:
    head = parse_checkpoint(parse_note(found.checkpoint).text)
    return {
        "digest": leaf.hex(),
        "index": found.index,
        "origin": head.origin,
        "size": head.size,
        "proof": found.text(),
    }
