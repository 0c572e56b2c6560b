"""Tries again what was set aside: whoever reads it now may be a newer program."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from projections import runs
from projections.runs import Cursor
from projections.work import FOLLOWER
from scheduler.attesting import ATTESTING
from scheduler.follower import react_again
from scheduler.office import Office
from scheduler.overdue import MARKING
from scheduler.reminding import REMINDING
from scheduler.retaining import RETAINING
from scheduler.sweeping import SWEEPING

HOUR = timedelta(hours=1)
AGAIN_BY_ITSELF = {
    MARKING: 2 * HOUR,
    REMINDING: 2 * HOUR,
    RETAINING: 26 * HOUR,
    ATTESTING: 26 * HOUR,
}
"""Jobs that meet again what they set aside, and how soon at the latest."""


def try_again(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """React again to events, go again through people, of whom something was set aside.

    What goes wrong again is set aside again. What the jobs of the clock set aside they
    meet by themselves: it is taken back here when they have not met it for so long.
    """
    del cursor
    with office.connection() as connection:
        positions = runs.parked_positions(connection, FOLLOWER)
    for position in positions:
        react_again(office, position, now)
        with office.connection() as connection:
            runs.release(connection, FOLLOWER, now, position)
        yield {"position": position}
    with office.connection() as connection:
        runs.reopen_sweeps(connection, SWEEPING)
        runs.release(connection, SWEEPING, now)
        for job, soon in AGAIN_BY_ITSELF.items():
            runs.release(connection, job, now - soon)
