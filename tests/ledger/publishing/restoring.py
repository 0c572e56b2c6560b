"""A register that is backed up, loses its disk, and has its backup restored."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from projections.ledger import keyfile
from projections.postgres import setup
from projections.postgres.address import Address
from tests.history import History
from tests.ledger.publishing.office import KEYS, Office
from tests.postgres import Server
from tests.web.cli.terminal import Terminal

COPY = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
DROP = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")


@dataclass
class Backup:
    """A copy of the whole database, made while nobody used it."""

    server: Server
    database: Address

    @property
    def name(self) -> str:
        return self.database.url.rpartition("/")[2]

    def make(self) -> None:
        self.run(DROP.format(Identifier(self.copy)))
        self.run(COPY.format(Identifier(self.copy), Identifier(self.name)))

    def restore(self) -> None:
        """Put the copy in the place of the database, as after the loss of a disk."""
        self.run(DROP.format(Identifier(self.name)))
        self.run(COPY.format(Identifier(self.name), Identifier(self.copy)))
        setup.admit(self.database)

    def drop(self) -> None:
        self.run(DROP.format(Identifier(self.copy)))

    @property
    def copy(self) -> str:
        return f"{self.name}_backup"

    def run(self, *statements: Any) -> None:
        with psycopg.connect(self.server.cluster.url(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def lines(kinds: Sequence[tuple[str, bytes]]) -> str:
    return "".join(f"{kind} {b64encode(seed).decode()}\n" for kind, seed in kinds)


def terminal(office: Office, policy: str | None, directory: Path) -> Terminal:
    """Return a terminal at which the operator has the keys of the log at hand."""
    log, receipts = directory / "ledger.key", directory / "receipt.key"
    for path in (log, receipts):
        keyfile.create(path)
    log.write_text(
        lines([(keyfile.ED25519, KEYS.ed25519), (keyfile.ML_DSA, KEYS.ml_dsa)])
    )
    variables = {
        "PROBITY_LOG_KEY_FILE": str(log),
        "PROBITY_RECEIPT_KEY_FILE": str(receipts),
        "PROBITY_LOG_SIGNED_FILE": str(office.seen.path),
    }
    if policy:
        (directory / "policy").write_text(policy)
        variables["PROBITY_LEDGER_POLICY"] = str(directory / "policy")
    return Terminal(office.database, directory, variables)


def again(office: Office) -> None:
    """Let the programs come back after the restore; others file from here on."""
    office.connection.close()
    office.name = "after"
    office.history = History(name=office.name)
    office.connection = office.connect()
