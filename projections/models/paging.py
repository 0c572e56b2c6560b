"""Pages of a list: each says where the next begins; none is counted from the start."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

import msgspec

from domain.errors import Invalid

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LIMIT = 50  # rows on a page, where nobody says how many
MOST = 1000

T = TypeVar("T")
K = TypeVar("K")

# The days and streams that stand before, and behind, all others.
FIRST_DAY, FIRST_STREAM = date.min, UUID(int=0)
LAST_DAY, LAST_STREAM = date.max, UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the cursor of the next page; None after the last."""

    rows: tuple[T, ...]
    next: str | None


def place(after: str | None, order: str, kind: type[K], start: K) -> K:
    """Return the sort key behind which a page begins.

    Args:
        after: the cursor that the page before gave; None for the first page.
        order: how the list is sorted; a cursor is of use in one order alone.
        kind: the type of the sort key.
        start: the sort key before that of any row.

    Raises:
        Invalid: it is no cursor of a list in this order.
    """
    if after is None:
        return start
    try:
        text = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        found, parts = msgspec.json.decode(text, type=tuple[str, Any])
        key = msgspec.convert(parts, kind)
    except (ValueError, msgspec.MsgspecError) as error:
        raise Invalid("after", "it is not a cursor that a page gave") from error
    if found != order:
        raise Invalid("after", f"it is the cursor of a list in the order {found}")
    return key


def size(limit: int) -> int:
    """Return how many rows to fetch: one more tells whether another page follows."""
    if not 1 <= limit <= MOST:
        raise Invalid("limit", f"it must be from 1 to {MOST}")
    return limit + 1


def page(rows: Sequence[T], limit: int, order: str, key: Callable[[T], Any]) -> Page[T]:
    """Return the page of the rows that were fetched for it.

    Args:
        rows: the rows, one more than the limit where there are more.
        limit: how many to a page.
        order: how the list is sorted, as for `place`.
        key: the sort key of a row.
    """
    if len(rows) <= limit:
        return Page(tuple(rows), None)
    last = msgspec.json.encode((order, key(rows[limit - 1])))
    cursor = base64.urlsafe_b64encode(last).decode().rstrip("=")
    return Page(tuple(rows[:limit]), cursor)


def given(which: "DataclassInstance") -> dict[str, Any]:
    """Return the conditions that are given: those neither None nor False."""
    values = {f.name: getattr(which, f.name) for f in fields(which)}
    return {name: v for name, v in values.items() if v is not None and v is not False}
