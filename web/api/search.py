"""The search of all filings: never one that whoever asks may not read (S1-20)."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace
from psycopg import Connection

from domain.access import Reach
from projections.models import personnel_file
from projections.models import search as filings
from projections.models.paging import MOST, Page
from projections.models.words import digests
from web.api.sight import one_page, sight, today
from web.resource import Resource
from web.schemas.oversight import Searching
from web.wiring import desk

search = Resource("search", about="All filings, by whose they are and what they are.")
Filing = filings.Filing


@search.question(
    "/disclosures",
    may="disclosure.search",
    asks=Searching,
    answer=Page[Filing],
    model=filings.MODEL,
)
def search_filings(query: dict[str, Any]) -> Page[Filing]:
    """Find filings, those received last first; that somebody is found is on record."""
    return one_page(found, query)


def found(query: dict[str, Any], **options: Any) -> Page[Filing]:
    """Return a page of the filings that a query names and whoever asks may read."""
    name = query.pop("name", None)
    with sight(query) as (connection, mine):
        wanted = called(connection, mine, name) if name else mine
        which = filings.Which(**query)
        return filings.search_filings(connection, today(), wanted, which, **options)


def called(connection: Connection[Any], mine: Reach, name: str) -> Reach:
    """Return a reach narrowed to those whose name has all words of the *name*."""
    numbers = set(bearers(connection, name))
    if mine.persons is not None or mine.person is not None:
        numbers &= set(mine.persons or (mine.person,))
    return replace(mine, persons=tuple(sorted(numbers)))


def bearers(connection: Connection[Any], name: str) -> Iterator[str]:
    """Yield the numbers of those with the name whom the connection may see."""
    which = personnel_file.Which(name=digests(desk().vault, name))
    after = None
    while True:
        page = personnel_file.people(
            connection, today(), which, after=after, limit=MOST
        )
        yield from (person.number for person in page.rows)
        after = page.next
        if after is None:
            return
