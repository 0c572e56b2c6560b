"""Of several sequencers one works, and whatever goes wrong none gives up."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
from structlog.testing import capture_logs

from projections.ledger.leading import CADENCE, ENOUGH, Leader, due
from projections.ledger.signing import Signing
from projections.ledger.store import latest_signed, origin
from projections.postgres.address import Address
from tests.history import History
from tests.ledger.sequencing.trees import (
    Connection,
    assert_of_one_tree,
    checkpoints,
    leaves,
    more,
    signed,
    tamper,
)
from tests.postgres import as_role
from tests.processes import wait_for

LEADERS = """
SELECT l.pid FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
 WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted
"""


class Sequencing:
    """Sequencers beside the test, each a thread with connections of its own."""

    def __init__(self, database: Address, signing: Signing) -> None:
        self.database = database
        self.connected = 0
        self.stopping = threading.Event()
        self.leader = Leader(self.connect, signing, self.stopping)

    def connect(self) -> Connection:
        self.connected += 1
        return as_role(self.database, "probity_ledger")

    @contextmanager
    def running(self, count: int) -> Iterator[None]:
        threads = [threading.Thread(target=self.leader.run) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join()


def signed_size(reader: Connection) -> int:
    found = latest_signed(reader, origin(reader).origin)
    return found.size if found else 0


def leaders(reader: Connection) -> list[int]:
    return [pid for (pid,) in reader.execute(LEADERS).fetchall()]


def another_leads(reader: Connection, before: list[int]) -> bool:
    return leaders(reader) not in ([], before)


def test_of_two_one_leads_and_the_other_goes_on_when_that_is_cut_off(
    database: Address, writer: Connection, history: History, signing: Signing
) -> None:
    with Sequencing(database, signing).running(2):
        wait_for(lambda: leaders(writer))
        for _ in range(3):
            more(history, writer, ENOUGH)
            wait_for(lambda: signed_size(writer) == history.position)
            before = leaders(writer)
            assert len(before) == 1
            writer.execute("SELECT pg_terminate_backend(%s)", before)
            wait_for(partial(another_leads, writer, before))

    assert_of_one_tree([*checkpoints(writer), *signed(writer)], leaves(writer))
    assert leaders(writer) == []


def test_what_was_committed_by_whoever_led_before_is_signed_first(
    database: Address, writer: Connection, history: History, signing: Signing
) -> None:
    more(history, writer, 3)
    with Sequencing(database, signing).running(1):
        wait_for(lambda: signed_size(writer) == 3)
    tamper(writer, "ledger.signed", "DELETE FROM ledger.signed")

    with Sequencing(database, signing).running(1):
        wait_for(lambda: signed_size(writer) == 3)


def test_few_events_wait_for_a_second_and_many_do_not() -> None:
    assert not due(0, 3600)
    assert not due(1, CADENCE * 0.9)
    assert due(1, CADENCE)
    assert due(ENOUGH, 0)
    assert not due(ENOUGH - 1, 0)
    assert due(-1, 0)


def test_what_cannot_be_signed_is_said_loudly_and_looked_at_again(
    database: Address, writer: Connection, history: History, signing: Signing
) -> None:
    more(history, writer, 9)
    edit = "UPDATE log.probity_events SET topic = 'x' WHERE notification_id = 7"
    tamper(writer, "log.probity_events", edit)
    with capture_logs() as said, Sequencing(database, signing).running(1):
        wait_for(lambda: any(line["log_level"] == "critical" for line in said))

    assert "the event at position 7 is not what its leaf says" in said[-1]["error"]
    assert checkpoints(writer) == []


def test_a_server_that_is_away_is_tried_again(
    database: Address, writer: Connection, history: History, signing: Signing
) -> None:
    sequencing = Sequencing(database, signing)
    refusals = iter(range(2))

    def connect() -> Connection:
        if next(refusals, None) is not None:
            raise psycopg.OperationalError("away")
        return sequencing.connect()

    sequencing.leader.connect = connect
    more(history, writer, 2)
    with capture_logs() as said, sequencing.running(1):
        wait_for(lambda: signed_size(writer) == 2)

    assert [line["event"] for line in said][:2] == ["sequencer interrupted"] * 2
