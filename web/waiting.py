"""`?after=`: an answer that has got at least as far as the caller's own command."""

import time
from pathlib import Path

from werkzeug.exceptions import ServiceUnavailable

import projections
from projections.statements import Statements
from web.wiring import desk

SQL = Statements(Path(projections.__file__).with_name("projection.sql"))
LONGEST = 1.0  # seconds; a projector that works is behind by a tenth of that
PAUSE = 0.02


def wait_for(position: int, model: str) -> None:
    """Wait until the read model has reached the *position* in the log.

    Raises:
        ServiceUnavailable: it has not within `LONGEST` seconds.
    """
    give_up = time.monotonic() + LONGEST
    while reached(model) < position:
        if time.monotonic() > give_up:
            raise ServiceUnavailable(
                f"The read model {model} has not reached {position} yet. Try again.",
                retry_after=1,
            )
        time.sleep(PAUSE)


def reached(model: str) -> int:
    """Return how far in the log the read model has got; 0 where there is none."""
    with desk().reading() as connection:
        row = connection.execute(SQL["read_positions"], {"names": [model]}).fetchone()
    return int(row[1]) if row else 0
