"""Whatever was decided comes out the same again: under the law of its day."""

import os
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import pytest

from domain.record import Recorded
from domain.replaying.past import Past
from domain.replaying.replay import RECOMPUTE, Outcome, Replay
from tests.domain.cast import V1, V2, police
from tests.domain.papers import files, wedding
from tests.domain.replaying.logs import BATCH, Records, replayed, sealed
from tests.domain.replaying.stories import Life, much_computed

SOAK = os.environ.get("PROBITY_SOAK") == "1"
SEEDS, STEPS = (500, 300) if SOAK else (6, 80)


def test_s2_14_an_auditor_replays_every_decision_there_is() -> None:
    records = sealed(much_computed())
    kinds = Counter(type(record.fact) for record in records)

    found = replayed(records)

    assert found.differences == []
    assert found.identical == found.replayed > 20
    assert len(kinds.keys() & RECOMPUTE.keys()) > 15
    assert found.position == len(records)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_i12_of_whatever_life_brings_nothing_comes_out_otherwise(seed: int) -> None:
    records = sealed(Life(seed).live(STEPS))

    whole = replayed(records)
    forgetful = replayed(records, room=20)

    assert whole.differences == []
    assert whole.replayed > STEPS // 2
    assert forgetful == whole


def test_it_may_begin_anywhere_and_comes_to_the_same() -> None:
    log = Records(sealed(much_computed()))
    whole = replayed([record for _, record in log.records])
    half = len(log.records) // 2
    first, second = Outcome(), Outcome(position=half)

    Replay(Past(log), first).take(log.records[:half])
    Replay(Past(log, before=half + 1), second).take(log.records[half:])

    assert first.replayed + second.replayed == whole.replayed
    assert first.hidden.keys() | second.hidden.keys() == whole.hidden.keys()
    assert first.differences == second.differences == []


def test_i14_a_duty_stays_under_the_version_of_its_day() -> None:
    early = police(V1, V2).on("2017-06-20").declarant("shen")
    early.given(files("wedding", wedding(event_date="2017-06-30")))
    late = early.on("2017-07-20")
    late.given(files("wedding", wedding(event_date="2017-07-30"), disclosure="D-2"))
    cited = [
        record.fact.cited.version
        for record in sealed(late)
        if record.fact.TOPIC == "obligation.raised"
    ]

    assert cited == [1, 2]
    assert replayed(sealed(late)).differences == []


def test_what_rests_on_sealed_answers_is_counted_apart_and_said_why() -> None:
    found = replayed(sealed(much_computed())).not_replayable

    assert ("obligation.raised", "anchors") in [(n.topic, n.field) for n in found]
    assert ("approval.deviation-reported", "fields") in [
        (n.topic, n.field) for n in found
    ]
    assert all(n.count >= 1 and "sealed" in n.reason for n in found)


def test_a_page_of_the_log_asks_at_once_for_what_it_will_need() -> None:
    class Counting(Records):
        asked = 0

        def streams(
            self, streams: Collection[UUID], before: int
        ) -> Iterator[Recorded[Any]]:
            self.asked += 1
            return super().streams(streams, before)

    records = sealed(Life(1).live(60))
    log = Counting(records)
    replay = Replay(Past(log, before=BATCH + 1))

    replay.take(log.records[BATCH : 2 * BATCH])

    assert log.asked < BATCH
