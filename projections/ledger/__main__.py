"""The sequencer process: `python -m projections.ledger`; it publishes as well."""

import os
import signal
import sys
import threading

import psycopg
import structlog

from domain.errors import VaultClosed
from projections.discretion import crash
from projections.ledger.leading import Leader
from projections.ledger.publishing.outlets import given_outlets
from projections.ledger.publishing.publisher import Publisher
from projections.ledger.signing import open_signing
from projections.postgres.address import connect_as, locate
from projections.postgres.errors import DatabaseProblem
from projections.postgres.safety import refuse_unsafe

ROLE = "probity_ledger"
MISUSED = 2  # the exit status of a program that was not set up as it should be

log = structlog.get_logger()


def main() -> int:
    """Sequence, sign and publish until SIGTERM or SIGINT; return the exit status."""
    sys.excepthook = crash
    stopping = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: stopping.set())
    try:
        with connect() as connection:
            refuse_unsafe(connection, os.environ)
        leader = Leader(connect, open_signing(), stopping)
        publisher = Publisher(connect, given_outlets(), stopping)
    except (DatabaseProblem, VaultClosed, psycopg.OperationalError) as problem:
        sys.stderr.write(f"probity: {problem}\n")
        return MISUSED
    publishing = threading.Thread(target=publisher.run, name="publisher")
    publishing.start()
    leader.run()
    publishing.join()
    log.info("sequencer stopped")
    return 0


def connect() -> psycopg.Connection:
    """Connect to the database; the embedded server is started again where it ended."""
    conninfo = connect_as(locate().url, ROLE, name="probity sequencer")
    return psycopg.connect(conninfo, autocommit=True)


if __name__ == "__main__":
    sys.exit(main())
