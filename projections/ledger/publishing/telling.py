"""Says what is wrong as it begins, now and then while it lasts, and when it is over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

AGAIN = timedelta(minutes=10)

log = structlog.get_logger()


@dataclass
class Teller:
    """Tells the log of the program; the same thing of one subject is not repeated."""

    clock: Callable[[], datetime]
    said: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def trouble(self, subject: str, message: str) -> None:
        """Say what is wrong with a subject, unless that was said just now."""
        before, at = self.said.get(subject, ("", self.clock()))
        if message != before or self.clock() - at >= AGAIN:
            log.error("ledger trouble", subject=subject, error=message)
            self.said[subject] = (message, self.clock())

    def well(self, subject: str) -> None:
        """Say that it is over, if there was trouble with a subject."""
        if self.said.pop(subject, None):
            log.info("ledger trouble is over", subject=subject)
