"""Every statement of publishing is one that PostgreSQL plans, for whoever runs it."""

import psycopg
import pytest

from projections.ledger.publishing.publisher import SQL
from projections.postgres.address import Address
from tests.postgres import admin, as_role
from tests.projections.test_statements import Nulls

BY_THE_OPERATOR = {"hold_log", "open_epoch"}


@pytest.mark.parametrize("name", sorted(SQL))
def test_postgresql_plans_it(database: Address, name: str) -> None:
    ours = name in BY_THE_OPERATOR
    connection = admin(database) if ours else as_role(database, "probity_ledger")
    with connection, psycopg.ClientCursor(connection) as cursor:
        plan = cursor.execute(b"EXPLAIN " + SQL[name], Nulls()).fetchall()

    assert plan
