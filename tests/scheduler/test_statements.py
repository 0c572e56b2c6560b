"""Every statement of the scheduler is one that the database can plan, as its role."""

import re
from pathlib import Path

import pytest

from projections import outbox, runs, work
from projections.postgres.address import Address
from projections.statements import Statements
from tests.postgres import as_role

FILES = [outbox.SQL, runs.SQL, work.SQL]
NAMED = [(file, name) for file in FILES for name in file]
PARAMETER = re.compile(rb"%\((\w+)\)s")


def described(value: object) -> str:
    return Path(value.path).name if isinstance(value, Statements) else str(value)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=described)
def test_the_database_can_plan_it(
    database: Address, file: Statements, name: str
) -> None:
    wanted = {found.decode(): None for found in PARAMETER.findall(file[name])}
    with as_role(database, "probity_scheduler") as connection:
        connection.execute(b"EXPLAIN " + file[name], wanted)
