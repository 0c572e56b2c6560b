"""The access log: who was shown whose data, for the person and for the auditor."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from domain.access import DECLARANT, reach
from projections.models import access_log as log
from projections.models.access_log import Access, Seen, Volume
from projections.models.paging import Page
from projections.models.reach import within
from web.answers.access import (
    AccessEntry,
    OwnEntry,
    ReaderDay,
    days,
    entries,
    own_entries,
)
from web.api.sight import one_page, sight, today
from web.auth import asked, concerning, concerning_unit
from web.auth import sight as seen_by
from web.resource import Resource
from web.schemas.oversight import Accesses, Volumes
from web.schemas.queries import Listing
from web.telling import reads
from web.wiring import desk

own_log = Resource("own-log", about="Who was shown a person's data.", kind="person")
access_log = Resource(
    "access-log", about="Who was shown whose data, and what was unusual about it."
)
MODEL = WHAT = "access_log"
AUDIT = "access_log.audit"


@own_log.question(
    "/people/<number>/access-log",
    may="access_log.read",
    asks=Listing,
    answer=Page[OwnEntry],
    model=MODEL,
)
def show_own_log(query: dict[str, Any], number: str) -> Page[OwnEntry]:
    """Show who else was shown a person's data, what for and by what right.

    What a rulebook delays the person sees later; nothing is left out for good.
    """
    reads(WHAT, number)
    return one_page(shown, {**query, "person": number})


@access_log.question(
    "/access-log", may=AUDIT, asks=Accesses, answer=Page[AccessEntry], model=MODEL
)
def list_accesses(query: dict[str, Any]) -> Page[AccessEntry]:
    """List who was shown whose data, the newest first, and what was unusual."""
    reads(WHAT, "")
    return entries(one_page(accesses, query))


@access_log.question(
    "/access-log/volumes", may=AUDIT, asks=Volumes, answer=Page[ReaderDay], model=MODEL
)
def list_volumes(query: dict[str, Any]) -> Page[ReaderDay]:
    """List of how many people readers were shown data, the last day first."""
    return days(one_page(volumes, query))


def shown(query: dict[str, Any], **options: Any) -> Page[OwnEntry]:
    """Return a page of who was shown a person's data, as far as who asks may know."""
    if asked().grant.role == DECLARANT:
        return own_entries(seen(query, **options))
    return own_entries(accesses({**query, "others": True}, **options))


def seen(query: dict[str, Any], **options: Any) -> Page[Seen]:
    with sight(query) as (connection, _):
        return log.seen(connection, query["person"], datetime.now(UTC), **options)


@contextmanager
def audit(query: Mapping[str, Any]) -> Iterator[Connection[Any]]:
    """Lend a connection that sees as far as whoever audits reaches.

    It is not narrowed to a person: what is about one the database shows as to them, and
    so delayed.
    """
    grant = asked().grant
    if "person" in query:
        concerning(query["person"])
    if "unit" in query and grant.by_unit:
        concerning_unit(query["unit"])
    mine = reach(grant, seen_by().barred())
    with desk().reading() as connection, within(connection, mine):
        yield connection


def accesses(query: dict[str, Any], **options: Any) -> Page[Access]:
    which = log.Which(**query | ({"unusual": True} if "many" in query else {}))
    with audit(query) as connection:
        return log.accesses(connection, today(), which, **options)


def volumes(query: dict[str, Any], **options: Any) -> Page[Volume]:
    with audit({}) as connection:
        return log.volumes(connection, log.Days(**query), **options)
