"""Tells the oversight body of every appeal that nobody decided in time (S2-13)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from domain.appealing.hearing import EscalateAppeal
from projections.models.paging import Page
from projections.models.recourse import AppealEntry, Appeals, appeals
from projections.runs import Cursor
from scheduler.office import Asked, Office
from scheduler.reads import pages

ESCALATING = "escalate appeals"
OVERDUE = Appeals(overdue=True)


def escalate_appeals(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Escalate what was to be decided before today, where its rulebook holds.

    The read model may lag: the domain has the last word, and tells nothing twice.
    """
    tomorrow = now.date() + timedelta(days=1)  # somewhere it is tomorrow already

    def ask(connection: Connection[Any], after: str | None) -> Page[AppealEntry]:
        return appeals(connection, tomorrow, OVERDUE, after=after)

    for found, place in pages(office, ask, cursor):
        asked = [Asked(EscalateAppeal(appeal=each.appeal)) for each in found]
        office.carry_out(asked, job=ESCALATING, now=now)
        yield place
