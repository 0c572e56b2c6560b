"""A log made of records, to look back at; and a replay of all of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from domain.record import Fact, Recorded
from domain.replaying.past import Past
from domain.replaying.replay import Outcome, Replay
from tests.spec import Scenario

BATCH = 50


class Records:
    """The record at index n stands at position n + 1."""

    def __init__(self, records: Sequence[Recorded[Any]]) -> None:
        self.records = list(enumerate(records, start=1))
        self.by_stream: dict[UUID, list[tuple[int, Recorded[Any]]]] = defaultdict(list)
        for position, record in self.records:
            self.by_stream[record.originator_id].append((position, record))

    def streams(
        self, streams: Collection[UUID], before: int
    ) -> Iterator[Recorded[Any]]:
        for stream in streams:
            for position, record in self.by_stream[stream]:
                if position < before:
                    yield record

    def kinds(
        self, facts: Collection[type[Fact]], after: int, upto: int
    ) -> Iterator[tuple[int, Recorded[Any]]]:
        wanted = tuple(facts)
        for position, record in self.records[after:upto]:
            if isinstance(record.fact, wanted):
                yield position, record


def sealed(scenario: Scenario) -> list[Recorded[Any]]:
    """Return everything that was recorded, as it is stored."""
    app = scenario.app
    notifications = app.recorder.select_notifications(None, 10**9)
    return [app.mapper.to_domain_event(each) for each in notifications]  # type: ignore[misc]  # they are records


def replayed(records: Sequence[Recorded[Any]], room: int = 10**6) -> Outcome:
    """Replay these records from the first on, in batches."""
    log = Records(records)
    replay = Replay(Past(log, room=room))
    for start in range(0, len(log.records), BATCH):
        replay.take(log.records[start : start + BATCH])
    return replay.outcome
