"""The data keys as PostgreSQL keeps them: found or made by name, and unwrapped."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

import psycopg

from domain.errors import Tampered, VaultClosed
from domain.vault import DataKey, KeyName
from projections.statements import Statements
from projections.vault.datakey import KEY_BYTES, AesKey, data_key
from projections.vault.source import find_wrapping
from projections.vault.wrapping import Wrapping

SQL = Statements(Path(__file__).with_name("key_queries.sql"))
PAGE = 1000  # keys in one round trip; the database refuses more
KNOWN = 10_000  # keys in the clear that a process holds at most
INDEX = KeyName("", "index")
LOST = (psycopg.OperationalError, psycopg.InterfaceError)
T = TypeVar("T")


class Lender(Protocol):
    """A pool of connections, or a log, which lends those of its own."""

    def connection(self) -> AbstractContextManager[psycopg.Connection[Any]]: ...


class Keyring:
    """The vault over PostgreSQL; safe to share between threads, opened after a fork.

    The database decides which keys open: it is asked each time, in one round trip, so a
    key that is destroyed opens nothing more from then on, in any process. For sealing,
    keys are remembered, since the log itself asks for them when it stores. The
    unwrapping is remembered too, by all of what the database says of a key, so that not
    every request calls on a hardware module; the secrets of the keys used last are
    therefore in this process's memory.
    """

    def __init__(self, lender: Lender, wrapping: Callable[[], Wrapping]) -> None:
        self.lender, self._find = lender, wrapping
        self._wrapping: Wrapping | None = None
        self._index: bytes | None = None
        self._lately: dict[KeyName, DataKey] = {}
        self.current = ""  # the wrapping key that the database named last
        self._open: Callable[..., AesKey] = lru_cache(KNOWN)(self._unwrapped)

    def provide(self, names: Collection[KeyName]) -> Mapping[KeyName, DataKey]:
        lately = self._lately  # another thread may forget it meanwhile
        found = {name: lately[name] for name in names if name in lately}
        if asked := set(names) - found.keys():
            found |= self._named(asked)
        while missing := set(names) - found.keys():
            # Again only where a key was destroyed the moment after another made it.
            found |= self._made(missing)
        lately.update(found)
        if len(lately) > KNOWN:
            self.forget()
        return found

    def forget(self) -> None:
        self._lately = {}

    def fetch(self, ids: Collection[UUID]) -> Mapping[UUID, DataKey]:
        return {key.id: key for key in self._opened(self._fetched(ids))}

    def secrets(self, ids: Collection[UUID]) -> Mapping[UUID, bytes]:
        """Return the keys themselves, of those that have not been destroyed.

        They open all that was ever sealed with them, and destroying them here does not
        reach whoever was given them: only for who must be able to open it without us.
        """
        return {id_: self._secret(id_, *row) for id_, *row in self._fetched(ids)}

    def check(self) -> None:
        """Raise `VaultClosed` where the wrapping key that is in use is not at hand."""
        ((used,),) = self._ask("name_current", {})
        if used:
            self._learn(used)
        self._version()

    def index_key(self) -> bytes:
        """Return the office's own key, by which words are digested to look them up.

        It is made on its first use, and never destroyed.
        """
        if self._index is None:
            self.provide([INDEX])
            (row,) = self._ask("name_keys", columns([INDEX]))
            self._index = self._secret(*row)
        return self._index

    @property
    def wrapping(self) -> Wrapping:
        if self._wrapping is None:
            self._wrapping = self._find()
        return self._wrapping

    def _fetched(self, ids: Collection[UUID]) -> list[tuple[Any, ...]]:
        return [
            row
            for page in pages(list(ids))
            for row in self._ask("fetch_keys", {"ids": page})
        ]

    def _named(self, names: Collection[KeyName]) -> dict[KeyName, DataKey]:
        rows = [
            row
            for page in pages(list(names))
            for row in self._ask("name_keys", columns(page))
        ]
        return {key.name: key for key in self._opened(rows)}

    def _made(self, names: Collection[KeyName]) -> dict[KeyName, DataKey]:
        """Keep new keys of these names, or take those that somebody else just kept."""
        found: dict[KeyName, DataKey] = {}
        for page in pages(list(names)):
            found |= {key.name: key for key in self._opened(self._kept(page))}
        return found

    def _kept(self, names: Sequence[KeyName]) -> list[tuple[Any, ...]]:
        version = self._version()
        ids = [uuid4() for _ in names]
        boxes = [
            self.wrapping.wrap(version, os.urandom(KEY_BYTES), bound_to(id_, name))
            for id_, name in zip(ids, names, strict=True)
        ]
        new = {**columns(names), "ids": ids, "kek": version, "boxes": boxes}
        try:
            return self._ask("keep_keys", new)
        except psycopg.errors.InvalidParameterValue as error:
            self._learn(error.diag.message_detail or "")
            return []  # to be tried again, by the version that it named

    def _version(self) -> str:
        """Return what wraps new keys: what the database said, or the last at hand."""
        versions = self.wrapping.versions()
        if self.current in versions:
            return self.current
        if versions:
            return versions[-1]
        raise VaultClosed(f"there is no wrapping key in {self.wrapping.place}")

    def _learn(self, version: str) -> None:
        self.current = version
        if version not in self.wrapping.versions():
            raise not_at_hand(version, self.wrapping)

    def _opened(self, rows: Iterable[tuple[Any, ...]]) -> list[AesKey]:
        return [self._open(*row) for row in rows]

    def _unwrapped(self, id_: UUID, *row: Any) -> AesKey:
        secret = self._secret(id_, *row)
        return data_key(id_, KeyName(*row[:3]), secret)

    def _secret(self, id_: UUID, *row: Any) -> bytes:
        return unwrapped(self.wrapping, id_, *row)

    def _ask(self, query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return what a query finds; after a lost connection it is asked again."""
        try:
            return self._ask_once(query, values)
        except Exception as error:
            if not isinstance(error, LOST) and not isinstance(error.__cause__, LOST):
                raise
            return self._ask_once(query, values)

    def _ask_once(self, query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with (
            self.lender.connection() as connection,
            connection.cursor(binary=True) as cursor,
        ):
            return cursor.execute(SQL[query], values, prepare=True).fetchall()


def open_vault(source: Lender, wrapping: Wrapping | None = None) -> Keyring:
    """Return the vault of a process; nothing is asked of anybody before its first use.

    Args:
        source: lends connections as probity_web, probity_scheduler or
            probity_projector: a pool, or a log, whose errors are then the vault's too.
        wrapping: the wrapping key; without it, that which the environment names (see
            `projections.vault.source`).
    """
    return Keyring(source, lambda: wrapping or find_wrapping())


def bound_to(id_: UUID, name: KeyName) -> bytes:
    """Return what the box of a key is bound to, so that it can be nobody else's."""
    subject, relative, year = name
    return f"1:{id_.hex}:{year}:{len(subject)}:{subject}:{relative}".encode()


def unwrapped(wrapping: Wrapping, id_: UUID, *row: Any) -> bytes:
    """Return the secret of a row.

    Raises:
        VaultClosed: the wrapping key of this row is not at hand.
        Tampered: the row is not as it was kept, or is another's.
    """
    subject, relative, year, kek, box = row
    name = KeyName(subject, relative, year)
    try:
        return wrapping.unwrap(kek, box, bound_to(id_, name))
    except KeyError as error:
        raise not_at_hand(kek, wrapping) from error
    except ValueError as error:
        raise Tampered(f"the wrapped data key {id_}") from error


def not_at_hand(version: str, wrapping: Wrapping) -> VaultClosed:
    there = ", ".join(wrapping.versions()) or "none"
    return VaultClosed(
        f"the wrapping key {version}, which this register uses, is not at hand:"
        f" {wrapping.place} has {there}. Nothing is lost. Put that version back, from"
        " where you keep a copy; it may stand beside the others."
    )


def columns(names: Collection[KeyName]) -> dict[str, Any]:
    return {
        "subjects": [name.subject for name in names],
        "relatives": [name.relative for name in names],
        "years": [name.year for name in names],
    }


def pages(things: Sequence[T]) -> Iterable[Sequence[T]]:
    return (things[at : at + PAGE] for at in range(0, len(things), PAGE))
