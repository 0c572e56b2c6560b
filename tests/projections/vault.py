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
class Lines:
    """Lends connections of a role."""

    database: Address
    role: str

    def connection(self) -> AbstractContextManager[psycopg.Connection[Any]]:
        return as_role(self.database, self.role)


def vault_of(database: Address, role: str = "probity_projector") -> Keyring:
    """Return the vault as a process has it that acts as this role."""
    return open_vault(Lines(database, role))
