"""Releases each sanction, once, when its period is over, or withholds the release."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from domain.sanction.releasing import ReleaseSanction
from projections.models.paging import Page
from projections.models.sanctions import Release, to_release
from projections.runs import Cursor
from scheduler.office import Asked, Office
from scheduler.reads import pages

RELEASING = "release sanctions"


def release_sanctions(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Release what ends today or has ended, where its rulebook holds.

    What was withheld is asked again each time, so that it is released once the case is
    decided. The read model may lag: the domain has the last word, on the day as well,
    and releases nothing twice.
    """
    tomorrow = now.date() + timedelta(days=1)  # somewhere it is tomorrow already

    def ask(connection: Connection[Any], after: str | None) -> Page[Release]:
        return to_release(connection, tomorrow, after=after)

    for found, place in pages(office, ask, cursor):
        asked = [Asked(ReleaseSanction(sanction=each.sanction)) for each in found]
        office.carry_out(asked, job=RELEASING, now=now)
        yield place
