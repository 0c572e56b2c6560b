"""Duties and leave that name a report: unknown to those it is kept from (S1-18)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection

from domain.disclosure import disclosure_stream
from projections.models.reach import shut_out

T = TypeVar("T")
Names = Callable[[T], Mapping[str, Any]]


def known(
    connection: Connection[Any], rows: Iterable[T], said: Names[T]
) -> tuple[T, ...]:
    """Return the rows that name no report from which whoever asks is kept away.

    The database leaves out the report itself; what it met or gave rise to may name it.

    Args:
        connection: it sees for whoever asks.
        rows: what was found.
        said: tells of a row its `disclosure` and its `key`, as a duty has them.
    """
    hidden = shut_out(connection)
    if not hidden:
        return tuple(rows)
    return tuple(row for row in rows if hidden.isdisjoint(reports(said(row))))


def reports(said: Mapping[str, Any]) -> set[UUID]:
    """Return the streams of the reports that met a duty, and that gave rise to it."""
    names = {said.get("disclosure"), item_of(said.get("key"))} - {None, ""}
    return {disclosure_stream(str(name)) for name in names}


def item_of(key: Any) -> str:
    """Return the report whose item a duty is about, as its key has it."""
    return str(key or "").rpartition(":")[0]
