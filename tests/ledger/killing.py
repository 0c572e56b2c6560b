"""Programs that are killed at any moment and started again, and a server likewise."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.process import BaseProcess
from random import Random
from typing import Protocol

from psycopg.pq import PGconn, Ping

from projections.postgres.cluster import Cluster
from projections.postgres.errors import ClusterFailed
from tests.processes import postmaster

FORKING = multiprocessing.get_context("forkserver")
PATROL = 0.5  # seconds between two looks at whether the server is there
LOOK = 0.02  # seconds between two looks at whether a program still lives


class Victim(Protocol):
    """What can be killed, and is started again."""

    kills: int

    def kill(self, _: Random, /) -> None: ...


def main_of(module: str, environ: Mapping[str, str]) -> None:
    """Be a program of ours, in a process that has imported all of it."""
    os.environ.update(environ)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    sys.exit(import_module(module).main())


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(pid) for pid in listed.stdout.split()]


def end(process: int) -> bool:
    """Kill a process; return whether it was there to be killed."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@dataclass
class Program:
    """One of our programs, begun again as soon as it ends, by fork: that is fast."""

    module: str
    environ: Mapping[str, str]
    kills: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    process: BaseProcess | None = None

    def keep(self) -> None:
        """Start the program, again and again, until it is to stop in good order."""
        while not self.stopping.is_set():
            self.process = FORKING.Process(
                target=main_of, args=(self.module, self.environ), daemon=True
            )
            self.process.start()
            while self.process.is_alive() and not self.stopping.is_set():
                self.process.join(LOOK)
        if self.process:
            self.process.terminate()
            self.process.join()

    def kill(self, _: Random, /) -> None:
        running = self.process
        if running and running.pid and running.is_alive():
            self.kills += end(running.pid)


@dataclass
class Web:
    """The web server, whose workers are killed; the master forks others."""

    master: "subprocess.Popen[bytes]"
    kills: int = 0

    def kill(self, chance: Random, /) -> None:
        if workers := children(self.master.pid):
            self.kills += end(chance.choice(workers))


@dataclass
class Server:
    """The database server: all of it, or one process, by which all others end too.

    While it recovers, it is all of it: where one process of a recovery is killed,
    PostgreSQL 18 may wait for the others for ever, and would have to be killed as well.
    """

    cluster: Cluster
    kills: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def keep(self) -> None:
        """Start the server wherever nothing else does."""
        while not self.stopping.is_set():
            with contextlib.suppress(ClusterFailed):
                self.cluster.start()
            self.stopping.wait(PATROL)

    def kill(self, chance: Random, /) -> None:
        with contextlib.suppress(OSError, ValueError, IndexError):  # it may be away
            whole = postmaster(self.cluster.root)
            ready = PGconn.ping(self.cluster.url().encode()) is Ping.OK
            parts = children(whole) if ready else []
            self.kills += end(chance.choice([whole, *parts]))


@contextlib.contextmanager
def kept(*programs: Program | Server) -> Iterator[None]:
    """Keep programs running, and stop them in the end."""
    modules = [each.module for each in programs if isinstance(each, Program)]
    FORKING.set_forkserver_preload(modules)
    threads = [threading.Thread(target=program.keep) for program in programs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for program in programs:
            program.stopping.set()
        for thread in threads:
            thread.join()
