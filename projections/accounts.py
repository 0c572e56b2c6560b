"""The accounts of people who log in: a name, a person, a password or an identity."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg.errors import ForeignKeyViolation, UniqueViolation
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from domain.errors import Invalid, Unknown
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("accounts.sql"))
LONGEST = 100  # characters of a name
# Before the name of an account whose holder has no personnel number: so nobody acts
# under a personnel number by calling an account so.
UNNUMBERED = "account:"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account as it may be shown: everything but its password.

    `person` is the holder's personnel number; `identities` says how many identities
    of providers are bound to it.
    """

    name: str
    person: str | None
    created_at: datetime
    created_by: str
    locked_at: datetime | None
    locked_by: str | None
    password_set_at: datetime | None
    identities: int

    @property
    def actor(self) -> str:
        """Return the name under which its holder acts, and is given mandates."""
        return self.person or UNNUMBERED + self.name


class Accounts:
    """Keeps accounts; safe to share between threads."""

    def __init__(self, pool: ConnectionPool[psycopg.Connection[Any]]) -> None:
        """Take a pool of connections as probity_web, each statement a transaction."""
        self.pool = pool

    def add(self, name: str, *, person: str | None, by: str) -> Account:
        """Add an account that nobody can log in with yet.

        Raises:
            Invalid: the name is taken or no name, or the person has an account.
        """
        name = normalised(name)
        if not fit(name):
            raise Invalid("name", f"1 to {LONGEST} visible characters, without spaces")
        try:
            self.run("add_account", name=name, person=person or None, by=by)
        except UniqueViolation as error:
            if error.diag.constraint_name == "account_person":
                raise Invalid("person", f"{person} has an account already") from None
            raise Invalid("name", f"there is an account {name} already") from None
        return self.get(name)

    def get(self, name: str) -> Account:
        """Return the account of this name, or raise `Unknown`."""
        found = self.fetch("read_account", name=normalised(name))
        if not found:
            raise Unknown("account", name)
        return found[0]

    def list(self, *, after: str = "", limit: int = 100) -> Sequence[Account]:
        """Return accounts in the order of their names, locked ones too."""
        return self.fetch("list_accounts", after=after, limit=limit)

    def lock(self, name: str, *, by: str) -> Account:
        """Keep the holder out, from their next request on."""
        account = self.get(name)
        self.run("lock_account", name=account.name, by=by)
        return self.get(name)

    def unlock(self, name: str) -> Account:
        """Let the holder in again."""
        account = self.get(name)
        self.run("unlock_account", name=account.name)
        return self.get(name)

    def password_of(self, name: str) -> str | None:
        """Return the hash of the password; None without an account or a password."""
        row = self.one("read_password", name=normalised(name))
        return row[0] if row else None

    def set_password(self, name: str, hashed: str, *, by: str) -> None:
        account = self.get(name)
        self.run("set_password", name=account.name, hash=hashed, by=by)

    def renew_hash(self, name: str, old: str, new: str) -> None:
        """Replace a hash by one of the same password; nothing if it has changed."""
        self.run("renew_hash", name=name, old=old, hash=new)

    def known_as(self, issuer: str, subject: str) -> Account | None:
        """Return the account to which an identity is bound."""
        row = self.one("find_identity", issuer=issuer, subject=subject)
        return self.get(row[0]) if row else None

    def bind(self, name: str, issuer: str, subject: str, *, by: str) -> None:
        """Let an identity of a provider log in as this account.

        Raises:
            Unknown: there is no such account.
            Invalid: the identity is bound to another, or is none.
        """
        if not (issuer.strip() and subject.strip()):
            raise Invalid("subject", "an identity has an issuer and a subject")
        bound = {"issuer": issuer, "subject": subject}
        try:
            self.run("bind_identity", account=normalised(name), by=by, **bound)
        except ForeignKeyViolation:
            raise Unknown("account", name) from None
        holder = self.known_as(issuer, subject)
        if holder is None or holder.name != normalised(name):
            raise Invalid("subject", "it is bound to another account; unbind it there")

    def unbind(self, name: str, issuer: str, subject: str) -> None:
        """Undo `bind`, or raise `Unknown` where it was not."""
        bound = {"issuer": issuer, "subject": subject, "account": normalised(name)}
        if not self.run("unbind_identity", **bound):
            raise Unknown("identity of that account", subject)

    def run(self, statement: str, **values: Any) -> int:
        with self.pool.connection() as connection:
            return connection.execute(SQL[statement], values).rowcount

    def one(self, statement: str, **values: Any) -> tuple[Any, ...] | None:
        with self.pool.connection() as connection:
            return connection.execute(SQL[statement], values).fetchone()

    def fetch(self, statement: str, **values: Any) -> Sequence[Account]:
        with (
            self.pool.connection() as connection,
            connection.cursor(row_factory=class_row(Account)) as cursor,
        ):
            return cursor.execute(SQL[statement], values).fetchall()


def normalised(name: str) -> str:
    """Return a name as it is kept: however it is typed, it is one name."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def fit(name: str) -> bool:
    return 0 < len(name) <= LONGEST and name.isprintable() and " " not in name
