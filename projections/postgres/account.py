"""The system user the embedded server runs as: not root, which PostgreSQL refuses."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from projections.postgres.errors import ClusterFailed

NOT_EXECUTABLE = 126  # what a shell says of a program that this user may not run
KEPT = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
PREFERRED = ("probity", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user, and whether we must become that user to run the server."""

    uid: int
    gid: int
    name: str
    other: bool

    def own(self, path: Path) -> None:
        """Give a file or directory to this user."""
        if self.other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def identity(self) -> dict[str, Any]:
        """Return what `subprocess` needs to run a program as this user."""
        if not self.other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, *command: str, cwd: Path, **options: Any) -> int:
        """Run a program as this user and return its exit status.

        Args:
            command: the program's path and its arguments.
            cwd: a directory this user can enter; ours may be closed to it.
            options: as for `subprocess.run`, for instance `stdout`.
        """
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        settings: dict[str, Any] = {"env": environment(), **streams, **options}
        try:
            done = subprocess.run(  # noqa: S603  PostgreSQL's programs
                command, check=False, cwd=cwd, **self.identity(), **settings
            )
        except PermissionError:
            return NOT_EXECUTABLE
        return done.returncode

    def can_enter(self, directory: Path) -> bool:
        """Say whether this user can reach a directory through all those above it."""
        if not self.other:
            return True
        script = ("/bin/sh", "-c", 'cd "$1"', "sh", str(directory))
        return self.run(*script, cwd=Path("/")) == 0


def serving(data: Path) -> Account:
    """Return the user to serve a data directory: its owner; for a new one, ourselves.

    Raises:
        ClusterFailed: we are root and there is nobody else to run the server as.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), _name(os.geteuid()), other=False)
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, _name(owner.st_uid), other=True)
    for user in PREFERRED:
        try:
            found = pwd.getpwnam(user)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid, user, other=True)
    raise ClusterFailed(
        "PostgreSQL refuses to run as root, and this machine has none of the users"
        f" {', '.join(PREFERRED)} to run it as. Add one (useradd --system probity), or"
        " start Probity as an ordinary user."
    )


def environment() -> dict[str, str]:
    """Return what the server may know of our environment: no key and no password."""
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    # Without a locale that exists, PostgreSQL on macOS refuses to start.
    return {**kept, "LC_ALL": "C"}


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
