"""Has destroyed what no rule keeps any longer, unless a legal hold forbids it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from psycopg import Connection

from domain.records.destruction import DestroyAfterRetention
from projections.models import schedule
from projections.models.paging import Page
from projections.models.schedule import Retained
from projections.runs import Cursor
from scheduler.office import Asked, Office
from scheduler.reads import PAGE, await_log, pages, subjects_parked

RETAINING = "destroy after retention"


def destroy_after_retention(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Decide that what has been kept long enough is destroyed; reactions destroy it.

    What is held is not asked for: the read model lists it. The domain has the last word
    on the days and the holds, but not on what there is: so the read model must have all
    that the log has, and of whom it could not take everything nothing is destroyed.
    """

    def ask(connection: Connection[Any], after: str | None) -> Page[Retained]:
        await_log(office, schedule.MODEL)
        day = now.date()
        return schedule.retention_due(connection, day, after=after, limit=PAGE)

    for due, place in pages(office, ask, cursor):
        unknown = subjects_parked(office, schedule.MODEL)
        asked = [Asked(command(each)) for each in due if each.person not in unknown]
        office.carry_out(asked, job=RETAINING, now=now)
        yield place


def command(due: Retained) -> DestroyAfterRetention:
    return DestroyAfterRetention(
        person=due.person,
        year=due.year,
        rulebooks=tuple(due.rulebooks),
        relative=due.relative,
        last_on=due.start_on,
    )
