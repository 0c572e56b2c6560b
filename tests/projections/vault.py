"""Vaults that names can be indexed with: one in memory, and that of a database."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import psycopg

from projections.postgres.address import Address
from projections.vault.keyring import Keyring, open_vault
from tests.memory import MemoryVault
from tests.postgres import as_role


class IndexVault(MemoryVault):
    """The keys of the people, and the office's own."""

    def index_key(self) -> bytes:
        return bytes(32)


@dataclass
class Projecting:
    """Lends connections as the projector has them."""

    database: Address

    def connection(self) -> AbstractContextManager[psycopg.Connection[Any]]:
        return as_role(self.database, "probity_projector")


def vault_of(database: Address) -> Keyring:
    """Return the vault that a projector's process opens names with."""
    return open_vault(Projecting(database))
