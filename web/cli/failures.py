"""What a person is told when a command cannot be carried out: never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import psycopg
from psycopg_pool import PoolTimeout

from domain.errors import (
    Invalid,
    KeyReused,
    Refused,
    Unknown,
    UnreadableEvent,
    VersionClash,
)
from projections.postgres.errors import DatabaseProblem

SAID = (
    Refused,
    Invalid,
    Unknown,
    VersionClash,
    KeyReused,
    UnreadableEvent,
    DatabaseProblem,
)
OUTAGE = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)


@contextmanager
def told() -> Iterator[None]:
    """Turn what people can act on into a message and exit code 1.

    Anything else is a bug, and shows as one.
    """
    try:
        yield
    except SAID as error:
        raise click.ClickException(str(error)) from error
    except psycopg.errors.InsufficientPrivilege as error:
        reason = f"the database does not allow this: {error.diag.message_primary}"
        raise click.ClickException(f"{reason}; run `probity init` again") from error
    except OSError as error:
        raise click.ClickException(str(error)) from error
    except Exception as error:
        outage = behind(error)
        if outage is None:
            raise
        reason = f"the database is out of reach: {str(outage).strip()}"
        raise click.ClickException(reason) from error


def behind(error: BaseException | None) -> Exception | None:
    """Return the driver's error that stands behind an error, the library's among them.

    None if it has nothing to do with the connection to the database.
    """
    while error is not None:
        if isinstance(error, OUTAGE):
            return error
        error = error.__cause__
    return None
