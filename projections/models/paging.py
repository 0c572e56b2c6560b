"""Pages of a list: each says where the next begins, and none is counted from the start."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

import msgspec

from domain.errors import Invalid

LIMIT = 50  # rows on a page, where nobody says how many
MOST = 1000

T = TypeVar("T")
Key = tuple[str, str, date, UUID]  # order, person, day, stream: what a list is sorted by
decode = msgspec.json.Decoder(Key).decode

FIRST = date.min, UUID(int=0)
LAST = date.max, UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the cursor of the page that follows; None after the last."""

    rows: tuple[T, ...]
    next: str | None


def cursor(key: Key) -> str:
    """Return a sort key as an opaque text that fits into a URL."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def place(after: str | None, order: str, start: tuple[date, UUID]) -> Key:
    """Return the sort key behind which a page begins.

    Args:
        after: the cursor that the page before gave; None for the first page.
        order: how the list is sorted; a cursor is of use in one order alone.
        start: the day and stream before the first row in that order.

    Raises:
        Invalid: it is no cursor of a list in this order.
    """
    if after is None:
        return (order, "", *start)
    try:
        key = decode(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise Invalid("after", "it is not a cursor that a page gave") from error
    if key[0] != order:
        raise Invalid("after", f"it is a cursor of a list sorted by {key[0]}")
    return key


def size(limit: int) -> int:
    """Return how many rows to fetch for a page: one more tells whether another follows."""
    if not 1 <= limit <= MOST:
        raise Invalid("limit", f"it must be from 1 to {MOST}")
    return limit + 1


def page(rows: Sequence[T], limit: int, keys: Sequence[Key]) -> Page[T]:
    """Return the page of the rows that were fetched for it."""
    more = len(rows) > limit
    return Page(tuple(rows[:limit]), cursor(keys[limit - 1]) if more else None)
