"""Runs the embedded server for as long as a process uses it: a program of its own.

Started by `cluster.py` as `python -I -S keeper.py PLAN`; it imports the standard
library alone, so that it is small and starts at once. Every process that uses the
server holds a shared lock on one file. When this program gets that lock for itself,
nobody is left: even a SIGKILL takes a process's locks away.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any, NoReturn

PATIENCE = 0.2  # seconds between two looks
SETTLED = 5.0  # seconds a server must have lived for its end not to be a failed start
TRIES = 30  # the children of a killed server may need some seconds to go
STOPPING = 60.0  # seconds for an orderly end, before a disorderly one


class Server:
    """The postmaster, as our child: so that its end is seen and leaves no zombie."""

    def __init__(self, plan: dict[str, Any]) -> None:
        """Start the server.

        Args:
            plan: `command` (a program and its arguments), `identity` (the user to
                become), and the paths `data` and `sockets`, a directory that is removed
                in the end.
        """
        self.plan = plan
        self.failures = 0
        self._launch()

    def keep(self) -> bool:
        """Start the server again if it has ended; False when that is hopeless."""
        if self.process.poll() is None:
            return True
        if time.monotonic() - self.since > SETTLED:
            self.failures = 0
        elif not self.was_killed or self.failures == TRIES:
            return False
        self.failures += 1
        self._launch()
        return True

    def stop(self) -> None:
        """Stop the server: what is not committed is rolled back."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        with contextlib.suppress(OSError):
            Path(self.plan["sockets"]).rmdir()

    def _launch(self) -> None:
        # An orderly end removes this file; else another start may need patience.
        self.was_killed = Path(self.plan["data"], "postmaster.pid").exists()
        self.since = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  cluster.py made the plan
            self.plan["command"], start_new_session=True, **self.plan["identity"]
        )


def unused(users: IO[bytes]) -> bool:
    """Lock the users' file unless a process uses the server; return whether we did."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def leave(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def keep(plan: dict[str, Any]) -> None:
    """Run the server until its last user has gone.

    Args:
        plan: what `Server` needs, and `users` (path of the users' file) and `keeper`
            (a descriptor whose lock says that this program runs).
    """
    signal.signal(signal.SIGTERM, leave)
    with Path(plan["users"]).open("r+b") as users:
        server = Server(plan)
        try:
            while server.keep() and not unused(users):
                time.sleep(PATIENCE)
        finally:
            server.stop()
            # Before the users' file, or a newcomer would take us for running.
            os.close(plan["keeper"])


if __name__ == "__main__":
    # The starter waits for this first process alone; the second is nobody's child.
    if os.fork():
        os._exit(0)
    os.setsid()
    keep(json.loads(sys.argv[1]))
