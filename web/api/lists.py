"""The lists of the office: what is due, overdue, late, and to be reviewed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from psycopg import Connection

from domain.errors import Invalid
from projections.models import calendar, worklist
from projections.models.paging import Page
from web.api.naming import known
from web.api.sight import sight, today
from web.resource import Resource
from web.schemas.queries import Duties, LateDuties, Waiting

lists = Resource("lists", about="What is due, overdue, late, or waits for review.")
T = TypeVar("T")
LIMITS = ("person", "unit")
Duty = calendar.Duty
Review = worklist.Review


@lists.question(
    "/obligations",
    may="obligation.read",
    asks=Duties,
    answer=Page[Duty],
    model="calendar",
)
def list_obligations(query: dict[str, Any]) -> Page[Duty]:
    """List duties; `stream` is the id of each, and `days_late` counts to today."""
    return listed_duties(calendar.duties, query)


@lists.question(
    "/overdue",
    may="obligation.read",
    asks=LateDuties,
    answer=Page[Duty],
    model="calendar",
)
def list_overdue(query: dict[str, Any]) -> Page[Duty]:
    """List what is open and past its due date, the latest first."""
    return listed_duties(calendar.overdue, query)


@lists.question(
    "/late", may="obligation.read", asks=LateDuties, answer=Page[Duty], model="calendar"
)
def list_late(query: dict[str, Any]) -> Page[Duty]:
    """List what was reported after its due date."""
    return listed_duties(calendar.late, query)


@lists.question(
    "/worklist",
    may="worklist.read",
    asks=Waiting,
    answer=Page[Review],
    model="worklist",
)
def list_worklist(query: dict[str, Any]) -> Page[Review]:
    """List the reports that wait for review, by the day on which it is due."""
    return listed(worklist.waiting, worklist.Which, query)


def listed_duties(ask: Callable[..., Page[Duty]], query: dict[str, Any]) -> Page[Duty]:
    """Ask for a page of duties, without those that name a report kept from one."""

    def known_ones(connection: Connection[Any], *which: Any, **more: Any) -> Page[Duty]:
        found = ask(connection, *which, **more)
        return replace(found, rows=known(connection, found.rows, named_by))

    return listed(known_ones, calendar.Which, query)


def named_by(duty: Duty) -> Mapping[str, Any]:
    return {"disclosure": duty.disclosure, "key": duty.key}


def listed(
    ask: Callable[..., Page[T]], which: Callable[..., Any], query: dict[str, Any]
) -> Page[T]:
    """Ask a read model for a page of what the query names and the token reaches."""
    options = {name: query.pop(name) for name in ("limit", "sort") if name in query}
    cursor = query.pop("cursor", None)
    with sight(query) as (connection, mine):
        limits = {name: query.get(name, getattr(mine, name)) for name in LIMITS}
        chosen = which(**(query | limits))
        try:
            return ask(connection, today(), chosen, after=cursor, **options)
        except Invalid as error:
            raise Invalid("cursor", error.reason) from error
