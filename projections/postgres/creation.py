"""Creates the data of an embedded server, once and whole, and says how it is served."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from projections.postgres import files
from projections.postgres.binaries import Binaries, find
from projections.postgres.errors import ClusterFailed
from projections.postgres.place import PORT, Place

ADMIN = "probity_admin"
BUILTIN_LOCALE = 17  # the first version that brings C.UTF-8 itself
CONFIGURATION = """
# Probity's own; what is said further down wins.
listen_addresses = ''
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
# The details of an error may quote a person's record.
log_error_verbosity = terse
"""


def password(place: Place) -> str:
    """Return the superuser's password.

    Raises:
        ClusterFailed: the file is gone, and with it the way in.
    """
    file = place.root / f"{ADMIN}.password"
    try:
        return file.read_text()
    except FileNotFoundError as error:
        raise ClusterFailed(
            f"{file} is missing, and without it nobody can administer the database in"
            f" {place.data}. Restore the file from a backup."
        ) from error


def ensure(place: Place, binaries: Binaries | None, lock: IO[bytes]) -> Binaries:
    """Create the data unless it is there; return the programs that can serve it.

    Args:
        place: where the data lies.
        binaries: the programs to create it with; None for the first found.
        lock: what keeps other processes out; held until the programs have ended, even
            where this process is killed.

    Raises:
        NoPostgres: no programs, or none of the version that wrote the data.
        ClusterFailed: the data cannot be created.
    """
    version = place.data / "PG_VERSION"
    if not version.exists():
        chosen = reachable(binaries or find(), place)
        _create(place, chosen, lock)
        return chosen
    major = int(version.read_text())
    if binaries is None or binaries.major != major:
        binaries = find(major)
    return reachable(binaries, place)


def command(place: Place, binaries: Binaries, sockets: Path) -> list[str]:
    """Return the command that serves the data on a socket in that directory."""
    options = ["-D", str(place.data), "-k", str(sockets), "-p", str(PORT)]
    return [
        binaries.program("postgres"),
        *options,
        "-c",
        "unix_socket_permissions=0700",
    ]


def reachable(binaries: Binaries, place: Place) -> Binaries:
    """Return programs the server's user can run: these, or a copy beside the data."""
    runs = (binaries.program("postgres"), "--version")
    if place.account.run(*runs, cwd=Path("/")) == 0:
        return binaries
    package = binaries.directory.parent.parent
    made = Path(binaries.program("postgres")).stat().st_mtime_ns
    copy = place.base / f"postgres-{binaries.major}-{made}"
    # The programs look for their libraries by the way from here to there: keep it.
    copied = copy / package.name / binaries.directory.relative_to(package)
    if not copied.exists():
        for outdated in place.base.glob("postgres-*"):
            shutil.rmtree(outdated)
        _copy(package, binaries.directory.parent, copy)
    return Binaries(copied, binaries.major)


def _copy(package: Path, installation: Path, copy: Path) -> None:
    draft = copy.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(
        installation,
        draft / package.name / installation.name,
        symlinks=True,
        ignore=shutil.ignore_patterns("include"),
    )
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    subprocess.run(["/bin/chmod", "-R", "u=rwX,go=rX", str(draft)], check=True)  # noqa: S603  our own copy
    draft.rename(copy)


def _create(place: Place, binaries: Binaries, lock: IO[bytes]) -> None:
    draft = place.base / "data.new"
    # What an interrupted start left: data appears whole, by a rename, or not at all.
    shutil.rmtree(draft, ignore_errors=True)
    files.private_directory(draft, place.account)
    told = place.base / ".initdb.password"
    with files.open_private(told) as file:
        file.write(files.new_secret(place.root / f"{ADMIN}.password"))
    place.account.own(told)
    try:
        _initdb(place, binaries, ["-D", str(draft), f"--pwfile={told}"], lock)
    finally:
        told.unlink()
    with (draft / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION)
        os.fsync(configuration.fileno())
    draft.rename(place.data)
    files.sync(place.base)


def _initdb(
    place: Place, binaries: Binaries, where: list[str], lock: IO[bytes]
) -> None:
    with files.open_log(place.log) as log:
        status = place.account.run(
            binaries.program("initdb"),
            *("-U", ADMIN, "-E", "UTF8", "--auth=scram-sha-256", "--data-checksums"),
            *_locale(binaries.major),
            *where,
            cwd=place.base,
            stdout=log,
            stderr=log,
            pass_fds=(lock.fileno(),),
        )
    if status != 0:
        raise ClusterFailed(
            f"PostgreSQL {binaries.major} could not create {place.data}. The end of"
            f" {place.log}:\n{files.tail(place.log)}"
        )


def _locale(major: int) -> list[str]:
    """Sort by code point, fold letters as Unicode does: the same on every machine."""
    if major >= BUILTIN_LOCALE:
        return [
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
    letters = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    return ["--locale=C", f"--lc-ctype={letters}"]
