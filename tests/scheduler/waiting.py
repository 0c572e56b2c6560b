"""Waiting for what the database will say, and no longer than it may take."""

import time
from collections.abc import Callable

LONGEST = 60.0
BETWEEN = 0.02


def until(met: Callable[[], object], what: str, longest: float = LONGEST) -> None:
    """Return as soon as the condition is met; fail, naming it, if it never is."""
    deadline = time.monotonic() + longest
    while not met():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(BETWEEN)
