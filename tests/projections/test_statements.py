"""Every statement that is kept in a .sql file is one that PostgreSQL can plan."""

from pathlib import Path

import psycopg
import pytest

from projections.models.model import HERE
from projections.position import SQL as POSITION
from projections.statements import Statements
from tests.projections.kinds import Connection

# The tables of a roster are those of any model that has one.
SCHEMAS = {"people": "calendar", "units": "calendar", "laws": "records"}
FILES = [POSITION.path, *sorted(HERE.glob("*.sql"))]
STATEMENTS = [
    pytest.param(text, id=f"{path.stem}: {name}")
    for path in FILES
    for name, text in Statements(path, SCHEMAS).whole()
]


class Nulls(dict[str, None]):
    """Gives every parameter that is asked for, as NULL."""

    def __missing__(self, _: str) -> None:
        return None


@pytest.mark.parametrize("text", STATEMENTS)
def test_postgresql_plans_it(keeper: Connection, text: bytes) -> None:
    with psycopg.ClientCursor(keeper) as cursor:
        plan = cursor.execute(b"EXPLAIN " + text, Nulls()).fetchall()

    assert plan


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_statement_selects_whatever_columns_there_are(path: Path) -> None:
    assert "select *" not in path.read_text().lower()


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.sql"
    file.write_text("-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;\n")

    with pytest.raises(ValueError, match=r"twice\.sql: two statements are called a"):
        Statements(file)


def test_sql_before_the_first_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "nameless.sql"
    file.write_text("-- a comment\nSELECT 1;\n-- name: a\nSELECT 2;\n")

    with pytest.raises(ValueError, match="before the first"):
        Statements(file)


def test_a_schema_can_be_named_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "some.sql"
    file.write_text("-- name: a\nSELECT a.x FROM some.thing AS a;\n")

    text = Statements(file, {"some": "some_next"})["a"]

    assert text == b"SELECT a.x FROM some_next.thing AS a;"
