"""The leaf of each event: computed twice, the same each time, or nothing is stored."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.casework import Casework
from domain.errors import LedgerDiffers
from domain.leaf import entry_text, leaf_of
from domain.personnel import RegisterPerson
from domain.receipt import Entry, Key, Receipt, Request
from domain.record import Actor
from projections.log import PostgresLog, open_log
from projections.postgres.address import Address, connect_as
from projections.vault.keyring import open_vault

NOW = datetime(2016, 12, 20, 9, tzinfo=UTC)
HR = Actor(id="H1", role="hr")
COLUMNS = (
    "SELECT originator_id, originator_version, topic, notification_id, recorded_at,"
    " state, leaf FROM log.probity_events ORDER BY notification_id"
)


@pytest.fixture
def log(database: Address) -> Iterator[PostgresLog]:
    log = open_log(connect_as(database.url, "probity_web", name="test"))
    yield log
    log.pool.close()


@pytest.fixture
def casework(log: PostgresLog) -> Casework:
    return Casework(log, open_vault(log))


def register(
    casework: Casework, number: str, request: Request | None = None
) -> Receipt:
    command = RegisterPerson(number=number, name="Wang")
    return casework.handle(command, by=HR, at=NOW, request=request)


def test_each_event_is_stored_with_its_leaf(
    casework: Casework, log: PostgresLog
) -> None:
    receipts = [register(casework, f"P{n}") for n in range(3)]

    with log.connection() as connection:
        rows = connection.execute(COLUMNS).fetchall()
    stored = [leaf for *_, leaf in rows]
    assert stored == [leaf_of(entry_text(log.origin, *event)) for *event, _ in rows]
    assert stored == [leaf_of(receipt.entry) for receipt in receipts]


def test_a_retry_gets_the_entry_that_the_first_answer_had(casework: Casework) -> None:
    asked = Request(key=Key(actor="H1", key="k"), digest=b"body")
    register(casework, "P0")

    first, again = (register(casework, "P1", asked) for _ in range(2))

    assert first == again
    assert again.entry.splitlines()[4] == "2"


def test_an_append_of_many_has_the_entry_of_its_own_event(casework: Casework) -> None:
    commands = [RegisterPerson(number=f"P{n}", name="Wang") for n in range(5)]

    receipts = casework.handle_all(commands, by=HR, at=NOW)

    places = [r.entry.splitlines()[4] for r in receipts if isinstance(r, Receipt)]
    assert places == ["1", "2", "3", "4", "5"]


class Misdrafted(Entry):
    """What the application computed is not what it sent."""

    def draft(self, origin: str) -> str:
        return super().draft(origin).replace("test.event", "test.other")


def test_what_the_database_would_store_otherwise_is_not_stored(
    log: PostgresLog,
) -> None:
    wrong = Misdrafted(uuid4(), 1, "test.event", b"{}", UUID(int=1), NOW)

    with pytest.raises(LedgerDiffers, match="not what was drafted"):
        log.append([wrong])

    assert log.max_notification_id() is None


def test_what_was_drafted_for_a_closed_epoch_is_decided_again(
    casework: Casework, database: Address
) -> None:
    register(casework, "P1")
    with psycopg.connect(database.admin_url) as admin:
        admin.execute("UPDATE log.head SET origin = 'register.example/e2', first = 2")

    receipt = register(casework, "P2")

    assert receipt.entry.startswith("register.example/e2/event@v1\n")
    assert receipt.position == 2
