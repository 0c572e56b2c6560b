"""The lists of how records are kept: until when, held, destroyed, or taken out."""

from typing import Any

from projections.models import records as kept
from projections.models import schedule
from projections.models.paging import Page
from projections.models.records import Destruction, Export, Glass, Hold, Whose
from projections.models.schedule import Retained
from web.api.sight import one_page, sight, today
from web.resource import Resource
from web.schemas import oversight as schemas
from web.telling import reads

keeping = Resource("keeping", about="How records are kept, and what left the register.")
MODEL = WHAT = "records"


@keeping.question(
    "/retention",
    may="records.read",
    asks=schemas.Retained,
    answer=Page[Retained],
    model=schedule.MODEL,
)
def list_retention(query: dict[str, Any]) -> Page[Retained]:
    """List what is kept of years that are over, and when it is to be destroyed."""
    reads(WHAT, "")
    return one_page(retained, query)


@keeping.question(
    "/holds",
    may="records.read",
    asks=schemas.Holds,
    answer=Page[Hold],
    model=MODEL,
)
def list_holds(query: dict[str, Any]) -> Page[Hold]:
    """List legal holds, by the day on which they are to be reviewed."""
    reads(WHAT, "")
    return one_page(holds, query)


@keeping.question(
    "/destructions",
    may="records.read",
    asks=schemas.Destructions,
    answer=Page[Destruction],
    model=MODEL,
)
def list_destructions(query: dict[str, Any]) -> Page[Destruction]:
    """List what was ordered to be destroyed, and what was destroyed; newest first."""
    reads(WHAT, "")
    return one_page(destructions, query)


@keeping.question(
    "/break-glass",
    may="records.read_break_glass",
    asks=schemas.BrokenGlass,
    answer=Page[Glass],
    model=MODEL,
)
def list_broken_glass(query: dict[str, Any]) -> Page[Glass]:
    """List the emergencies that nobody has judged yet, the oldest first."""
    reads(WHAT, "")
    return one_page(broken_glass, query)


@keeping.question(
    "/exports",
    may="access_log.audit",
    asks=schemas.ExportsMade,
    answer=Page[Export],
    model=MODEL,
)
def list_exports(query: dict[str, Any]) -> Page[Export]:
    """List what left the register, the newest first, to who sees all of it."""
    return one_page(exports, query)


def retained(query: dict[str, Any], **options: Any) -> Page[Retained]:
    with sight(query) as (connection, _):
        which = schedule.Which(**query)
        return schedule.retained(connection, today(), which, **options)


def holds(query: dict[str, Any], **options: Any) -> Page[Hold]:
    with sight(query) as (connection, _):
        return kept.holds(connection, today(), Whose(**query), **options)


def destructions(query: dict[str, Any], **options: Any) -> Page[Destruction]:
    with sight(query) as (connection, _):
        options["stage"] = query.pop("stage", None)
        return kept.destructions(connection, today(), Whose(**query), **options)


def broken_glass(query: dict[str, Any], **options: Any) -> Page[Glass]:
    with sight(query) as (connection, _):
        options["actor"] = query.pop("actor", None)
        return kept.broken_glass(connection, today(), Whose(**query), **options)


def exports(query: dict[str, Any], **options: Any) -> Page[Export]:
    with sight({}) as (connection, _):
        return kept.exports(connection, **query, **options)
