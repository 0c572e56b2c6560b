"""What a person is told when a command cannot be carried out: never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import psycopg
from psycopg_pool import PoolTimeout

from domain.errors import (
    Invalid,
    KeyReused,
    LedgerDiffers,
    Refused,
    Tampered,
    Unknown,
    UnreadableEvent,
    VaultClosed,
    VersionClash,
)
from projections.postgres.errors import DatabaseProblem
from web.login.settings import BadSetting

SAID = (
    Refused,
    Invalid,
    Unknown,
    VersionClash,
    KeyReused,
    UnreadableEvent,
    Tampered,
    LedgerDiffers,
    VaultClosed,
    DatabaseProblem,
    BadSetting,
)
OUTAGE = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)


@contextmanager
def told() -> Iterator[None]:
    """Turn what people can act on into a message and exit code 1.

    Anything else is a bug, and shows as one.
    """
    try:
        yield
    except Exception as error:
        message = said_of(error)
        if message is None:
            raise
        raise click.ClickException(message) from error


def said_of(error: Exception) -> str | None:
    """Return what to tell a person; None where only the error itself can tell."""
    if isinstance(error, SAID):
        return str(error)
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        reason = f"the database does not allow this: {error.diag.message_primary}"
        return f"{reason}; run `probity init` again"
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        return str(error)
    outage = behind(error)
    return f"the database is out of reach: {str(outage).strip()}" if outage else None


def behind(error: BaseException | None) -> Exception | None:
    """Return the driver's error that stands behind an error, the library's among them.

    None if it has nothing to do with the connection to the database.
    """
    while error is not None:
        if isinstance(error, OUTAGE):
            return error
        error = error.__cause__
    return None
