"""The sequencer may write to the ledger alone, and nobody edits what it wrote."""

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege

from projections.ledger.store import SQL
from projections.postgres.address import Address
from tests.ledger.sequencing.trees import Connection
from tests.postgres import as_role

NOTED = ("checkpoint", "signed", "cosigned")
TABLES = ("tile", *NOTED, "timestamp", "epoch")
TILE = "INSERT INTO ledger.tile VALUES ('o', 0, 0, 2, sha256('a') || sha256('b'))"
WRITES = (
    TILE,
    "INSERT INTO ledger.checkpoint (origin, size, root) VALUES ('o', 2, sha256('r'))",
    "INSERT INTO ledger.signed (origin, size, note) VALUES ('o', 2, 'n')",
    "INSERT INTO ledger.cosigned (origin, size, note) VALUES ('o', 2, 'n')",
    "INSERT INTO ledger.timestamp (origin, size, token) VALUES ('o', 2, '')",
    "INSERT INTO ledger.epoch (number, origin, first) VALUES (1, 'o', 1)",
)
GROWTH = (
    "UPDATE ledger.tile SET width = 3, data = data || sha256('c')",
    "UPDATE ledger.epoch SET closed_at = now(), closing = 'c'",
)
READS = tuple(map("SELECT 1 FROM ledger.{}".format, TABLES))
NEVER = (
    "DELETE FROM ledger.checkpoint",
    "TRUNCATE ledger.tile",
    "UPDATE ledger.checkpoint SET size = 3",
    "UPDATE ledger.signed SET note = ''",
    "UPDATE ledger.tile SET n = 1",
    "INSERT INTO log.probity_events DEFAULT VALUES",
    "UPDATE log.probity_events SET topic = 't'",
    "DELETE FROM log.probity_events",
    "TRUNCATE log.probity_events",
    "UPDATE log.head SET size = 0",
    "UPDATE log.head SET origin = 'o'",
    "SELECT log.append('{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT log.name_origin('o')",
    "SELECT actor FROM log.answer",
    "SELECT name FROM access.session",
    "SELECT keys.census()",
    "SELECT 1 FROM projection.position",
    "CREATE SCHEMA mine",
    "CREATE TABLE ledger.mine (x text)",
    "SET ROLE probity_owner",
)
# What not even a superuser does by mistake, after WRITES.
EDITS = (
    "UPDATE ledger.tile SET data = sha256('x') || sha256('b')",
    "UPDATE ledger.tile SET width = 1, data = substr(data, 1, 32)",
    "UPDATE ledger.tile SET width = 3, data = sha256('x') || data",
    "UPDATE ledger.tile SET origin = 'p', width = 3, data = data || sha256('c')",
    "DELETE FROM ledger.tile",
    "TRUNCATE ledger.tile",
    "UPDATE ledger.epoch SET first = 2",
    "DELETE FROM ledger.epoch",
    *map("UPDATE ledger.{} SET size = 3".format, NOTED),
    *map("DELETE FROM ledger.{}".format, NOTED),
    *map("TRUNCATE ledger.{} CASCADE".format, NOTED),
    "UPDATE ledger.timestamp SET token = 'x'",
    "DELETE FROM ledger.timestamp",
    "TRUNCATE ledger.timestamp, ledger.epoch",
)


def do(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement.encode())


def refuse(connection: Connection, *statements: str) -> None:
    for statement in statements:
        with pytest.raises(InsufficientPrivilege):
            connection.execute(statement.encode())


def test_the_sequencer_reads_the_log_and_writes_the_ledger_alone(
    ledger: Connection,
) -> None:
    do(ledger, *READS, *WRITES, *GROWTH, "SELECT state, leaf FROM log.probity_events")
    do(ledger, "SELECT origin FROM log.head")
    refuse(ledger, *NEVER)


@pytest.mark.parametrize(
    "role", ["probity_web", "probity_projector", "probity_scheduler"]
)
def test_the_others_read_the_ledger_and_write_nothing(
    database: Address, ledger: Connection, role: str
) -> None:
    do(ledger, *WRITES)
    with as_role(database, role) as connection:
        do(connection, *READS)
        refuse(connection, *WRITES, *GROWTH)


@pytest.mark.parametrize("session", ["origin", "replica"])
def test_not_even_a_superuser_edits_the_ledger_by_mistake(
    writer: Connection, session: str
) -> None:
    do(writer, *WRITES, f"SET session_replication_role = {session}")
    refuse(writer, *EDITS)
    do(writer, *GROWTH)
    refuse(writer, "UPDATE ledger.epoch SET closing = 'd'")


def test_what_is_no_hash_is_not_stored(writer: Connection) -> None:
    half = "INSERT INTO ledger.tile VALUES ('o', 0, 1, 2, sha256('a'))"
    none = "INSERT INTO ledger.checkpoint (origin, size, root) VALUES ('o', 9, 'x')"
    for statement in (half, none):
        with pytest.raises(CheckViolation):
            do(writer, statement)
    with pytest.raises(ForeignKeyViolation):
        do(writer, WRITES[2])


@pytest.mark.parametrize("name", [n for n in SQL if n != "name_origin"])
def test_every_question_is_one_that_postgresql_plans(
    ledger: Connection, name: str
) -> None:
    class Nulls(dict[str, None]):
        def __missing__(self, _: str) -> None:
            return None

    with psycopg.ClientCursor(ledger) as cursor:
        assert cursor.execute(b"EXPLAIN " + SQL[name], Nulls()).fetchall()
    assert b"select *" not in SQL[name].lower()
