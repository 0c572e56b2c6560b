"""Brings the read models up to date for a command that is about to ask them."""

import psycopg

from projections.models import live_models
from projections.position import lag
from projections.postgres.address import connect_as
from projections.projector import Projector

ROLE = "probity_projector"


def catch_up(url: str) -> None:
    """Bring every read model up to the end of the log.

    It may run beside the projector: whoever holds the positions goes first.
    """
    models = live_models()
    where = connect_as(url, ROLE, name="probity project")
    with psycopg.connect(where, autocommit=True) as connection:
        if any(one.events for one in lag(connection, [m.name for m in models])):
            Projector(connection, models).catch_up()
