"""`python -m scheduler`: acts when no person asks, and no other process does."""

import logging
import os
import signal
import sys
import threading

import psycopg
import structlog

from domain.casework import Casework
from domain.errors import VaultClosed
from projections.discretion import crash
from projections.log import open_log
from projections.postgres.address import connect_as, locate
from projections.postgres.errors import DatabaseProblem
from projections.postgres.safety import refuse_unsafe
from projections.vault.keyring import open_vault
from scheduler.leader import lead
from scheduler.office import Office
from scheduler.settings import BadSetting, Settings

ROLE = "probity_scheduler"
CONNECTIONS = 8
MISUSED = 2
PROBLEMS = (BadSetting, DatabaseProblem, VaultClosed)

log = structlog.get_logger()


def main() -> int:
    """Run until SIGTERM or SIGINT; return the exit status."""
    sys.excepthook = crash
    stopping = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: stopping.set())
    # It says that it is busy whenever a job takes longer than its interval.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    try:
        settings = Settings.of()
        conninfo = connect_as(locate().url, ROLE, name="probity scheduler")
        with psycopg.connect(conninfo) as connection:
            refuse_unsafe(connection, os.environ)
        refuse_closed_vault(conninfo)
    except (*PROBLEMS, psycopg.OperationalError) as problem:
        sys.stderr.write(f"probity: {problem}\n")
        return MISUSED
    if settings.smtp_url is None:
        log.warning("PROBITY_SMTP_URL is not set: mail waits in the outbox")
    office = open_office(conninfo, settings)
    with office.pool:
        lead(conninfo, office, stopping)
    return 0


def refuse_closed_vault(conninfo: str) -> None:
    """Raise `VaultClosed` where nobody's contents could be sealed or opened."""
    recorder = open_log(conninfo, size=1)
    with recorder.pool:
        open_vault(recorder).check()


def open_office(conninfo: str, settings: Settings) -> Office:
    """Open what the jobs work with, in the process that runs them."""
    recorder = open_log(conninfo, size=CONNECTIONS)
    return Office(Casework(recorder, open_vault(recorder)), recorder.pool, settings)


if __name__ == "__main__":
    sys.exit(main())
