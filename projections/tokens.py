"""The tokens of the API: who holds which role, kept without the secrets."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import msgspec
import psycopg
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from domain.access import DECLARANT, ROLES, Grant
from domain.errors import Invalid, Unknown
from domain.record import Value
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("tokens.sql"))
PREFIX = "prb"
SHAPE = re.compile(f"{PREFIX}_([0-9a-f]{{12}})_(.+)")
SECRET_BYTES = 32
# Seconds for which a process trusts what it has read: long enough that a busy caller
# costs no query a request, short enough that nobody waits for a revocation.
TRUSTED_FOR = 5.0
MOST_KNOWN = 10_000  # tokens held in memory; then it starts afresh


class Wanted(Value):
    """A token to be issued: `label` says for whom or what, and names who acts.

    `unit` limits it to that unit and those below; `person` is the holder's personnel
    number, without which nobody can act as a declarant.
    """

    role: str
    label: str
    expires_at: datetime
    unit: str | None = None
    person: str | None = None


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token as it may be shown: everything but its secret."""

    id: str
    role: str
    unit: str | None
    person: str | None
    label: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None


class Known(NamedTuple):
    grant: Grant
    secret_hash: bytes
    until: float


class Tokens:
    """Issues, finds and revokes tokens; safe to share between threads.

    A token reads `prb_<id>_<secret>`. The id is public and names it in lists and logs.
    """

    def __init__(self, pool: ConnectionPool[psycopg.Connection[Any]]) -> None:
        """Take a pool of connections as probity_web, each statement a transaction."""
        self.pool = pool
        self.known: dict[str, Known] = {}

    def issue(self, wanted: Wanted, *, by: str) -> str:
        """Store a new token and return it: nobody can ever read it again.

        Args:
            wanted: what its holder may do, and until when.
            by: who issues it.

        Raises:
            Invalid: there is no such role, a declarant is nobody, or it has expired.
        """
        check(wanted)
        name, secret = secrets.token_hex(6), secrets.token_urlsafe(SECRET_BYTES)
        row = msgspec.structs.asdict(wanted) | {
            "id": name,
            "secret_hash": hashed(secret),
            "created_by": by,
        }
        with self.pool.connection() as connection:
            connection.execute(SQL["add_token"], row)
        return f"{PREFIX}_{name}_{secret}"

    def find(self, token: str) -> Grant | None:
        """Return what the token grants; None if it is not one, expired or revoked.

        A revocation is noticed within `TRUSTED_FOR` seconds, an expiry at once.
        """
        shaped = SHAPE.fullmatch(token)
        if shaped is None:
            return None
        name, secret = shaped.groups()
        known = self.known.get(name)
        if known is None or known.until < monotonic():
            known = self.read(name)
        if known is None or not hmac.compare_digest(known.secret_hash, hashed(secret)):
            return None
        expires = known.grant.expires_at
        return known.grant if expires and datetime.now(UTC) < expires else None

    def fate(self, token: str) -> str:
        """Return what became of what `find` does not find: "expired", "revoked", or "".

        Nobody learns it without the secret.
        """
        shaped = SHAPE.fullmatch(token)
        if shaped is None:
            return ""
        name, secret = shaped.groups()
        with self.pool.connection() as connection:
            row = connection.execute(SQL["read_fate"], {"id": name}).fetchone()
        if row is None or not hmac.compare_digest(bytes(row[0]), hashed(secret)):
            return ""
        return "expired" if row[1] is None else "revoked"

    def read(self, name: str) -> Known | None:
        until = monotonic() + TRUSTED_FOR
        with self.pool.connection() as connection:
            row = connection.execute(SQL["find_token"], {"id": name}).fetchone()
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        if row is None:
            self.known.pop(name, None)
            return None
        known = Known(grant_of(*row[1:]), bytes(row[0]), until)
        self.known[name] = known
        return known

    def list(self, *, after: str = "", limit: int = 100) -> Sequence[Token]:
        """Return tokens in the order of their ids, revoked and expired ones too."""
        page = {"after": after, "limit": limit}
        with (
            self.pool.connection() as connection,
            connection.cursor(row_factory=class_row(Token)) as cursor,
        ):
            return cursor.execute(SQL["list_tokens"], page).fetchall()

    def get(self, name: str) -> Token:
        """Return the token with this id, or raise `Unknown`."""
        with (
            self.pool.connection() as connection,
            connection.cursor(row_factory=class_row(Token)) as cursor,
        ):
            found = cursor.execute(SQL["read_token"], {"id": name}).fetchone()
        if found is None:
            raise Unknown("token", name)
        return found

    def revoke(self, name: str, *, by: str) -> Token:
        """End a token for good; again changes nothing. Raise `Unknown` without one."""
        who = {"id": name, "revoked_by": by}
        with self.pool.connection() as connection:
            connection.execute(SQL["revoke_token"], who)
        self.known.pop(name, None)
        return self.get(name)


def check(wanted: Wanted) -> None:
    if wanted.role not in ROLES:
        raise Invalid("role", f"it must be one of {', '.join(ROLES)}")
    if wanted.role == DECLARANT and not wanted.person:
        raise Invalid("person", "say whose personnel number a declarant acts under")
    if not wanted.label.strip():
        raise Invalid("label", "say for whom or what the token is")
    if wanted.expires_at <= datetime.now(UTC):
        raise Invalid("expires_at", "it must lie in the future")


def grant_of(
    role: str, unit: str | None, person: str | None, label: str, expires_at: datetime
) -> Grant:
    return Grant(
        actor=person or label,
        role=role,
        unit=unit,
        person=person,
        expires_at=expires_at,
    )


def hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
