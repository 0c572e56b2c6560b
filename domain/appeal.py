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
        decision: which decision of the case; a case that was reopened has several.
        representative: who lodged it in the person's stead.
        obstacle_until, excuse: of one that came late, what hindered it and how long.
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
    decision: int = 1
    representative: Text | None = None
    obstacle_until: date | None = None
    excuse: Text | None = None


class LatenessExcused(Said):
    """It came late, through no fault of theirs; `obstacle_until` is when that ended."""

    TOPIC: ClassVar = "appeal.lateness-excused"
    obstacle_until: date
    text: Text


class AppealRejectedOutOfTime(Said):
    TOPIC: ClassVar = "appeal.rejected-out-of-time"
    text: Text


class PanelConstituted(Said):
    """Who decides it; by the `mark` the authority is known again, sealed as it is."""

    TOPIC: ClassVar = "appeal.panel-constituted"
    members: tuple[str, ...]
    authority: Text
    mark: str = ""


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
    """It is decided; served at once where the person was there (`served_on`).

    `undone` are the measures that fall with it, and where no sanction was imposed the
    findings too: what becomes of a sanction stands in the sanction's own record.
    """

    TOPIC: ClassVar = "appeal.decided"
    outcome: Outcome
    decided_on: date
    grounds: tuple[str, ...]
    text: Text
    cited: Citation
    served_on: date | None = None
    appeal_by: Mapping[str, date] = {}
    undone: tuple[str, ...] = ()


class AppealDecisionServed(Said):
    """The person was told; `appeal_by` is the last day for each stage that is next."""

    TOPIC: ClassVar = "appeal.decision-served"
    served_on: date
    how: Text
    appeal_by: Mapping[str, date]


class AppealEscalated(Fact):
    """It was not decided by then, which the oversight body now knows (S2-13)."""

    TOPIC: ClassVar = "appeal.escalated"
    decide_by: date
    on: date


class DecisionImplemented(Said):
    """`reparations` are what was made good, by the rulebook's names for it."""

    TOPIC: ClassVar = "appeal.implemented"
    on: date
    text: Text
    reparations: tuple[str, ...] = ()


class Appeal(Value):
    """One appeal, from its lodging to the day its decision has been carried out."""

    lodged: AppealLodged | None = None
    members: tuple[str, ...] = ()
    authority: Text = ""
    mark: str = ""
    excused: bool = False
    rejected: bool = False
    stayed: bool = False
    heard: tuple[AppealHeard, ...] = ()
    decide_by: date | None = None
    decided: AppealDecided | None = None
    served_on: date | None = None
    appeal_by: Mapping[str, date] = {}
    escalated: date | None = None  # the day by which it should have been decided
    implemented: DecisionImplemented | None = None

    @property
    def subject(self) -> str | None:
        return self.lodged.person if self.lodged else None

    @property
    def late(self) -> bool:
        """Return whether it came after its last day, excused or not."""
        return bool(self.lodged and self.lodged.lodged_on > self.lodged.due_on)

    @property
    def pending(self) -> bool:
        """Return whether it waits to be decided, or to be rejected."""
        return bool(self.lodged) and not (self.decided or self.rejected)

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case AppealLodged():
                return replace(self, lodged=fact, decide_by=fact.decide_by)
            case PanelConstituted(members=members, authority=authority, mark=mark):
                sits_for = {"authority": authority, "mark": mark}
                return replace(self, members=members, **sits_for)
            case LatenessExcused():
                return replace(self, excused=True)
            case AppealRejectedOutOfTime():
                return replace(self, rejected=True, stayed=False)
            case StayDecided():
                return replace(self, stayed=fact.stayed)
            case AppealHeard():
                return replace(self, heard=(*self.heard, fact))
            case TimeToDecideExtended():
                return replace(self, decide_by=fact.decide_by)
            case AppealDecided(served_on=served_on, appeal_by=appeal_by):
                told = {"served_on": served_on, "appeal_by": appeal_by}
                return replace(self, decided=fact, stayed=False, **told)
            case AppealDecisionServed(served_on=day, appeal_by=by):
                return replace(self, served_on=day, appeal_by=by)
            case AppealEscalated():
                return replace(self, escalated=fact.decide_by)
            case DecisionImplemented():
                return replace(self, implemented=fact)
        return self


def appeal_stream(appeal: str) -> UUID:
    return stream_of("appeal", appeal)
