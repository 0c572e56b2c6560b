"""A private PostgreSQL server in a directory, shared by the processes that use it."""

import contextlib
import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self
from urllib.parse import quote

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from projections.postgres import creation, files, keeper
from projections.postgres.account import environment
from projections.postgres.binaries import Binaries
from projections.postgres.errors import ClusterFailed
from projections.postgres.place import PORT, settle

PATIENCE = 0.02  # seconds between two looks at a server that is starting
STARTING = 120.0  # seconds; a server that was killed may have much to recover
LAUNCHES = 2  # the first may meet a server that is just ending


class Cluster:
    """The server of one directory. It runs while a process that started it lives.

    It is durable as PostgreSQL comes (fsync, synchronous_commit), listens on a socket
    in a private directory alone, and asks for a password (SCRAM).
    """

    def __init__(self, root: Path, binaries: Binaries | None = None) -> None:
        """Name the server; nothing happens before `start`.

        Args:
            root: its directory, made when missing; passwords and data lie in it.
            binaries: with what to create the data; else what `binaries.find` says. Data
                that is there is always served by the version that wrote it.
        """
        self.root = root.absolute()
        self._binaries = binaries
        self._users: IO[bytes] | None = None

    def start(self) -> Self:
        """Use the server: create and start it where needed. Harmless to call again.

        Raises:
            NoPostgres: no programs to run it with.
            ClusterFailed: it cannot be created or started, and why.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._use()
            with self.alone() as lock:
                self._place = settle(self.root)
                self._run(lock)
        except OSError as error:
            self.stop()
            raise ClusterFailed(
                f"the embedded PostgreSQL in {self.root} cannot start: {error}"
            ) from error
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Use the server no longer: without any user it ends, within a second."""
        if self._users is not None:
            self._users.close()
            self._users = None

    @contextlib.contextmanager
    def alone(self) -> Iterator[IO[bytes]]:
        """Keep every other process from starting this server or preparing its roles."""
        with files.alone(self.root / "start.lock") as lock:
            yield lock

    def url(
        self,
        user: str = creation.ADMIN,
        password: str | None = None,
        database: str = "postgres",
    ) -> str:
        """Return a libpq URI for the running server; psql takes it too.

        Args:
            user: a role; the superuser where none is given.
            password: the role's; the superuser's own where none is given.
            database: the name of a database.
        """
        secret = quote(password or creation.password(self._place), safe="")
        host = quote(str(self._place.sockets()), safe="")
        return f"postgresql://{quote(user)}:{secret}@{host}:{PORT}/{quote(database)}"

    def _use(self) -> None:
        if self._users is None:
            self._users = files.lock_file(self.root / "users.lock")
            # Waits where the server is just being stopped.
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def _run(self, start_lock: IO[bytes]) -> None:
        for _ in range(LAUNCHES):
            with files.lock_file(self.root / "keeper.lock") as lock:
                if files.take(lock):
                    binaries = creation.ensure(self._place, self._binaries, start_lock)
                    self._launch(binaries, lock)
            if self._ready():
                return
        log = self._place.log
        raise ClusterFailed(
            f"PostgreSQL did not start on {self._place.data}. The end of {log}:\n"
            f"{files.tail(log)}"
        )

    def _launch(self, binaries: Binaries, lock: IO[bytes]) -> None:
        self._end_orphan(binaries)
        sockets = files.private_directory(
            self._place.new_sockets(), self._place.account
        )
        plan = {
            "command": creation.command(self._place, binaries, sockets),
            "identity": self._place.account.identity(),
            "data": str(self._place.data),
            "sockets": str(sockets),
            "users": str(self.root / "users.lock"),
            "keeper": lock.fileno(),
        }
        with files.open_log(self._place.log) as log:
            # Nothing of ours is left open in it: it may well outlive us.
            subprocess.run(  # noqa: S603  our own program
                [sys.executable, "-I", "-S", keeper.__file__, json.dumps(plan)],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                pass_fds=(lock.fileno(),),
            )

    def _end_orphan(self, binaries: Binaries) -> None:
        """Stop a server whose keeper was killed: nobody would see its last user go."""
        if self._ping() is not Ping.NO_RESPONSE:
            stop = ("stop", "-m", "fast", "-w", "-D", str(self._place.data))
            place = self._place
            place.account.run(binaries.program("pg_ctl"), *stop, cwd=place.base)

    def _ready(self) -> bool:
        """Wait until the server answers; False when its keeper has given up."""
        deadline = time.monotonic() + STARTING
        while time.monotonic() < deadline:
            if self._ping() is Ping.OK:
                return True
            with files.lock_file(self.root / "keeper.lock") as lock:
                if files.take(lock):
                    return False
            time.sleep(PATIENCE)
        return False

    def _ping(self) -> Ping:
        where = make_conninfo(
            host=str(self._place.sockets()),
            port=PORT,
            user=creation.ADMIN,
            dbname="postgres",
            connect_timeout=5,
        )
        return Ping(PGconn.ping(where.encode()))
