"""Durable one-event commands a second, beside a bare INSERT and COMMIT."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import psycopg

from benchmarks.figures import Figure, in_turn, rate
from domain.casework import Casework
from domain.personnel import RegisterPerson
from domain.record import Actor
from projections.log import PostgresLog, open_log
from projections.postgres.address import Address, connect_as
from projections.vault.keyring import open_vault

GOAL = 0.4
POOL = 8
HR = Actor(id="bench", role="hr")
BARE = """
CREATE TABLE public.bare (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream uuid NOT NULL, version bigint NOT NULL, topic text, state bytea,
    UNIQUE (stream, version));
GRANT USAGE ON SCHEMA public TO probity_web;
GRANT INSERT ON public.bare TO probity_web;
"""
INSERT = (
    "INSERT INTO public.bare (stream, version, topic, state) VALUES (%b, %b, %b, %b)"
)


def figures(address: Address) -> Iterator[Figure]:
    with psycopg.connect(address.admin_url, autocommit=True) as admin:
        admin.execute(BARE)
    log = open_log(connect_as(address.url, "probity_web", name="bench"), size=POOL)
    casework, numbers = Casework(log, open_vault(log)), itertools.count()

    def ours() -> None:
        command = RegisterPerson(number=f"B{next(numbers)}", name="Bench")
        casework.handle(command, by=HR, at=datetime.now(UTC))

    ours()
    (stored,) = log.select_notifications(1, 1)
    bare = partial(insert, log, stored.state)
    for writers in (1, POOL):
        value, beside = in_turn(
            lambda s, n=writers: rate(ours, s, n),  # type: ignore[misc]
            lambda s, n=writers: rate(bare, s, n),  # type: ignore[misc]
        )
        yield Figure(
            work=f"commands, {writers} writer{'s' if writers > 1 else ''}",
            value=value,
            unit="commands/s",
            beside=beside,
            goal=GOAL if writers == POOL else None,
        )
    log.pool.close()


def insert(log: PostgresLog, state: bytes) -> None:
    """Insert one row as large as our event, in a transaction of its own."""
    with log.pool.connection() as connection:
        connection.execute(
            INSERT, (uuid4(), 1, "person.registered", state), prepare=True
        )
