"""What a replay came to, as the API and the command say it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.replaying.replay import Outcome
from web.answers.answer import Answer, taken


class ReplayDifference(Answer):
    """A field that is stored otherwise than it comes out under its rule."""

    position: int
    event_id: UUID
    stream: UUID
    topic: str
    field: str
    stored: Any
    recomputed: Any
    rule: str


class NotReplayed(Answer):
    """How many fields of a kind of fact cannot be computed again, and why."""

    topic: str
    field: str
    reason: str
    count: int


class Replayed(Answer):
    """What was computed again behind position `since`, up to `upto`.

    A decision is identical if all of its fields that can be computed again come out as
    stored; those that cannot, since they rest on what is sealed, are counted apart in
    `not_replayable`. `resumed_from` is where a run that was stopped before went on.
    """

    since: int
    upto: int
    replayed: int
    identical: int
    different: int
    differences: Sequence[ReplayDifference]
    not_replayable: Sequence[NotReplayed]
    resumed_from: int | None


def replayed(
    outcome: Outcome, *, since: int = 0, resumed_from: int | None = None
) -> Replayed:
    """Show what a replay came to."""
    return Replayed(
        since=since,
        upto=outcome.position,
        replayed=outcome.replayed,
        identical=outcome.identical,
        different=outcome.different,
        differences=[taken(ReplayDifference, d) for d in outcome.differences],
        not_replayable=[taken(NotReplayed, part) for part in outcome.not_replayable],
        resumed_from=resumed_from,
    )
