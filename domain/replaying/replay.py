"""Every computed fact of the log, compared with what comes out if computed again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domain.errors import Invalid, Refused, Unknown
from domain.person import person_stream
from domain.record import Fact, Recorded, Value
from domain.replaying import (
    appeals,
    boards,
    cases,
    duties,
    figures,
    filings,
    holds,
    law,
    records,
    sanctions,
    verifications,
)
from domain.replaying.moment import Check, Hidden, Moment, Part, Recompute
from domain.replaying.past import Past

# Each kind of fact that is computed, with what computes it again.
RECOMPUTE: Mapping[type[Fact], Recompute] = {
    **duties.RECOMPUTE,
    **filings.RECOMPUTE,
    **law.RECOMPUTE,
    **records.RECOMPUTE,
    **verifications.RECOMPUTE,
    **cases.RECOMPUTE,
    **sanctions.RECOMPUTE,
    **appeals.RECOMPUTE,
    **holds.RECOMPUTE,
    **boards.RECOMPUTE,
    **figures.RECOMPUTE,
}
# What computing anew can raise where the log does not hold what it rests on.
FAILURES = (Refused, Invalid, Unknown, LookupError, ValueError, TypeError)
REFUSED = "decision"


class Difference(Value):
    """A field that is stored otherwise than it comes out under its rule."""

    position: int
    event_id: UUID
    stream: UUID
    topic: str
    field: str
    stored: Any
    recomputed: Any
    rule: str


class NotReplayable(Value):
    """How many fields of a kind of fact cannot be computed again, and why."""

    topic: str
    field: str
    reason: str
    count: int


class Outcome(msgspec.Struct, kw_only=True):
    """What a replay has found up to a position.

    Attributes:
        position: the last event that was looked at.
        replayed: the computed facts that were computed again.
        identical, different: how many of them came out as stored, and how many did not.
        differences: each field that did not, with both values.
        hidden: how many fields cannot be computed again, by topic, field and reason.
    """

    position: int = 0
    replayed: int = 0
    identical: int = 0
    different: int = 0
    differences: list[Difference] = []
    hidden: dict[str, int] = {}

    def hide(self, topic: str, part: Hidden) -> None:
        key = f"{topic}\n{part.field}\n{part.reason}"
        self.hidden[key] = self.hidden.get(key, 0) + 1

    @property
    def not_replayable(self) -> list[NotReplayable]:
        return [
            NotReplayable(topic=topic, field=field, reason=reason, count=count)
            for key, count in sorted(self.hidden.items())
            for topic, field, reason in (key.split("\n"),)
        ]


class Replay:
    """Goes through the log in its order, and computes again what was computed."""

    def __init__(
        self,
        past: Past,
        outcome: Outcome | None = None,
        recompute: Mapping[type[Fact], Recompute] = RECOMPUTE,
    ) -> None:
        self.past = past
        self.outcome = outcome or Outcome(position=past.before - 1)
        self.recompute = recompute

    def take(self, events: Sequence[tuple[int, Recorded[Any]]]) -> None:
        """Go on with the next events: none may be left out."""
        self.past.fetch(self.needed(events))
        for position, record in events:
            self.judge(position, record)
            self.past.add(position, record)
            self.outcome.position = position

    def needed(self, events: Iterable[tuple[int, Recorded[Any]]]) -> Iterable[UUID]:
        """Return the streams that the events will ask for, as far as it is foreseen."""
        begun: set[UUID] = set()
        wanted: dict[UUID, None] = {}
        for _, record in events:
            if record.originator_version == 1:
                begun.add(record.originator_id)
            if type(record.fact) in self.recompute:
                streams = [record.originator_id]
                streams += [person_stream(record.subject)] if record.subject else []
                wanted |= dict.fromkeys(s for s in streams if s not in begun)
        return wanted

    def judge(self, position: int, record: Recorded[Any]) -> list[Check]:
        """Compute one fact again, if it was computed; note and return what differs."""
        recompute = self.recompute.get(type(record.fact))
        if recompute is None:
            return []
        checks = []
        for part in parts(recompute, Moment(record, self.past)):
            if isinstance(part, Hidden):
                self.outcome.hide(record.fact.TOPIC, part)
            else:
                checks.append(part)
        wrong = [part for part in checks if part.stored != part.recomputed]
        self.outcome.differences += [differing(position, record, c) for c in wrong]
        self.outcome.replayed += bool(checks)
        self.outcome.different += bool(wrong)
        self.outcome.identical += bool(checks) and not wrong
        return wrong


def parts(recompute: Recompute, moment: Moment) -> list[Part]:
    """Return what comes out; where it cannot have been decided so, that."""
    found: list[Part] = []
    try:
        for part in recompute(moment):
            found.append(part)  # noqa: PERF402  what came before an error counts
    except FAILURES as error:
        found.append(Check(REFUSED, "recorded", f"refused: {error}"))
    return found


def differing(position: int, record: Recorded[Any], check: Check) -> Difference:
    return Difference(
        position=position,
        event_id=record.event_id,
        stream=record.originator_id,
        topic=record.fact.TOPIC,
        field=check.field,
        stored=plain(check.stored),
        recomputed=plain(check.recomputed),
        rule=check.rule,
    )


def plain(value: Any) -> Any:
    """Return a value as it reads in JSON."""
    return msgspec.json.decode(msgspec.json.encode(value))
