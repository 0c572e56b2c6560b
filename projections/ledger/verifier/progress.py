"""A bar on the terminal, for whoever waits; nothing where nobody looks."""

import sys
import time
from typing import TextIO

BARS = 30
PAUSE = 0.1  # seconds between two looks of the bar


class Progress:
    """Draws how far something is, on one line of standard error."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self.label = label
        self.stream = stream or sys.stderr
        self.shown = False
        self.last = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Say that so much of so much is done."""
        now = time.monotonic()
        if not self.stream.isatty() or (now - self.last < PAUSE and done < total):
            return
        self.last, self.shown = now, True
        full = BARS * done // max(total, 1)
        bar = "#" * full + "-" * (BARS - full)
        percent = 100 * done // max(total, 1)
        self.stream.write(f"\r{self.label}  [{bar}]  {percent}%")
        self.stream.flush()

    def end(self) -> None:
        """Leave the line, if anything was drawn on it."""
        if self.shown:
            self.stream.write("\n")
            self.stream.flush()
