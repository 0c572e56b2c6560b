"""Who is logged in, since when, and until when."""

import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from projections.accounts import UNNUMBERED, Account
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("sessions.sql"))
# 256 random bits: nobody guesses one, and a plain digest hides it well enough.
SECRET_BYTES = 32
# When a session was last seen is written this many times in its idle period at most, so
# that a busy one costs no write a request.
STEPS = 30


class Lifetimes(msgspec.Struct, frozen=True, kw_only=True):
    """How long a session lasts: unused for `idle`, and `whole` at most."""

    idle: timedelta
    whole: timedelta


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session with what its account is now.

    `chosen` is the grant under which its holder wants to act.
    """

    digest: bytes
    account: str
    person: str | None
    way: str
    idle_until: datetime
    expires_at: datetime
    chosen: str | None = None
    ended_at: datetime | None = None
    locked_at: datetime | None = None

    @property
    def actor(self) -> str:
        return self.person or UNNUMBERED + self.account

    def fault(self, at: datetime) -> str:
        """Return why it is no good any more; an empty text if it is."""
        if self.ended_at is not None:
            return "has ended"
        if at >= self.expires_at:
            return "has expired"
        if at >= self.idle_until:
            return "has expired, since it was not used for a while"
        return "is of an account that is locked" if self.locked_at else ""


class Sessions:
    """Keeps sessions; safe to share between threads. Every time is the caller's."""

    def __init__(
        self, pool: ConnectionPool[psycopg.Connection[Any]], lifetimes: Lifetimes
    ) -> None:
        """Take a pool of connections as probity_web, each statement a transaction."""
        self.pool = pool
        self.lifetimes = lifetimes

    def begin(self, account: Account, way: str, at: datetime) -> tuple[str, Session]:
        """Begin a session; return it with its secret, which nobody ever reads again.

        Args:
            account: whose it is.
            way: how they proved who they are, "password" or "oidc".
            at: now.
        """
        secret = secrets.token_urlsafe(SECRET_BYTES)
        begun = Session(
            digest=digest(secret),
            account=account.name,
            person=account.person,
            way=way,
            idle_until=at + self.lifetimes.idle,
            expires_at=at + self.lifetimes.whole,
        )
        self.run("begin_session", at=at, **msgspec.structs.asdict(begun))
        return secret, begun

    def find(self, secret: str) -> Session | None:
        """Return the session with that secret, whether it is any good or not."""
        with (
            self.pool.connection() as connection,
            connection.cursor(row_factory=class_row(Session)) as cursor,
        ):
            sought = {"digest": digest(secret)}
            return cursor.execute(SQL["find_session"], sought).fetchone()

    def touch(self, session: Session, at: datetime) -> None:
        """Note that it is in use; nothing is written if that was noted just now."""
        idle_until = at + self.lifetimes.idle
        if idle_until - session.idle_until >= self.lifetimes.idle / STEPS:
            changed = {"digest": session.digest, "at": at, "idle_until": idle_until}
            self.run("touch_session", **changed)

    def choose(self, session: Session, chosen: str | None) -> None:
        self.run("choose_grant", digest=session.digest, chosen=chosen)

    def end(self, secret: str, at: datetime, *, by: str) -> None:
        """End a session for good; again, or where there is none, changes nothing."""
        self.run("end_session", digest=digest(secret), at=at, by=by)

    def end_all(self, account: str, at: datetime, *, by: str) -> int:
        """End all sessions of an account; return how many were open."""
        return self.run("end_sessions", account=account, at=at, by=by)

    def run(self, statement: str, **values: Any) -> int:
        with self.pool.connection() as connection:
            return connection.execute(SQL[statement], values).rowcount


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
