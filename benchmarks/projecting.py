"""All read models brought forward, beside COPY of the same rows."""

import time
from collections.abc import Iterator

import psycopg

from benchmarks.figures import Figure
from benchmarks.register import file_for_a_year, open_register
from projections.models import live_models
from projections.postgres.address import Address, connect_as
from projections.projector import Projector
from projections.vault.keyring import open_vault
from web.cli.freshness import Lender

FILINGS = 10_000
GOAL = 10_000  # events a second
TABLE = "CREATE TABLE public.copied (LIKE log.probity_events INCLUDING ALL)"
READ = "COPY log.probity_events TO STDOUT (FORMAT binary)"
WRITE = "COPY public.copied FROM STDIN (FORMAT binary)"


def figures(address: Address) -> Iterator[Figure]:
    casework, log = open_register(address)
    file_for_a_year(casework, FILINGS)
    events = log.max_notification_id() or 0
    log.pool.close()
    yield Figure(
        work="projector, all read models",
        value=events / project(address),
        unit="events/s",
        beside=events / copy(address),
        goal=GOAL,
        of_value=True,
    )


def project(address: Address) -> float:
    """Return the seconds in which every read model has seen the whole log."""
    where = connect_as(address.url, "probity_projector", name="bench")
    with psycopg.connect(where, autocommit=True) as connection:
        models = live_models(open_vault(Lender(where)))
        projector = Projector(connection, models)
        started = time.perf_counter()
        projector.catch_up()
        return time.perf_counter() - started


def copy(address: Address) -> float:
    """Return the seconds that COPY takes for the same rows and the same indexes."""
    with psycopg.connect(address.admin_url, autocommit=True) as admin:
        admin.execute(TABLE)
        with admin.cursor() as cursor, cursor.copy(READ) as source:
            blocks = list(source)
        started = time.perf_counter()
        with admin.cursor() as cursor, cursor.copy(WRITE) as target:
            for block in blocks:
                target.write(block)
        return time.perf_counter() - started
