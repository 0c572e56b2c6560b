"""Says of each obligation, once, that its due date has passed unfulfilled."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from domain.duties import MarkOverdue
from domain.rulebook import Regime, regime_stream
from projections.models.calendar import Duty, open_due_before
from projections.models.paging import Page
from projections.runs import Cursor
from scheduler.office import Asked, Office
from scheduler.openings import day_of
from scheduler.reads import pages

MARKING = "mark overdue"


def mark_overdue(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Mark what fell due before today, where its rulebook holds; not what is marked.

    The read model may lag: the domain has the last word, and marks nothing twice.
    """
    given = office.given(now)
    tomorrow = now.date() + timedelta(days=1)  # somewhere it is tomorrow already

    def ask(connection: Connection[Any], after: str | None) -> Page[Duty]:
        return open_due_before(connection, tomorrow, after=after)

    for duties, place in pages(office, ask, cursor):
        asked = []
        for duty in duties:
            regime = given.look(Regime(), regime_stream(duty.rulebook))
            today = day_of(regime, now)
            if duty.due_on < today:
                asked.append(Asked(MarkOverdue(obligation=duty.stream, today=today)))
        office.carry_out(asked, job=MARKING, now=now)
        yield place
