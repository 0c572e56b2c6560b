"""Locks, secrets and directories of the embedded server that nobody else may read."""

import contextlib
import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from projections.postgres.account import Account
from projections.postgres.errors import ClusterFailed


def lock_file(path: Path) -> IO[bytes]:
    """Open a file for `fcntl.flock`; closing it lets go of the lock."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


@contextlib.contextmanager
def alone(path: Path) -> Iterator[IO[bytes]]:
    """Wait until no other process is in a block with this file, and keep them out."""
    with lock_file(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def take(file: IO[bytes]) -> bool:
    """Lock an open file unless another process holds it; return whether we did."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def new_secret(path: Path) -> str:
    """Make up a password and write it to a file, which appears whole or not at all."""
    password = secrets.token_urlsafe(24)
    draft = path.with_name(f".{path.name}.new")
    with open_private(draft) as file:
        file.write(password)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)
    return password


def open_private(path: Path) -> IO[str]:
    """Open a file of our own for writing, empty and unreadable for anyone else."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")


def sync(directory: Path) -> None:
    """Make the names in a directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_directory(path: Path, account: Account) -> Path:
    """Make a directory that only the server's account can enter, and return it.

    Raises:
        ClusterFailed: it is there already and belongs to someone else, or is open to
            others: in a shared place such as /tmp that may be a trap.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if found.st_uid == os.geteuid():
        account.own(path)
        found = path.lstat()
    private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
    if not private or found.st_uid != account.uid:
        raise ClusterFailed(
            f"{path} should be a directory that {account.name} alone can enter, and is"
            " not. Look who made it, remove it and start again."
        )
    return path


def tail(log: Path, lines: int = 12) -> str:
    """Return the last lines of a log."""
    with contextlib.suppress(FileNotFoundError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return "(there is none)"


def open_log(log: Path, longest: int = 10_000_000) -> IO[bytes]:
    """Open a log to add to; one of more than so many bytes is first put aside."""
    if log.exists() and log.stat().st_size > longest:
        log.replace(log.with_suffix(".log.old"))
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
