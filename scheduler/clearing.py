"""Clears away what has been done with: traces of runs, delivered mail, old answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from projections import outbox, work
from projections.runs import Cursor
from scheduler.office import Office


def clear_away(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Remove what is older than the settings say; answers only where they say it."""
    del cursor  # what is gone is not met again
    settings = office.settings
    before = now - timedelta(days=settings.keep_mail)
    with office.connection() as connection:
        yield {
            "runs": work.forget_runs(connection, before),
            "mails": outbox.forget_delivered(connection, before),
        }
        if settings.keep_answers:
            before = now - timedelta(days=settings.keep_answers)
            yield {"answers": work.forget_answers(connection, before)}
