"""The kinds of things that have a history: their states, and who may read of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from domain.appeal import Appeal, appeal_stream
from domain.approval import Approval, approval_stream
from domain.campaign import Campaign
from domain.case.case import Case, case_stream
from domain.disclosure import Disclosure, disclosure_stream
from domain.hold import Holds, holds_stream
from domain.obligation import Obligation
from domain.person import CoveredPerson, person_stream
from domain.proceedings import Proceedings, proceedings_stream
from domain.promotion.board import Candidacy, candidacy_stream
from domain.recommendation import Recommendation, recommendation_stream
from domain.record import Fact, Recorded, State, Value, stream_of
from domain.rulebook import Regime, regime_stream
from domain.sanction.sanctions import Sanctions, stream_of_sanction
from domain.unit import Unit, unit_stream
from domain.verification.verification import Verification, verification_stream

# An event, and its position in the log.
Placed = tuple[int, Recorded[Any]]


class Unheeded(Value):
    """The state of what nothing is known to have a state of."""

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, _: Fact) -> Self:
        return self


@dataclass(frozen=True)
class Kind:
    """One kind: what nothing has happened to yet, its stream, and the right it takes.

    What people are not shown of is "unit.read", which everybody has.
    """

    blank: State
    stream: Callable[[str], UUID]
    right: str = "unit.read"


def track(key: str) -> UUID:
    """Return the stream of somebody's sanctions on one track, by "PERSON:TRACK"."""
    return stream_of_sanction(f"{key}:")


KINDS: Mapping[str, Kind] = {
    "person": Kind(CoveredPerson(), person_stream, "person.read"),
    "disclosure": Kind(Disclosure(), disclosure_stream, "disclosure.read"),
    "obligation": Kind(Obligation(), UUID, "obligation.read"),
    "approval": Kind(Approval(), approval_stream, "approval.read"),
    "proceedings": Kind(Proceedings(), proceedings_stream, "history.read"),
    "verification": Kind(Verification(), verification_stream, "verification.read"),
    "case": Kind(Case(), case_stream, "case.read"),
    "track": Kind(Sanctions(), track, "sanction.read"),
    "appeal": Kind(Appeal(), appeal_stream, "appeal.read"),
    "holds": Kind(Holds(), holds_stream, "hold.read"),
    "candidacy": Kind(Candidacy(), candidacy_stream, "certificate.read"),
    "recommendation": Kind(
        Recommendation(), recommendation_stream, "recommendation.read"
    ),
    "unit": Kind(Unit(), unit_stream),
    "rulebook": Kind(Regime(), regime_stream),
    "campaign": Kind(Campaign(), lambda key: stream_of("campaign", key)),
    "stream": Kind(Unheeded(), UUID),
}
# What the topics of some kinds begin with, where it is not the kind itself.
BEGIN = {"sanction": "track", "hold": "holds"}


def everything(_: Fact) -> bool:
    """Show every fact of a thread."""
    return True


@dataclass(frozen=True)
class Thread:
    """One stream: what it is the history of, and what happened, oldest first.

    `shows` says of which facts of it the history tells; the rest counts nevertheless.
    `differs`: it tells as well what they changed.
    """

    kind: str
    key: str
    events: Sequence[Placed] = field(repr=False)
    shows: Callable[[Fact], bool] = everything
    differs: bool = True

    def state(self) -> Any:
        """Return the thing as all its facts have left it."""
        state = KINDS[self.kind].blank
        for _, record in self.events:
            state = state.evolve(record.fact)
        return state
