"""What a new register's ledger begins with: its name, and the keys that sign."""

import os
from collections.abc import Mapping
from pathlib import Path

import psycopg

from projections.ledger import store
from projections.ledger.errors import LedgerProblem
from projections.ledger.keyfile import (
    ED25519,
    create,
    log_key_file,
    receipt_key_file,
)
from projections.ledger.standard.signature import BadNote, key_name
from projections.ledger.store import SQL

OWNER = "probity_owner"
LONGEST = 200  # bytes: what is put behind it still fits in a signature


def first_keys(admin_url: str, environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Make the log's keys and the receipts' where they are missing; return the files.

    Never for a register that has events: those were signed by keys that must be put
    back, or else be given up in the open, by a new epoch.
    """
    with psycopg.connect(admin_url) as connection:
        if store.origin(connection).size:
            return []
    log, receipts = log_key_file(environ), receipt_key_file(environ)
    made = [log] if create(log) else []
    return [*made, receipts] if create(receipts, [ED25519]) else made


def name_origin(admin_url: str, name: str) -> str:
    """Name the log's tree, and return the whole name: that of its first epoch.

    Raises:
        LedgerProblem: it cannot be a name, or the log has events under another.
    """
    given = {"name": checked(name)}
    try:
        with psycopg.connect(admin_url) as connection:
            connection.execute(f"SET LOCAL ROLE {OWNER}".encode())
            ((named,),) = connection.execute(SQL["name_origin"], given).fetchall()
    except psycopg.errors.ObjectNotInPrerequisiteState as error:
        raise LedgerProblem(f"{error.diag.message_primary}") from error
    return str(named)


def checked(name: str) -> str:
    """Return the name of a log as it is written in entries, without a slash behind it.

    Raises:
        LedgerProblem: it cannot be one.
    """
    try:
        found = key_name(name).rstrip("/")
    except BadNote as error:
        raise LedgerProblem(f"the log cannot be named so: {error}") from error
    if not 1 <= len(found.encode()) <= LONGEST or "//" in found:
        raise LedgerProblem(
            f"the log cannot be named {name!r}: a domain of yours and a path, such as"
            " register.example.org/log"
        )
    return found
