"""Exchanges a leaf for the proof that it is under a published checkpoint."""

from typing import Any

from psycopg import Connection

from domain.errors import Unknown
from projections.ledger import store
from projections.ledger.errors import NotYet, Stranded
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.proof import Proof
from projections.ledger.standard.tiles import reading
from projections.ledger.standard.tree import inclusion
from projections.ledger.store import Published


def prove(
    connection: Connection[Any], leaf: bytes, policy: Policy | None = None
) -> Proof:
    """Return the proof of a leaf against the newest published checkpoint.

    Args:
        connection: as a role that reads the log and the ledger.
        leaf: the hash of an entry, as a receipt has it.
        policy: where it asks for witnesses, a checkpoint is published once they have
            cosigned it; else once the log has signed it.

    Raises:
        Unknown: no event has that leaf.
        NotYet: it is not under a published checkpoint.
        Stranded: nor will it ever be.
    """
    position = store.position_of_leaf(connection, leaf)
    if position is None:
        raise Unknown("entry", leaf.hex())
    origin, first = store.origin_at(connection, position)
    newest = published(connection, origin, policy)
    index = position - first
    if newest is None or newest.size <= index:
        closed = store.origin(connection).origin != origin
        raise Stranded(position, origin) if closed else NotYet(position)
    read = reading(store.fetch(connection, origin), newest.size)
    return Proof(index, tuple(inclusion(index, newest.size, read)), newest.note)


def published(
    connection: Connection[Any], origin: str, policy: Policy | None = None
) -> Published | None:
    """Return the newest checkpoint of a tree that counts as published."""
    if policy and policy.needs_witnesses:
        return store.latest_cosigned(connection, origin)
    return store.latest_signed(connection, origin)
