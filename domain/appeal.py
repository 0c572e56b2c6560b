"""An appeal: facts and state."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.proceedings import Said
from domain.record import Citation, Fact, Text, Value, stream_of

Outcome = Literal["upheld", "varied", "quashed", "remitted"]


class AppealLodged(Said):
    """Somebody asks that a sanction, or another decision of a case, be looked at again.

    Attributes:
        stage: which way, by the rulebook's name: a review, an appeal, a second appeal.
        before: the appeal after which it comes.
        due_on: the last day on which it could be lodged.
        decide_by: by when it is decided.
    """

    TOPIC: ClassVar = "appeal.lodged"
    appeal: str
    person: str
    case: str
    stage: str
    to: Literal["same", "next_higher", "independent"]
    lodged_on: date
    due_on: date
    decide_by: date
    text: Text
    cited: Citation
    sanction: str | None = None
    before: str | None = None


class LatenessExcused(Said):
    """It came late, through no fault of theirs; `obstacle_until` is when that ended."""

    TOPIC: ClassVar = "appeal.lateness-excused"
    obstacle_until: date
    text: Text


class AppealRejectedOutOfTime(Said):
    TOPIC: ClassVar = "appeal.rejected-out-of-time"
    text: Text


class PanelConstituted(Fact):
    TOPIC: ClassVar = "appeal.panel-constituted"
    members: tuple[str, ...]
    authority: str


class StayDecided(Said):
    TOPIC: ClassVar = "appeal.stay-decided"
    stayed: bool
    text: Text


class AppealHeard(Said):
    TOPIC: ClassVar = "appeal.heard"
    held_on: date
    text: Text


class TimeToDecideExtended(Said):
    TOPIC: ClassVar = "appeal.time-extended"
    decide_by: date
    text: Text


class AppealDecided(Said):
    TOPIC: ClassVar = "appeal.decided"
    outcome: Outcome
    decided_on: date
    grounds: tuple[str, ...]
    text: Text
    cited: Citation
    served_on: date | None = None
    appeal_by: Mapping[str, date] = {}


class DecisionImplemented(Said):
    TOPIC: ClassVar = "appeal.implemented"
    on: date
    text: Text


class Appeal(Value):
    lodged: AppealLodged | None = None
    members: tuple[str, ...] = ()
    stayed: bool = False
    decide_by: date | None = None
    decided: AppealDecided | None = None
    rejected: bool = False
    implemented: bool = False

    @property
    def subject(self) -> str | None:
        return self.lodged.person if self.lodged else None

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case AppealLodged():
                return replace(self, lodged=fact, decide_by=fact.decide_by)
            case PanelConstituted():
                return replace(self, members=fact.members)
            case StayDecided():
                return replace(self, stayed=fact.stayed)
            case TimeToDecideExtended():
                return replace(self, decide_by=fact.decide_by)
            case AppealDecided():
                return replace(self, decided=fact)
            case AppealRejectedOutOfTime():
                return replace(self, rejected=True)
            case DecisionImplemented():
                return replace(self, implemented=True)
        return self


def appeal_stream(appeal: str) -> UUID:
    return stream_of("appeal", appeal)
