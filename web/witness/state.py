"""The directory of a witness: its name, its keys, and what it has cosigned."""

import os
from collections.abc import Iterable
from pathlib import Path

from projections.ledger import keyfile
from projections.ledger.seen import Seen
from projections.ledger.standard.cosignature import (
    Cosigner,
    ed25519_cosigner,
    ml_dsa_cosigner,
    short,
)
from projections.ledger.standard.note import Verifier, parse_vkey
from projections.ledger.standard.policy import read_policy
from projections.ledger.standard.signature import key_name
from projections.postgres import files
from web.witness.observer import Observer

KEYS = "witness.key"
NAME = "name"
SEEN = "cosigned.sqlite"


class NoWitness(Exception):
    """There is no witness in this directory, or a new one cannot be made in it."""


def settle(directory: Path, name: str) -> None:
    """Make the keys of a new witness, and its record in which nothing stands yet.

    The keys come last: without them nothing was cosigned, and one may begin again.

    Args:
        directory: where they are kept; it is made, for its owner alone.
        name: of the witness and its keys, such as `witness.example.org`.

    Raises:
        NoWitness: one is there already.
        BadNote: the name is not one that a key can have.
    """
    short(key_name(name))
    if (directory / KEYS).exists():
        raise NoWitness(f"there is a witness in {directory} already; it was left as is")
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    Seen(directory / SEEN)
    with files.open_private(directory / NAME) as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    keyfile.create(directory / KEYS)


def cosigners(directory: Path) -> list[Cosigner]:
    """Return the keys of the witness in a directory.

    Raises:
        NoWitness: there is none.
        VaultClosed: its keys cannot be read, or others than their owner can.
    """
    if not (directory / KEYS).exists():
        raise NoWitness(
            f"there is no witness in {directory}: `probity witness init` makes one"
        )
    name = (directory / NAME).read_text(encoding="utf-8").removesuffix("\n")
    seeds = keyfile.read(directory / KEYS)
    found = [ed25519_cosigner(name, seeds.ed25519)]
    if seeds.ml_dsa:
        found.append(ml_dsa_cosigner(name, seeds.ml_dsa))
    return found


def record(directory: Path) -> Seen:
    """Return what the witness has cosigned.

    Raises:
        FileNotFoundError: that is gone; the keys must not be used any more.
    """
    return Seen.existing(directory / SEEN)


def open_observer(directory: Path, logs: Iterable[Verifier]) -> Observer:
    """Return the witness of a directory, for these logs."""
    return Observer(cosigners(directory), tuple(logs), record(directory))


def read_logs(vkeys: Iterable[str], policy: Path | None) -> list[Verifier]:
    """Return the keys of the logs to watch, given one by one and in a policy file.

    Raises:
        BadNote, BadPolicy: one is not a key, or the file no policy.
        NoWitness: there is none, and a witness of nothing is a mistake.
    """
    listed = read_policy(policy).logs if policy else ()
    found = dict.fromkeys((*map(parse_vkey, vkeys), *listed))
    if not found:
        raise NoWitness("name the logs to watch: --log VKEY, or --policy FILE")
    return list(found)
