"""Who is about to log in: with a provider, or with a password that may be wrong."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg_pool import ConnectionPool

from projections.accounts import normalised
from projections.sessions import digest
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("logins.sql"))
# For how long it is remembered that passwords were wrong.
REMEMBERED = timedelta(days=1)


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How wrong passwords slow down who types them.

    After `tries` in a row the next has to wait for `wait`, and after each that fails
    then for twice as long as before, but never for longer than `most`.
    """

    tries: int
    wait: timedelta
    most: timedelta


class Errands:
    """What browsers were sent to an identity provider with, until they come back."""

    def __init__(self, pool: ConnectionPool[psycopg.Connection[Any]]) -> None:
        self.pool = pool

    def send(
        self, state: str, browser: str, content: bytes, *, at: datetime, until: datetime
    ) -> None:
        """Keep what a browser comes back for; what was never fetched is cleared away.

        Args:
            state: the random text by which the provider sends it back.
            browser: the secret that only this browser has.
            content: JSON.
            at: now.
            until: when it is too late.
        """
        sent = {
            "state": digest(state),
            "browser": digest(browser),
            "content": content.decode(),
            "expires_at": until,
        }
        with self.pool.connection() as connection:
            connection.execute(SQL["clear_errands"], {"at": at})
            connection.execute(SQL["add_errand"], sent)

    def take(self, state: str, browser: str, at: datetime) -> bytes | None:
        """Return what was kept, for the only time; None for anybody else's."""
        asked = {"state": digest(state), "browser": digest(browser), "at": at}
        with self.pool.connection() as connection:
            row = connection.execute(SQL["take_errand"], asked).fetchone()
        return row[0].encode() if row else None


class Tries:
    """Counts wrong passwords by the name that was typed, existing or not."""

    def __init__(
        self, pool: ConnectionPool[psycopg.Connection[Any]], patience: Patience
    ) -> None:
        self.pool = pool
        self.patience = patience

    def wait(self, name: str, at: datetime) -> timedelta:
        """Count a try, and return zero if it may be made now, else how long to wait."""
        patience = msgspec.structs.asdict(self.patience)
        forgotten = at - REMEMBERED
        counted = {"name": of_name(name), "at": at, "forgotten": forgotten, **patience}
        with self.pool.connection() as connection:
            if connection.execute(SQL["count_try"], counted).fetchone():
                return timedelta(0)
            row = connection.execute(SQL["read_wait"], counted).fetchone()
        return max(row[0] - at, timedelta(seconds=1)) if row else timedelta(0)

    def forget(self, name: str, at: datetime) -> None:
        """Forget the failures of who has come in, and all that are old."""
        with self.pool.connection() as connection:
            connection.execute(SQL["forget_failures"], {"name": of_name(name)})
            forgotten = {"forgotten": at - REMEMBERED, "at": at}
            connection.execute(SQL["clear_failures"], forgotten)


def of_name(name: str) -> bytes:
    return digest(normalised(name))
