"""What the web holds as long as a process lives: the door, the tokens, the reads."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from flask import Flask, current_app
from psycopg_pool import ConnectionPool

from domain.casework import Casework
from projections.ledger.settings import given_policy
from projections.ledger.standard.policy import Policy
from projections.log import PostgresLog, open_log
from projections.postgres.address import connect_as, locate
from projections.postgres.safety import refuse_unsafe
from projections.tokens import Tokens
from projections.vault.keyring import Keyring, open_vault
from web.login.settings import LoginSettings
from web.receipts import Receipts, open_receipts

EXTENSION = "probity"
ROLE = "probity_web"
# Seconds that a request waits for a free connection before it is answered with 503.
PATIENCE = 5.0
# Few connections write, since what waits in a process is stored together.
WRITERS = 4
READERS = 16

Pool = ConnectionPool[psycopg.Connection[Any]]


@dataclass(frozen=True)
class Settings:
    """How an application is set up.

    Attributes:
        url: the ordinary login's, as in `projections.postgres.address.Address`; where
            it is missing, `locate` finds the database on first use.
        body_limit: bytes that a request's body may have.
        ready_lag: seconds by which a read model may lag while /ready still says yes.
        login: how people come in, and how often anybody may ask.
    """

    url: str | None = None
    body_limit: int = 4 * 1024 * 1024
    ready_lag: float = 60.0
    login: LoginSettings = field(default_factory=LoginSettings)


@dataclass(frozen=True)
class Desk:
    """One process's way to the register: writing, knowing who asks, and reading.

    `policy` says whose word makes a checkpoint a published one; without it, ours alone.
    """

    casework: Casework
    log: PostgresLog
    vault: Keyring
    tokens: Tokens
    readers: Pool
    receipts: Receipts
    policy: Policy | None = None

    @contextmanager
    def reading(self) -> Iterator[psycopg.Connection[Any]]:
        """Lend a connection, as probity_web, on which each statement stands alone."""
        with self.readers.connection() as connection:
            yield connection

    def close(self) -> None:
        """Give the connections back; nothing may be under way."""
        self.log.pool.close()
        self.readers.close()


class Wiring:
    """Opens the desk on first use, in the process that uses it.

    A pool that is opened before a fork breaks in both processes, and of several threads
    that come first only one may open it.
    """

    def __init__(self, settings: Settings, desk: Desk | None = None) -> None:
        """Take a *desk* that is open already, or none to open one when needed."""
        self.settings = settings
        self.opening = threading.Lock()
        self.opened = (os.getpid(), desk) if desk else None

    def desk(self) -> Desk:
        opened = self.opened
        if opened is None or opened[0] != os.getpid():
            with self.opening:
                if self.opened is None or self.opened[0] != os.getpid():
                    self.opened = (os.getpid(), open_desk(self.settings.url))
                opened = self.opened
        return opened[1]


def open_desk(url: str | None = None) -> Desk:
    """Open the pools of a process; without a *url*, to the database `locate` finds.

    Raises:
        UnsafeSetting, NotInitialised: see `projections.postgres.safety`.
        VaultClosed: there is no key to sign receipts with.
        LedgerProblem: the trust policy that is named cannot be read.
    """
    receipts, policy = open_receipts(), given_policy()
    where = connect_as(url or locate().url, ROLE, name="probity web")
    with psycopg.connect(where, autocommit=True) as connection:
        refuse_unsafe(connection, os.environ)
    log = open_log(where, size=WRITERS)
    readers: Pool = ConnectionPool(
        where,
        kwargs={"autocommit": True},
        min_size=1,
        max_size=READERS,
        timeout=PATIENCE,
        open=True,
    )
    vault = open_vault(log)
    door, tokens = Casework(log, vault), Tokens(readers)
    return Desk(door, log, vault, tokens, readers, receipts, policy)


def wire(app: Flask, settings: Settings, desk: Desk | None = None) -> None:
    app.extensions[EXTENSION] = Wiring(settings, desk)


def wiring() -> Wiring:
    """Return what `create_app` wired into the application that is asked."""
    found: Wiring = current_app.extensions[EXTENSION]
    return found


def desk() -> Desk:
    """Return the desk of this process."""
    return wiring().desk()
