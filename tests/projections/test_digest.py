"""A digest sees every change of every row, and nothing but the rows."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from domain.campaign import CampaignLaunched
from domain.record import stream_of
from projections.digest import digest
from projections.models import MODELS, ReadModel, live_models
from projections.models.calendar_fold import Calendar
from projections.projector import Projector
from tests.history import History, cite
from tests.postgres import Server, admin, as_role
from tests.projections.guarded import JUNE
from tests.projections.kinds import Connection
from tests.projections.peopled import peopled
from tests.projections.vault import IndexVault
from tests.rows import TABLES

UNATTESTED = {("personnel_file", "word")}
# How a value is made another one, by its type.
CHANGES = {
    "boolean": "NOT coalesce({}, false)",
    "date": "coalesce({}, '2000-01-01') + 1",
    "bigint": "coalesce({}, 0) + 1",
    "integer": "coalesce({}, 0) + 1",
    "integer[]": "coalesce({}, '{{}}') || 1",
    "interval": "coalesce({}, '0') + '1 second'",
    "json": "to_json(coalesce({}::text, ''))",
    "jsonb": "to_jsonb(coalesce({}::text, ''))",
    "text": "coalesce({}, '') || ' '",
    "text[]": "coalesce({}, '{{}}') || ' '::text",
    "date[]": "coalesce({}, '{{}}') || '2000-01-01'::date",
    "timestamp with time zone": "{} + '1 microsecond'",
    "uuid": "gen_random_uuid()",
}
COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
CONSTRAINTS = """
SELECT conname FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('p', 'u')
"""


def everything(vault: IndexVault) -> History:
    """Return what has a row in every table of every read model."""
    history = peopled(vault)
    launched = CampaignLaunched(
        campaign="C1", name="C1", cited=cite("cards"), launched_on=JUNE, due_on=JUNE
    )
    history.add(stream_of("campaign", "C1"), launched)
    history.vault = None
    history.person("P9", "\u4e70\u4e70\u63d0")
    return history


def table_names(server: Server) -> list[tuple[str, str]]:
    with psycopg.connect(server.template.admin_url) as connection:
        return [
            (model.name, table)
            for model in MODELS
            for (table,) in connection.execute(TABLES, (model.name,)).fetchall()
        ]


@pytest.fixture(scope="module")
def filled(servers: Callable[[int], Server], major: int) -> Iterator[Connection]:
    """A superuser's connection to read models that nothing keeps from being edited."""
    server = servers(major)
    fresh, vault = server.database(), IndexVault()
    with admin(fresh) as superuser:
        everything(vault).write(superuser)
        with as_role(fresh, "probity_projector") as keeper:
            Projector(keeper, live_models(vault)).catch_up()
        for schema, table in table_names(server):
            name = f"{schema}.{table}"
            for (key,) in superuser.execute(CONSTRAINTS, (name,)).fetchall():
                drop = SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE")
                where = Identifier(schema, table)
                superuser.execute(drop.format(where, Identifier(key)))
        yield superuser
    server.drop(fresh)


class Tampering:
    """A superuser at one table, who can put it back as it was, in another order."""

    def __init__(self, superuser: Connection, schema: str, table: str) -> None:
        self.superuser, self.table = superuser, Identifier(schema, table)
        (kind,) = [model for model in MODELS if model.name == schema]
        self.model, self.name = kind(None), table
        self.do("DROP TABLE IF EXISTS pg_temp.kept")
        self.do("CREATE TEMP TABLE kept AS SELECT * FROM {table} ORDER BY random()")
        self.before = digest(superuser, self.model)

    def do(self, statement: str, **parts: Any) -> None:
        first = SQL("WHERE ctid = (SELECT min(ctid) FROM {})").format(self.table)
        text = SQL(statement).format(table=self.table, where_first=first, **parts)
        self.superuser.execute(text)

    def change(self, column: str, kind: str) -> None:
        """Make a value of the first row another one."""
        name = Identifier(column)
        value = SQL(CHANGES[kind]).format(name)
        change = "UPDATE {table} SET {name} = {value} {where_first}"
        self.do(change, name=name, value=value)

    def seen(self) -> bool:
        """Return whether the digest is another one, and of this table alone."""
        after, before = digest(self.superuser, self.model), self.before
        self.do("TRUNCATE {table}")
        self.do("INSERT INTO {table} SELECT * FROM pg_temp.kept")
        others = [n for n, d in after.tables.items() if d != before.tables[n]]
        return after.digest != before.digest and others == [self.name]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask of every table that the models say there is."""
    if "attested_table" in metafunc.fixturenames:
        found = [(model.name, t) for model in MODELS for t in sorted(model.guards)]
        wanted = [pair for pair in found if pair not in UNATTESTED]
        metafunc.parametrize("attested_table", wanted, ids=".".join)


def test_an_edited_added_or_removed_row_of_any_table_is_seen(
    filled: Connection, attested_table: tuple[str, str]
) -> None:
    tamper = Tampering(filled, *attested_table)

    assert tamper.before.rows[tamper.name], "there is no row to edit: prove more"
    for column, kind in filled.execute(COLUMNS, (".".join(attested_table),)).fetchall():
        tamper.change(column, kind)
        assert tamper.seen(), column
    tamper.do("INSERT INTO {table} SELECT * FROM {table} {where_first}")
    assert tamper.seen(), "a row was added"
    tamper.do("DELETE FROM {table} {where_first}")
    assert tamper.seen(), "a row was removed"
    assert digest(filled, tamper.model) == tamper.before


def test_every_table_of_the_database_is_attested_or_named_with_the_reason(
    filled: Connection, server: Server
) -> None:
    digests = {model.name: digest(filled, model) for model in live_models(None)}
    left_out = [
        (schema, table)
        for schema, table in table_names(server)
        if table not in digests[schema].tables
    ]

    assert set(left_out) == UNATTESTED
    for model in MODELS:
        assert all(len(why.split()) > 5 for why in model.unattested.values())
        assert set(model.unattested) <= set(model.guards)


STRUCTURES = {
    "CREATE TABLE calendar.more (n int)": "DROP TABLE calendar.more",
    "ALTER TABLE calendar.unit ADD COLUMN more int": (
        "ALTER TABLE calendar.unit DROP COLUMN more"
    ),
    "ALTER TABLE calendar.unit RENAME head TO parents": (
        "ALTER TABLE calendar.unit RENAME parents TO head"
    ),
    "ALTER TABLE calendar.standing RENAME TO kept;"
    "CREATE VIEW calendar.standing AS TABLE calendar.kept": (
        "DROP VIEW calendar.standing; ALTER TABLE calendar.kept RENAME TO standing"
    ),
}


@pytest.mark.parametrize("change", STRUCTURES)
def test_a_table_or_a_column_that_is_another_is_seen(
    filled: Connection, change: str
) -> None:
    before = digest(filled, Calendar(None))

    filled.execute(change.encode())
    after = digest(filled, Calendar(None))
    filled.execute(STRUCTURES[change].encode())

    assert after.digest != before.digest
    assert digest(filled, Calendar(None)) == before


@pytest.mark.parametrize(
    "setting",
    [
        "TimeZone = 'Asia/Shanghai'",
        "DateStyle = 'German, DMY'",
        "IntervalStyle = 'sql_standard'",
        "extra_float_digits = -5",
        "bytea_output = 'escape'",
        "client_encoding = 'LATIN1'",
        "lc_messages = 'C'",
        "enable_seqscan = off",
        "enable_sort = off",
        "default_transaction_isolation = 'serializable'",
        "max_parallel_workers_per_gather = 0",
    ],
)
def test_the_digest_does_not_depend_on_what_a_session_prefers(
    filled: Connection, setting: str
) -> None:
    models = live_models(None)
    before = [digest(filled, model) for model in models]

    filled.execute(f"SET {setting}".encode())
    try:
        assert [digest(filled, model) for model in models] == before
    finally:
        filled.execute(f"RESET {setting.partition(' = ')[0]}".encode())


class Shelf(ReadModel):
    """One table, whose digest can be worked out by hand."""

    name: ClassVar = "shelf"
    sources: ClassVar = ()
    guards: ClassVar = {"book": None}

    def build(self) -> tuple[()]:
        return ()


BOOKS = """
CREATE SCHEMA shelf;
CREATE TABLE shelf.book (title text, read boolean, "to" timestamptz, kept interval);
INSERT INTO shelf.book VALUES
    (E'z\n', NULL, NULL, NULL),
    ('B', true, '2016-06-20 12:00+02', '1 year 2 days'),
    ('', false, NULL, '-1 hour'),
    ('B', true, '2016-06-20 12:00+02', '1 year 2 days');
INSERT INTO projection.position (name, position, layout) VALUES ('shelf', 5, 'mine')
"""
TEXT = (
    b"book\ntitle\tread\tto\tkept\n"
    b"\tf\t\\N\tPT-1H\n"
    b"z\\n\t\\N\t\\N\t\\N\n"
    b"B\tt\t2016-06-20 10:00:00+00\tP1Y2D\n"
    b"B\tt\t2016-06-20 10:00:00+00\tP1Y2D\n"
    b"\\.\n"
)


def test_it_is_the_sha256_of_text_that_anybody_can_write(writer: Connection) -> None:
    writer.execute(BOOKS)

    found = digest(writer, Shelf(None))

    assert found.digest == hashlib.sha256(TEXT).hexdigest()
    assert found.tables == {"book": found.digest}
    assert (found.rows, found.position, found.layout) == ({"book": 4}, 5, "mine")
