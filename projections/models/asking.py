"""Runs a question and makes an answer of each row; what is sealed stays sealed."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from psycopg import Connection
from psycopg.rows import args_row
from psycopg.types.json import set_json_loads

from domain.record import Sealed

T = TypeVar("T")
Said = Sealed | str  # opened only on reading, by whoever may; logs of old say it openly
decode = msgspec.json.Decoder(Said | list[Said] | None).decode


def answers(
    connection: Connection[Any],
    question: bytes,
    values: Mapping[str, Any],
    kind: type[T],
) -> list[T]:
    """Return what is found, each row as the arguments of *kind*.

    What somebody said is kept as JSON, and comes as the seal that stands in its place,
    or as the text where it was never sealed.
    """
    with connection.cursor(row_factory=args_row(kind)) as cursor:
        set_json_loads(decode, cursor)
        return cursor.execute(question, values).fetchall()
