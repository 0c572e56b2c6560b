"""The rows of a read model, as they can be compared."""

from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from projections.models import MODELS
from projections.models.words import Opener
from projections.rebuild import rebuild

TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename
"""


def rows_of(connection: psycopg.Connection[Any], schema: str) -> dict[str, list[str]]:
    """Return every row of every table of a read model as text, in order."""
    names = [name for (name,) in connection.execute(TABLES, (schema,))]
    return {name: _rows(connection, schema, name) for name in names}


def all_rows(connection: psycopg.Connection[Any]) -> dict[str, dict[str, list[str]]]:
    """Return the rows of all read models."""
    return {model.name: rows_of(connection, model.name) for model in MODELS}


def rebuilt_rows(
    keeper: psycopg.Connection[Any], vault: Opener
) -> dict[str, dict[str, list[str]]]:
    """Return the rows of all read models after each was built anew."""
    for model in MODELS:
        assert rebuild(keeper, model.name, vault)
    return all_rows(keeper)


def _rows(connection: psycopg.Connection[Any], schema: str, name: str) -> list[str]:
    table = Identifier(schema, name)
    query = SQL("SELECT t::text FROM {} AS t ORDER BY t::text").format(table)
    return [text for (text,) in connection.execute(query)]
