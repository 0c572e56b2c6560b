"""Ended between any two steps and begun again, it signs nothing that contradicts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from projections.ledger.leading import advance
from projections.ledger.seen import Seen
from projections.ledger.sequencer import Sequencer
from projections.ledger.signing import Signing
from projections.ledger.standard.note import parse
from projections.ledger.store import origin
from projections.postgres.address import Address, connect_as
from tests.history import History
from tests.ledger.sequencing.trees import (
    KEYS,
    Connection,
    assert_of_one_tree,
    checkpoints,
    in_note,
    leaves,
    more,
    signed,
)

BATCH = 3
EVENTS = 4  # two batches
LAST = """
SELECT (SELECT max(size) FROM ledger.checkpoint), (SELECT max(size) FROM ledger.signed)
"""


class PowerCut(Exception):
    """Everything in the process is gone."""


@dataclass
class Fuse:
    """Lets so many steps be taken, and no more."""

    left: int

    def burn(self) -> None:
        if self.left == 0:
            raise PowerCut
        self.left -= 1


@contextmanager
def connected(database: Address, fuse: Fuse) -> Iterator[Connection]:
    """Connect as the sequencer; the fuse burns before each statement and after it."""

    class Burning(psycopg.Cursor[Any]):
        def execute(self, *given: Any, **more: Any) -> Any:
            fuse.burn()
            done = super().execute(*given, **more)
            fuse.burn()
            return done

        def executemany(self, *given: Any, **more: Any) -> None:
            fuse.burn()
            super().executemany(*given, **more)
            fuse.burn()

    conninfo = connect_as(database.url, "probity_ledger", name="test")
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.cursor_factory = Burning
        yield connection


class Memory(Seen):
    """A memory before and after whose commit the power may be cut."""

    def __init__(self, path: Path, fuse: Fuse) -> None:
        super().__init__(path)
        self.fuse = fuse

    def advance_by(self, origin: str, old: int, judge: Any) -> Any:
        def judged(last: Any) -> Any:
            self.fuse.burn()
            head = judge(last)
            self.fuse.burn()
            return head

        head = super().advance_by(origin, old, judged)
        self.fuse.burn()
        return head


def work(database: Address, memory: Path, steps: int) -> bool:
    """Sequence and sign until all is done, or so many steps; return which it was."""
    fuse = Fuse(steps)
    try:
        with connected(database, fuse) as connection:
            signing = Signing(KEYS, Memory(memory, fuse))
            signing.sign(connection)
            sequencer = Sequencer(connection, BATCH)
            while advance(sequencer, signing):
                pass
    except PowerCut:
        return False
    return True


def test_ended_between_any_two_steps_it_goes_on_where_it_was(
    database: Address, writer: Connection, history: History, tmp_path: Path
) -> None:
    memory, noted = tmp_path / "signed", []
    steps, done = 0, False
    while not done:
        more(history, writer, EVENTS)
        done = work(database, memory, steps)
        if kept := Seen(memory).latest(origin(writer).origin):
            noted.append(in_note(origin(writer), kept.note))
        assert work(database, memory, steps=10_000)

        assert writer.execute(LAST).fetchone() == (history.position,) * 2
        steps += 1

    assert steps > 50
    everything = [*checkpoints(writer), *signed(writer), *noted]
    assert_of_one_tree(everything, leaves(writer))


def test_ended_again_and_again_at_the_same_step_it_signs_each_checkpoint_once(
    database: Address, writer: Connection, history: History, tmp_path: Path
) -> None:
    memory = tmp_path / "signed"
    notes: dict[int, set[str]] = {}
    for steps in range(40):
        more(history, writer, 2)
        work(database, memory, steps)
        work(database, memory, steps)
        if kept := Seen(memory).latest(origin(writer).origin):
            notes.setdefault(kept.size, set()).add(kept.note)
    rows = writer.execute("SELECT size, note FROM ledger.signed").fetchall()
    for size, note in rows:
        notes.setdefault(size, set()).add(note)

    assert rows
    assert {len(same) for same in notes.values()} == {1}
    found = [in_note(origin(writer), note) for (note,) in notes.values()]
    assert_of_one_tree(found, leaves(writer))
    assert all(parse(note).signatures for same in notes.values() for note in same)
