"""The projector process: `python -m projections`. SIGTERM lets it finish its batch."""

import gc
import os
import signal
import sys
import threading

import psycopg
import structlog

from projections.follow import Follower
from projections.models import live_models
from projections.postgres.address import connect_as, locate
from projections.postgres.errors import DatabaseProblem
from projections.postgres.safety import refuse_unsafe
from projections.vault.keyring import open_vault

ROLE = "probity_projector"
MISUSED = 2  # the exit status of a program that was not set up as it should be

log = structlog.get_logger()


def main() -> int:
    """Follow the log until SIGTERM or SIGINT; return the exit status."""
    stopping = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: stopping.set())
    try:
        with connect() as connection:
            refuse_unsafe(connection, os.environ)
    except (DatabaseProblem, psycopg.OperationalError) as problem:
        sys.stderr.write(f"probity: {problem}\n")
        return MISUSED
    # What has been imported stays: the collector need not look at it after each batch.
    gc.freeze()
    Follower(connect, live_models(open_vault(Anew())), stopping).run()
    log.info("projector stopped")
    return 0


def connect() -> psycopg.Connection:
    """Connect to the database; the embedded server is started again where it ended."""
    conninfo = connect_as(locate().url, ROLE, name="probity projector")
    return psycopg.connect(conninfo, autocommit=True)


class Anew:
    """Lends the vault a connection of its own each time that names are to be opened."""

    connection = staticmethod(connect)


if __name__ == "__main__":
    sys.exit(main())
