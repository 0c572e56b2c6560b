"""Logs to sequence, and what must hold of every checkpoint that comes of them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg

from projections.ledger.signing import Keys
from projections.ledger.standard.checkpoint import Checkpoint, parse_checkpoint
from projections.ledger.standard.note import Verifier, parse, parse_vkey, verified
from projections.ledger.store import LogHead, origin
from tests.history import History
from tests.ledger.definition import definition

Connection = psycopg.Connection[Any]
KEYS = Keys(bytes(range(32)), bytes(range(32, 64)))
LEAVES = (
    "SELECT leaf FROM log.probity_events WHERE notification_id >= %s"
    " ORDER BY notification_id"
)
CHECKPOINTS = "SELECT size, root FROM ledger.checkpoint WHERE origin = %s ORDER BY size"
DELETE = "DELETE FROM {}"
NOTES = "SELECT size, note FROM ledger.signed WHERE origin = %s ORDER BY size"


def more(history: History, writer: Connection, count: int) -> None:
    """Let so many things happen, and append them to the log."""
    if not history.records:
        history.unit("u0")
        count -= 1
    for _ in range(count):
        history.move_unit("u0", None)
    history.write(writer)


def leaves(reader: Connection) -> list[bytes]:
    """Return the leaves of the log's tree as they are stored."""
    rows = reader.execute(LEAVES, (origin(reader).first,)).fetchall()
    return [leaf for (leaf,) in rows]


def checkpoints(reader: Connection) -> list[Checkpoint]:
    """Return all checkpoints of the log's tree, the smallest first."""
    name = origin(reader).origin
    rows = reader.execute(CHECKPOINTS, (name,)).fetchall()
    return [Checkpoint(name, *row) for row in rows]


def signed(reader: Connection, keys: Keys = KEYS) -> list[Checkpoint]:
    """Return the checkpoints in all notes, once the signatures of both keys fit."""
    head = origin(reader)
    rows = reader.execute(NOTES, (head.origin,)).fetchall()
    found = [in_note(head, note, keys) for _, note in rows]
    assert [checkpoint.size for checkpoint in found] == [size for size, _ in rows]
    return found


def in_note(head: LogHead, note: str, keys: Keys = KEYS) -> Checkpoint:
    parsed = parse(note)
    assert len(verified(parsed, known(head.origin, keys))) == 2
    return parse_checkpoint(parsed.text)


@cache
def known(origin: str, keys: Keys) -> list[Verifier]:
    """Return the public keys of a log."""
    return [parse_vkey(vkey) for vkey in keys.vkeys(origin)]


def assert_of_one_tree(found: Sequence[Checkpoint], leaves: Sequence[bytes]) -> None:
    """Demand that each is over the beginning of these leaves: so all are consistent."""
    over = definition(leaves.__getitem__)
    wrong = [one.size for one in found if one.root != over(0, one.size)]
    assert wrong == []


def tamper(superuser: Connection, table: str, *statements: str) -> None:
    """Do what a superuser can, once the triggers of a table are off."""
    superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    for statement in statements:
        superuser.execute(statement.encode())


def forget(superuser: Connection) -> None:
    """Remove the tree, so that it is made again from the log."""
    for table in ("ledger.signed", "ledger.checkpoint", "ledger.tile"):
        tamper(superuser, table, DELETE.format(table))
