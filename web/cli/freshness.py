"""Brings read models up to date for a command that is about to ask them."""

import psycopg

from projections.models import live_models
from projections.position import lag
from projections.postgres.address import connect_as
from projections.projector import Projector
from projections.vault.keyring import open_vault
from web.cli.output import note

ROLE = "probity_projector"
MANY = 10_000  # events, from which on somebody who waits is told


class Lender:
    """Lends the vault a connection of its own when names are to be opened."""

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo

    def connection(self) -> psycopg.Connection:
        return psycopg.connect(self.conninfo, autocommit=True)


def catch_up(url: str, *names: str) -> None:
    """Bring these read models, or all, up to the end of the log.

    It may run beside the projector: whoever holds the positions goes first.
    """
    where = connect_as(url, ROLE, name="probity project")
    with psycopg.connect(where, autocommit=True) as connection:
        vault = open_vault(Lender(where))
        models = [m for m in live_models(vault) if not names or m.name in names]
        behind = max(one.events for one in lag(connection, [m.name for m in models]))
        if behind > MANY:
            note(f"Bringing the read models forward by {behind} events first.")
        if behind:
            Projector(connection, models).catch_up()
