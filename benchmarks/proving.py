"""A proof out of a tree of a million events, as whoever has a receipt asks for it."""

import hashlib
import http.client
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from benchmarks.figures import Figure
from benchmarks.filing import served
from projections.ledger import store
from projections.ledger.signing import open_signing
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import parse as parse_note
from projections.ledger.standard.proof import parse as parse_proof
from projections.ledger.standard.tiles import Tile, grow, reading
from projections.ledger.standard.tree import check_inclusion, root
from projections.postgres.address import Address, connect_as

EVENTS = 1_000_000
GOAL = 5.0  # milliseconds
ASKED = 1_000
# Written as the superuser, for nobody would wait for a million commands. What stands in
# an event is of no matter to a proof: each has a leaf of its own, and so has the tree.
LOG = """
INSERT INTO log.probity_events (notification_id, originator_id, originator_version,
                                topic, state, event_id, recorded_at, leaf)
SELECT n, gen_random_uuid(), 1, 'bench', '', gen_random_uuid(), now(),
       sha256(int8send(n))
  FROM generate_series(1, %s::bigint) AS n
"""
HEAD = "UPDATE log.head SET size = %s"
CHECKPOINT = "INSERT INTO ledger.checkpoint (origin, size, root) VALUES (%s, %s, %s)"
TILES = "COPY ledger.tile (origin, level, n, width, data) FROM STDIN"


def figures(address: Address) -> Iterator[Figure]:
    with psycopg.connect(address.admin_url, autocommit=True) as admin:
        write(admin)
    where = connect_as(address.url, "probity_ledger", name="bench")
    with psycopg.connect(where, autocommit=True) as connection:
        open_signing().sign(connection)
    chance = random.Random(EVENTS)  # noqa: S311  it only has to be the same again
    with served("ours", address) as port:
        web = http.client.HTTPConnection("127.0.0.1", port)
        check(ask(web, proof_of(EVENTS)), EVENTS)
        value = median(lambda: ask(web, proof_of(chance.randint(1, EVENTS))))
        beside = median(lambda: ask(web, "/health"))
    yield Figure(
        work=f"a proof over HTTP, of {EVENTS:,} events",
        value=value,
        unit="ms",
        beside=beside,
        goal=GOAL,
        at_most=True,
        of_value=True,
    )


def leaf(position: int) -> bytes:
    return hashlib.sha256(position.to_bytes(8, "big")).digest()


def write(admin: psycopg.Connection[Any]) -> None:
    """Write the log, and its tree as the sequencer would have made it."""
    admin.execute(LOG, [EVENTS])
    admin.execute(HEAD, [EVENTS])
    origin = store.origin(admin).origin
    tiles = {
        (tile.level, tile.n): tile
        for tile in grow(lambda *_: b"", 0, [leaf(n + 1) for n in range(EVENTS)])
    }
    with admin.cursor() as cursor, cursor.copy(TILES) as copied:
        for tile in tiles.values():
            copied.write_row((origin, *tile))
    admin.execute(CHECKPOINT, [origin, EVENTS, root_over(tiles)])
    admin.execute("VACUUM ANALYZE log.probity_events, ledger.tile")


def root_over(tiles: dict[tuple[int, int], Tile]) -> bytes:
    def fetch(level: int, n: int, width: int) -> bytes:
        return tiles[level, n].data[: 32 * width]

    return root(EVENTS, reading(fetch, EVENTS))


def proof_of(position: int) -> str:
    return f"/v1/receipts/{leaf(position).hex()}/proof"


def ask(web: http.client.HTTPConnection, path: str) -> str:
    web.request("GET", path)
    answer = web.getresponse()
    text = answer.read().decode()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{answer.status}: {text[:300]}")
    return text


def check(text: str, position: int) -> None:
    """Raise unless a proof is one."""
    proof = parse_proof(text)
    head = parse_checkpoint(parse_note(proof.checkpoint).text)
    if (proof.index, head.size) != (position - 1, EVENTS):
        raise RuntimeError(f"that is the proof of another event: {text}")
    check_inclusion(leaf(position), proof.index, head.size, proof.hashes, head.root)


def median(act: Callable[[], object]) -> float:
    """Return the milliseconds that it takes in the middle of many times."""
    took = []
    for _ in range(ASKED):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return statistics.median(took) * 1000
