"""Rotation: data keys are wrapped anew by another key, and the log stays as it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from domain.errors import Tampered
from domain.vault import KeyName
from projections.vault.keyring import SQL, bound_to, not_at_hand, unwrapped
from projections.vault.wrapping import Wrapping

OWNER = "probity_keys"
TOGETHER = 500  # keys in one transaction, none of which can be destroyed meanwhile
Connection = psycopg.Connection[Any]


class RotationRefused(Exception):
    """It cannot be done as things are; says why, and what to do."""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A wrapping key, and how much rests on it.

    Attributes:
        current: it wraps what is new.
        keys: how many data keys it wraps, of so many persons (`subjects`).
    """

    name: str
    current: bool
    adopted_at: datetime | None
    retired_at: datetime | None
    keys: int
    subjects: int


class Rotated(msgspec.Struct, frozen=True):
    """What a rotation did: `failed` are the ids of keys that nothing unwraps."""

    kek: str
    rewrapped: int
    failed: tuple[UUID, ...]


@contextmanager
def operating(admin_url: str) -> Iterator[Connection]:
    """Connect as the owner of the keys, whom only the administrator may act as."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(f"SET ROLE {OWNER}".encode())
        yield connection


def versions(connection: psycopg.Connection[Any]) -> list[Version]:
    """Return the wrapping keys that this register has used, the oldest first."""
    with connection.cursor(row_factory=class_row(Version)) as cursor:
        return cursor.execute(SQL["count_keys"]).fetchall()


def rotate(
    connection: Connection,
    wrapping: Wrapping,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> Rotated:
    """Wrap every data key anew, by a new version of the wrapping key.

    A version that is at hand and was not used yet is taken for the new one; else one
    is made. What another rotation left unfinished is finished, and nothing else done.

    Args:
        connection: `operating`.
        wrapping: has all versions that are in use.
        progress: is told how many keys are done, of how many.

    Raises:
        RotationRefused: somebody else is rotating.
        VaultClosed: a version is not at hand; what was done until then stays done.
    """
    failed: list[UUID] = []
    done = 0
    with alone(connection):
        kek = adopted(connection, wrapping)
        left = sum(v.keys for v in versions(connection) if not v.current)
        for batch, broken in rewrapping(connection, wrapping, kek):
            done, failed = done + batch, failed + broken
            progress(done, left)
    return Rotated(kek, done - len(failed), tuple(failed))


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Keep other processes from rotating meanwhile."""
    (free,) = connection.execute(SQL["try_rotating"]).fetchone() or (False,)
    if not free:
        raise RotationRefused("the wrapping key is being rotated by another process")
    try:
        yield
    finally:
        if not connection.broken:
            connection.execute(SQL["stop_rotating"])


def adopted(connection: Connection, wrapping: Wrapping) -> str:
    """Make the version that is due the current one, and return its name."""
    used = versions(connection)
    refuse_missing(used, wrapping)
    kek = next_version(used, wrapping)
    connection.execute(SQL["adopt_kek"], {"kek": kek})
    return kek


def refuse_missing(used: list[Version], wrapping: Wrapping) -> None:
    there = set(wrapping.versions())
    for version in used:
        if (version.keys or version.current) and version.name not in there:
            raise not_at_hand(version.name, wrapping)


def next_version(used: list[Version], wrapping: Wrapping) -> str:
    """Return the version by which all is to be wrapped; a new one where it is due."""
    current = next((v.name for v in used if v.current), None)
    last = next(reversed(wrapping.versions()), None)
    if current and any(v.keys for v in used if not v.current):
        return current
    if last and last not in {v.name for v in used}:
        return last
    return wrapping.add()


def rewrapping(
    connection: Connection, wrapping: Wrapping, kek: str
) -> Iterator[tuple[int, list[UUID]]]:
    """Rewrap batch by batch; yield how many each had, and those that failed."""
    after = UUID(int=0)
    while True:
        with connection.transaction(), connection.cursor(binary=True) as cursor:
            asked = {"kek": kek, "after": after, "limit": TOGETHER}
            rows = cursor.execute(SQL["lock_outdated"], asked).fetchall()
            if not rows:
                return
            boxes = {row[0]: rewrapped(wrapping, kek, *row) for row in rows}
            good = {id_: box for id_, box in boxes.items() if box}
            new = {"kek": kek, "ids": list(good), "boxes": list(good.values())}
            cursor.execute(SQL["rewrap_keys"], new)
        after = rows[-1][0]
        yield len(rows), [id_ for id_, box in boxes.items() if not box]


def rewrapped(wrapping: Wrapping, kek: str, id_: UUID, *row: Any) -> bytes | None:
    """Return the box by the new version; None if nothing unwraps the old one."""
    try:
        secret = unwrapped(wrapping, id_, *row)
    except Tampered:
        return None
    return wrapping.wrap(kek, secret, bound_to(id_, KeyName(*row[:3])))


def retire(connection: Connection, wrapping: Wrapping, kek: str) -> bool:
    """Forget a version for ever: no copy of the database from before opens any more.

    Args:
        connection: `operating`.
        wrapping: where the version is kept; it may be gone there already.
        kek: the name of the version.

    Returns:
        Whether it is gone there, and has not to be taken away by hand.

    Raises:
        RotationRefused: it is unknown or in use.
        VaultClosed: the operator has to take it away where it is kept.
    """
    version = next((v for v in versions(connection) if v.name == kek), None)
    if version is None:
        raise RotationRefused(f"this register never used a wrapping key {kek}")
    if version.current or version.keys:
        raise RotationRefused(
            f"{kek} is in use: it wraps what is new, or still wraps data keys"
            f" ({version.keys}). Run `probity keys rotate` first."
        )
    connection.execute(SQL["retire_kek"], {"kek": kek})
    return wrapping.drop(kek)
