"""The tree is that of the log, however it is cut into batches, or it does not grow."""

from random import Random

import pytest

from domain.leaf import entry_text, leaf_of
from projections.ledger.errors import Behind, Inconsistent, LeafDiffers
from projections.ledger.sequencer import Sequencer
from projections.ledger.standard import tiles
from projections.ledger.store import entries, origin
from tests.history import History
from tests.ledger.sequencing.trees import (
    Connection,
    assert_of_one_tree,
    checkpoints,
    forget,
    leaves,
    more,
    tamper,
)

EVENTS = 800
TILES = "SELECT level, n, width, data FROM ledger.tile ORDER BY level, n"
EDIT = "UPDATE log.probity_events SET topic = 'x', leaf = %s WHERE notification_id = 2"
EDITED = "is not what its leaf says"
# What was changed of an event, and what is said of it.
CHANGES = (
    ("UPDATE {} SET state = state || '\\x00'", EDITED),
    ("UPDATE {} SET topic = 'unit.closed'", EDITED),
    ("UPDATE {} SET originator_version = 7777", EDITED),
    ("UPDATE {} SET originator_id = gen_random_uuid()", EDITED),
    ("UPDATE {} SET recorded_at = recorded_at + interval '1 microsecond'", EDITED),
    ("UPDATE {} SET leaf = sha256(leaf)", EDITED),
    ("DELETE FROM {}", "is missing"),
)


def tiles_of(hashes: list[bytes]) -> list[tiles.Tile]:
    """Return all tiles over these leaves, as they are at once."""

    def nothing(*_: int) -> bytes:
        raise AssertionError("there was no tree before")

    found = tiles.grow(nothing, 0, hashes)
    assert [tile[:3] for tile in found] == list(tiles.tiles_of(len(hashes)))
    return sorted(found)


def test_batches_of_any_size_make_the_same_tiles_and_roots(
    writer: Connection, ledger: Connection, history: History
) -> None:
    more(history, writer, EVENTS)
    hashes, chance = leaves(writer), Random(4)  # noqa: S311  it has to be the same again
    sequencer = Sequencer(ledger)

    for cut in (1024, 256, 255, 100, 1, 0):
        forget(writer)
        sequencer.batch = cut or 13
        while sequencer.step():
            sequencer.batch = cut or chance.randrange(1, 90)
            sequencer.batch = 300 if cut == 1 else sequencer.batch

        found = checkpoints(writer)
        assert_of_one_tree(found, hashes)
        assert found[-1].size == EVENTS
        assert writer.execute(TILES).fetchall() == tiles_of(hashes)


def test_events_that_come_while_it_works_are_taken_next(
    writer: Connection, ledger: Connection, history: History
) -> None:
    sequencer = Sequencer(ledger)
    assert (sequencer.pending(), sequencer.step()) == (0, 0)

    for count in (1, 3, 300, 2):
        more(history, writer, count)
        assert (sequencer.pending(), sequencer.step()) == (count, count)

    assert [one.size for one in checkpoints(writer)] == [1, 4, 304, 306]
    assert_of_one_tree(checkpoints(writer), leaves(writer))
    assert (sequencer.pending(), sequencer.step()) == (0, 0)


@pytest.mark.parametrize(("change", "said"), CHANGES)
def test_an_event_that_is_not_what_its_leaf_says_ends_the_tree(
    writer: Connection, ledger: Connection, history: History, change: str, said: str
) -> None:
    more(history, writer, 9)
    sequencer = Sequencer(ledger, batch=4)
    sequencer.step()
    where = " WHERE notification_id = 7"
    change = change.format("log.probity_events") + where
    tamper(writer, "log.probity_events", change)

    for _ in range(2):
        with pytest.raises(LeafDiffers, match=said) as refused:
            sequencer.step()
        assert refused.value.position == 7

    assert [one.size for one in checkpoints(writer)] == [4]
    assert writer.execute("SELECT max(width) FROM ledger.tile").fetchone() == (4,)


def test_the_last_event_of_a_batch_is_missed_too(
    writer: Connection, ledger: Connection, history: History
) -> None:
    more(history, writer, 9)
    lost = "DELETE FROM log.probity_events WHERE notification_id = 9"
    tamper(writer, "log.probity_events", lost)

    with pytest.raises(LeafDiffers, match="position 9 is missing"):
        Sequencer(ledger).step()


def test_a_leaf_that_was_changed_with_its_event_is_for_the_receipts_to_tell(
    writer: Connection, ledger: Connection, history: History
) -> None:
    more(history, writer, 3)
    head, before = origin(writer), leaves(writer)
    (row,) = entries(writer, 2, 3)
    _, stream, version, _, recorded_at, state, _ = row
    edited = entry_text(head.origin, stream, version, "x", 2, recorded_at, state)
    tamper(writer, "log.probity_events")
    writer.execute(EDIT, (leaf_of(edited),))

    assert Sequencer(ledger).catch_up() == 3

    assert (leaves(writer)[0], leaves(writer)[1] == before[1]) == (before[0], False)


def test_a_log_that_was_cut_is_refused(
    writer: Connection, ledger: Connection, history: History
) -> None:
    more(history, writer, 9)
    sequencer = Sequencer(ledger)
    sequencer.step()
    cut = "DELETE FROM log.probity_events WHERE notification_id > 7"
    tamper(writer, "log.probity_events", cut, "UPDATE log.head SET size = 7")

    with pytest.raises(Behind, match="7 entries here, and a checkpoint over 9"):
        sequencer.step()

    assert sequencer.pending() == -2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger.tile SET data = sha256(data) || substr(data, 33)",
        "UPDATE ledger.tile SET data = substr(data, 33), width = width - 1",
        "DELETE FROM ledger.tile",
        "UPDATE ledger.checkpoint SET root = sha256(root)",
    ],
)
def test_tiles_that_are_not_those_of_the_last_checkpoint_are_not_built_upon(
    writer: Connection, ledger: Connection, history: History, change: str
) -> None:
    more(history, writer, 9)
    sequencer = Sequencer(ledger)
    sequencer.step()
    more(history, writer, 1)
    for table in ("ledger.tile", "ledger.checkpoint"):
        tamper(writer, table)
    writer.execute(change.encode())

    with pytest.raises(Inconsistent, match="not what was signed"):
        sequencer.step()

    assert len(checkpoints(writer)) == 1


def test_the_first_leaf_of_a_later_tree_is_the_first_event_under_its_name(
    writer: Connection, ledger: Connection, history: History
) -> None:
    more(history, writer, 5)
    sequencer = Sequencer(ledger)
    sequencer.step()
    writer.execute("UPDATE log.head SET origin = 'example.org/e2', first = size + 1")
    more(history, writer, 3)

    assert (sequencer.pending(), sequencer.step()) == (3, 3)

    assert [(one.origin, one.size) for one in checkpoints(writer)] == [
        ("example.org/e2", 3)
    ]
    assert_of_one_tree(checkpoints(writer), leaves(writer))
