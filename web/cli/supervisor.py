"""Keeps the programs of one machine running: starts, restarts and stops them."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from web.cli.output import note

LOOK = 0.2  # seconds between two looks at the programs
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a program is started again
SETTLED = 30.0  # seconds after which its end is a new one, and not one of a series
GRACE = 30.0  # seconds for an orderly end


@dataclass
class Program:
    """One program: what it is called, and the command that runs it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    failures: int = 0
    again_at: float = 0.0

    def start(self) -> None:
        # A session of its own: Ctrl-C is for us, and we stop the programs in order.
        self.process = subprocess.Popen(  # noqa: S603  commands of ours
            self.command, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.since = time.monotonic()

    def look(self) -> None:
        """Start it again, after a pause, if it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again_at:
                self.start()
        elif self.process.poll() is not None:
            self.failures = 0 if now - self.since > SETTLED else self.failures + 1
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.failures)
            note(f"{self.name} ended ({self.process.returncode}); again in {pause:g} s")
            self.process, self.again_at = None, now + pause

    def ask_to_end(self) -> None:
        if self.process:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait for its end until the deadline; then end it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            note(f"{self.name} does not end: it is killed")
            self.process.kill()
            self.process.wait()


def keep(programs: Sequence[Program]) -> None:
    """Run the programs until SIGTERM or SIGINT, then stop them, the first one first."""
    stopping = threading.Event()
    kept = {
        number: signal.signal(number, lambda *_: stopping.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        while not stopping.is_set():
            for program in programs:
                program.look()
            stopping.wait(LOOK)
    finally:
        stop(programs)
        for number, before in kept.items():
            signal.signal(number, before)


def stop(programs: Sequence[Program]) -> None:
    deadline = time.monotonic() + GRACE
    for program in programs:
        program.ask_to_end()
    for program in programs:
        program.end(deadline)


def python(module: str, *arguments: str) -> Sequence[str]:
    """Return the command that runs one of our modules as a program."""
    return (sys.executable, "-m", module, *arguments)
