"""The times of a witness's cosignatures go forward, as what they state does."""

from pathlib import Path

import pytest

from projections.ledger.seen import Seen
from projections.ledger.standard.cosignature import (
    ed25519_cosigner,
    ml_dsa_cosigner,
    timestamp_of,
)
from projections.ledger.standard.note import parse_vkey
from tests.web.witness.watched import Head, WatchedLog
from web.witness.observer import Observer
from web.witness.submission import parse_submission

LOG = WatchedLog("example.org/log")
SEED = bytes(32)
NOON = 1_800_000_000


@pytest.mark.parametrize(
    ("then", "stated"),
    [
        (NOON, NOON),
        (NOON + 0.9, NOON),
        (NOON + 60, NOON + 60),
        (NOON - 1, NOON),
        (NOON - 3600, NOON),
        # A clock that far ahead was wrong, and is not for ever to be.
        (NOON - 3601, NOON - 3601),
    ],
)
def test_a_clock_that_is_set_back_a_little_does_not_turn_back_time(
    tmp_path: Path, then: float, stated: int
) -> None:
    cosigners = [ed25519_cosigner("w", SEED), ml_dsa_cosigner("w", SEED)]
    logs = [parse_vkey(vkey) for vkey in LOG.vkeys]
    times = iter([NOON, then])
    observer = Observer(
        cosigners, logs, Seen(tmp_path / "seen"), clock=lambda: next(times)
    )

    first = observer.add(parse_submission(LOG.body(0, Head(3))))
    second = observer.add(parse_submission(LOG.body(3, Head(4))))

    assert {timestamp_of(one) for one in first} == {NOON}
    assert {timestamp_of(one) for one in second} == {stated}
