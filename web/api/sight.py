"""Read models as whoever asks may see them: the database itself leaves out the rest."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from psycopg import Connection

from domain.access import Reach
from domain.errors import Invalid
from projections.models.paging import MOST, Page
from projections.models.reach import within
from web.auth import concerning, concerning_unit, reached
from web.wiring import desk

T = TypeVar("T")
# A question that comes in pages: of what is asked, with `limit` and `after`.
Ask = Callable[..., Page[T]]


@contextmanager
def sight(query: Mapping[str, Any]) -> Iterator[tuple[Connection[Any], Reach]]:
    """Lend a connection that sees what whoever asks reaches, and that reach.

    Raises as `concerning` does where the *query* names somebody out of reach.
    """
    if "person" in query:
        concerning(query["person"])
    mine = reached()
    if "unit" in query and mine.unit is not None:
        concerning_unit(query["unit"])
    with desk().reading() as connection, within(connection, mine):
        yield connection, mine


def today() -> date:
    return datetime.now(UTC).date()


def one_page(ask: Ask[T], query: dict[str, Any]) -> Page[T]:
    """Return the page that `limit` and `cursor` of the query ask for.

    *ask* takes what is left of the query, and `after` and `limit`.
    """
    options = {"limit": query.pop("limit"), "after": query.pop("cursor", None)}
    try:
        return ask(query, **options)
    except Invalid as error:
        if error.field != "after":
            raise
        raise Invalid("cursor", error.reason) from error


def all_pages(ask: Ask[T], query: Mapping[str, Any]) -> Iterator[T]:
    """Yield the rows of all pages."""
    after = None
    while True:
        page = ask(dict(query), limit=MOST, after=after)
        yield from page.rows
        after = page.next
        if after is None:
            return
