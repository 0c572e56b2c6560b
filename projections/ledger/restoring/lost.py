"""The entries that were published and are gone, as far as static files still tell."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from domain.leaf import leaf_of
from domain.ledger import LedgerEntryLost
from projections.ledger.publishing.written import Written
from projections.ledger.standard.tiles import WIDTH, BadTile, entries_path, unpack
from projections.ledger.standard.tree import SIZE


def leaves_of(site: Written, size: int) -> bytes:
    """Return the hashes of all entries of a tree, one behind the other."""
    fetch = site.fetch()
    widths = ((n, min(WIDTH, size - n * WIDTH)) for n in range(-(-size // WIDTH)))
    return b"".join(fetch(0, n, width) for n, width in widths)


def split(leaves: bytes) -> list[bytes]:
    """Return hashes that lie one behind the other."""
    return [leaves[at : at + SIZE] for at in range(0, len(leaves), SIZE)]


def lost_of(
    site: Written, origin: str, retained: int, size: int
) -> Iterator[LedgerEntryLost]:
    """Yield what static files know of the entries that a database no longer holds.

    Args:
        site: the tree as it was published.
        origin: of which log.
        retained: how many first entries the database holds still.
        size: how many there were.
    """
    leaves = split(leaves_of(site, size))
    for n in range(retained // WIDTH, -(-size // WIDTH)):
        entries = dict(enumerate(entries_of(site, n), n * WIDTH))
        for index in range(max(retained, n * WIDTH), min(size, (n + 1) * WIDTH)):
            yield lost(origin, index, leaves[index], entries.get(index, ""))


def entries_of(site: Written, n: int) -> list[str]:
    """Return the entries of a bundle, as wide as it was ever published."""
    for width in range(WIDTH, 0, -1):
        bundle = site.read(entries_path(n, width))
        with suppress(BadTile):
            if bundle is not None:
                return [entry.decode(errors="replace") for entry in unpack(bundle)]
    return []


def lost(origin: str, index: int, leaf: bytes, entry: str) -> LedgerEntryLost:
    """Return the fact that an entry is lost, with what it said if that is known."""
    if leaf_of(entry) != leaf:
        return LedgerEntryLost(origin=origin, index=index, leaf=leaf.hex())
    _, stream, version, topic, position, recorded_at, digest = entry.splitlines()
    return LedgerEntryLost(
        origin=origin,
        index=index,
        leaf=leaf.hex(),
        stream=UUID(stream),
        version=int(version),
        topic=topic,
        position=int(position),
        recorded_at=datetime.fromisoformat(recorded_at),
        digest=digest,
    )
