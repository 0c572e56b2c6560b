"""Says of each obligation, once, that its due date has passed unfulfilled."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.duties import MarkOverdue
from domain.rulebook import Regime, regime_stream
from projections.runs import Cursor
from scheduler.office import Asked, Office
from scheduler.openings import day_of
from scheduler.reads import open_duties

MARKING = "mark overdue"


def mark_overdue(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Mark what fell due before today, where its rulebook holds; not what is marked.

    The read model may lag: the domain has the last word, and marks nothing twice.
    """
    given = office.given(now)
    tomorrow = now.date() + timedelta(days=1)  # somewhere it is tomorrow already
    for page in open_duties(office, "list_unmarked", cursor, before=tomorrow):
        asked = []
        for duty in page:
            regime = given.look(Regime(), regime_stream(duty.rulebook))
            today = day_of(regime, now)
            if duty.due_on < today:
                asked.append(Asked(MarkOverdue(obligation=duty.stream, today=today)))
        office.carry_out(asked, job=MARKING, now=now)
        yield page[-1].place
