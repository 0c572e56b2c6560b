"""Registers whose wrapping key changes."""

from domain.vault import KeyName
from projections.log import PostgresLog
from projections.vault.keyring import Keyring, open_vault
from projections.vault.wrapping import Given

KEK, OTHER, THIRD = (bytes([n]) * 32 for n in range(3))
PLACE = "the test"
ANN, BEN = KeyName("P1"), KeyName("P2")


def with_keys(log: PostgresLog, *secrets: bytes) -> Keyring:
    return open_vault(log, Given(secrets, PLACE))
