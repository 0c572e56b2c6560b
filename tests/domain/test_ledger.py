"""The ledger's epochs on record: each once, and with a reason."""

from datetime import UTC, datetime

import pytest

from domain.errors import Invalid, WrongStage
from domain.ledger import (
    Ledger,
    LedgerEntryLost,
    LedgerEpochOpened,
    OpenLedgerEpoch,
    ledger_stream,
)
from domain.record import Actor
from tests.memory import in_memory

BY, NOON = Actor(id="cli:anna", role="admin"), datetime(2026, 11, 22, 12, tzinfo=UTC)
OPENED = LedgerEpochOpened(
    number=2,
    origin="example.org/log/e2",
    closed="example.org/log/e1",
    checkpoint="the last",
    closing="the statement",
    retained=40,
    lost=2,
    stranded=7,
)
LOST = tuple(
    LedgerEntryLost(origin="example.org/log/e1", index=index, leaf=f"{index:064x}")
    for index in (40, 41)
)


def test_an_epoch_is_on_record_with_every_entry_that_was_lost() -> None:
    door = in_memory()

    door.handle(
        OpenLedgerEpoch(opened=OPENED, lost=LOST, reason="a disk"), by=BY, at=NOON
    )

    history = door.history(ledger_stream())
    assert [record.fact for record in history] == [OPENED, *LOST]
    assert {record.reason for record in history} == {"a disk"}
    assert door.look(Ledger(), ledger_stream()).number == 2
    assert Ledger().subject is None


def test_an_epoch_is_not_opened_twice() -> None:
    door = in_memory()
    command = OpenLedgerEpoch(opened=OPENED, reason="a disk")
    door.handle(command, by=BY, at=NOON)

    with pytest.raises(WrongStage, match="there has been an epoch 2 already"):
        door.handle(command, by=BY, at=NOON)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_an_epoch_is_not_opened_without_a_reason(reason: str | None) -> None:
    with pytest.raises(Invalid, match="say why"):
        in_memory().handle(
            OpenLedgerEpoch(opened=OPENED, reason=reason), by=BY, at=NOON
        )
