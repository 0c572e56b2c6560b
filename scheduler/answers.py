"""Says of each recommendation, once, that its day has passed without an answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from domain.recommending import NoteUnanswered
from projections.models.docket import RecommendationEntry, Which, recommendations
from projections.models.paging import Page
from projections.runs import Cursor
from scheduler.office import Asked, Office
from scheduler.reads import pages

NOTING = "note unanswered"


def note_unanswered(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Note what should have been answered before today, where its rulebook holds.

    The read model may lag: the domain has the last word, and notes nothing twice.
    """
    tomorrow = now.date() + timedelta(days=1)  # somewhere it is tomorrow already
    waiting = Which(stage="issued", due_before=tomorrow)

    def ask(
        connection: Connection[Any], after: str | None
    ) -> Page[RecommendationEntry]:
        return recommendations(connection, now.date(), waiting, after=after)

    for found, place in pages(office, ask, cursor):
        asked = [
            Asked(NoteUnanswered(recommendation=each.recommendation)) for each in found
        ]
        office.carry_out(asked, job=NOTING, now=now)
        yield place
