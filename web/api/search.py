"""The search of all filings: never one that whoever asks may not read (S1-20)."""

from typing import Any

from projections.models import search as filings
from projections.models.paging import Page
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
    if "name" in query:
        query["name"] = digests(desk().casework.vault, query["name"])
    with sight(query) as (connection, mine):
        which = filings.Which(**query)
        return filings.search_filings(connection, today(), mine, which, **options)
