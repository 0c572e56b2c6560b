"""What is held of one person: with a reason, notice, and a day to look again (I8)."""

from datetime import date
from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.proceedings import Said
from domain.record import Citation, Fact, Text, Value, stream_of
from domain.regime.discipline import Purpose

HoldKind = Literal["promotion", "document", "exit", "retirement", "reward"]


class HoldPlaced(Said):
    """`hold` is "PERSON:1"; `target` names the one document or action, else all.

    `release` is the condition under which it is lifted.
    """

    TOPIC: ClassVar = "hold.placed"
    hold: str
    person: str
    type: HoldKind
    basis: str
    blocks: tuple[Purpose, ...]
    from_on: date
    review_on: date
    release: Text
    text: Text
    cited: Citation
    target: str | None = None


class HoldNotified(Fact):
    TOPIC: ClassVar = "hold.notified"
    hold: str
    on: date


class HoldReviewed(Said):
    TOPIC: ClassVar = "hold.reviewed"
    hold: str
    on: date
    review_on: date
    text: Text


class HoldLifted(Said):
    TOPIC: ClassVar = "hold.lifted"
    hold: str
    on: date
    text: Text


class HoldOverrideProposed(Said):
    """One person asks that an action go ahead all the same; a second must agree."""

    TOPIC: ClassVar = "hold.override-proposed"
    hold: str
    override: str
    target: str
    text: Text


class HoldOverridden(Said):
    """The action may go ahead once; the hold itself stays."""

    TOPIC: ClassVar = "hold.overridden"
    hold: str
    override: str
    target: str
    proposed_by: str


class ActionCleared(Fact):
    """Nothing holds it: the document may be issued, the action go ahead."""

    TOPIC: ClassVar = "hold.action-cleared"
    person: str
    type: HoldKind
    target: str
    on: date
    override: str | None = None


class Hold(Value):
    placed: HoldPlaced
    review_on: date
    notified: bool = False
    lifted_on: date | None = None


class Holds(Value):
    person: str = ""
    holds: tuple[Hold, ...] = ()
    proposed: tuple[HoldOverrideProposed, ...] = ()
    overridden: tuple[HoldOverridden, ...] = ()
    cleared: tuple[ActionCleared, ...] = ()

    @property
    def subject(self) -> str | None:
        return self.person or None

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case HoldPlaced():
                hold = Hold(placed=fact, review_on=fact.review_on)
                return replace(self, person=fact.person, holds=(*self.holds, hold))
            case HoldNotified():
                return self.changed(fact.hold, notified=True)
            case HoldReviewed():
                return self.changed(fact.hold, review_on=fact.review_on)
            case HoldLifted():
                return self.changed(fact.hold, lifted_on=fact.on)
            case HoldOverrideProposed():
                return replace(self, proposed=(*self.proposed, fact))
            case HoldOverridden():
                return replace(self, overridden=(*self.overridden, fact))
            case ActionCleared():
                cleared = (*self.cleared, fact)
                return replace(self, person=fact.person, cleared=cleared)
        return self

    def changed(self, name: str, **changes: object) -> Self:
        holds = tuple(
            replace(hold, **changes) if hold.placed.hold == name else hold
            for hold in self.holds
        )
        return replace(self, holds=holds)


def holds_stream(person: str) -> UUID:
    return stream_of("holds", person)
