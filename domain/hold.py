"""What is held of one person: with a reason, notice, and a day to look again (I8)."""

from datetime import date
from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Unknown
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
    proposed_by: str = ""


class HoldOverridden(Said):
    """The action may go ahead once; the hold itself stays."""

    TOPIC: ClassVar = "hold.overridden"
    hold: str
    override: str
    target: str
    proposed_by: str
    text: Text | None = None


class ActionCleared(Fact):
    """Nothing holds it: the document may be issued, the action go ahead.

    `override` is by which it goes ahead all the same, the last where there are several;
    all that were agreed on for it are used up by that.
    """

    TOPIC: ClassVar = "hold.action-cleared"
    person: str
    type: HoldKind
    target: str
    on: date
    override: str | None = None


class Hold(Value):
    """One hold; it stands until it is lifted, also beyond the day of its review."""

    placed: HoldPlaced
    review_on: date
    notified_on: date | None = None
    lifted_on: date | None = None

    @property
    def name(self) -> str:
        return self.placed.hold

    @property
    def told(self) -> bool:
        """Return whether the person was told of it: before, they know of none."""
        return self.notified_on is not None

    def holds(self, type_: HoldKind, target: str) -> bool:
        """Return whether it stands in the way of this action."""
        if self.lifted_on or self.placed.target not in (None, target):
            return False
        return type_ == self.placed.type or type_ in self.placed.blocks


class Holds(Value):
    """All holds on one person.

    `proposed` are the overrides that wait for a second person, `overridden` those that
    were agreed to and not used up yet.
    """

    person: str = ""
    holds: tuple[Hold, ...] = ()
    proposed: tuple[HoldOverrideProposed, ...] = ()
    overridden: tuple[HoldOverridden, ...] = ()
    cleared: tuple[ActionCleared, ...] = ()
    overrides: int = 0  # that were ever proposed

    @property
    def subject(self) -> str | None:
        return self.person or None

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case HoldPlaced():
                hold = Hold(placed=fact, review_on=fact.review_on)
                return replace(self, person=fact.person, holds=(*self.holds, hold))
            case HoldNotified():
                return self.changed(fact.hold, notified_on=fact.on)
            case HoldReviewed():
                return self.changed(fact.hold, review_on=fact.review_on)
            case HoldLifted():
                return self.changed(fact.hold, lifted_on=fact.on)
            case HoldOverrideProposed():
                waiting = (*self.proposed, fact)
                return replace(self, proposed=waiting, overrides=self.overrides + 1)
            case HoldOverridden():
                return self.agreed(fact)
            case ActionCleared():
                cleared = (*self.cleared, fact)
                left = self.left_after(fact)
                return replace(
                    self, person=fact.person, cleared=cleared, overridden=left
                )
        return self

    def agreed(self, fact: HoldOverridden) -> Self:
        waiting = tuple(p for p in self.proposed if p.override != fact.override)
        return replace(self, proposed=waiting, overridden=(*self.overridden, fact))

    def changed(self, name: str, **changes: object) -> Self:
        holds = tuple(
            replace(hold, **changes) if hold.name == name else hold
            for hold in self.holds
        )
        return replace(self, holds=holds)

    def find(self, name: str) -> Hold | None:
        return next((hold for hold in self.holds if hold.name == name), None)

    def named(self, name: str) -> Hold:
        """Return the hold with this name, or raise `Unknown`."""
        if found := self.find(name):
            return found
        raise Unknown("hold", name)

    def told_of(self, fact: Fact) -> bool:
        """Return whether the person may know of a fact: of what they were told of."""
        name = getattr(fact, "hold", None)
        if isinstance(fact, ActionCleared) and fact.override:
            name = person_of(fact.override)
        hold = self.find(name) if name else None
        return hold is None or hold.told

    def holding(self, type_: HoldKind, target: str) -> tuple[Hold, ...]:
        """Return all that stands in the way of an action."""
        return tuple(hold for hold in self.holds if hold.holds(type_, target))

    def override_of(self, hold: str, target: str) -> HoldOverridden | None:
        """Return the override that lets one action past a hold, if there is one."""
        found = (o for o in self.overridden if (o.hold, o.target) == (hold, target))
        return next(found, None)

    def left_after(self, fact: ActionCleared) -> tuple[HoldOverridden, ...]:
        """Return the overrides that are left when an action has gone ahead."""
        passed = {hold.name for hold in self.holding(fact.type, fact.target)}
        return tuple(
            override
            for override in self.overridden
            if override.target != fact.target or override.hold not in passed
        )


def holds_stream(person: str) -> UUID:
    return stream_of("holds", person)


def person_of(hold: str) -> str:
    """Return of whom the hold with this name, "PERSON:1", is."""
    return hold.rpartition(":")[0]
