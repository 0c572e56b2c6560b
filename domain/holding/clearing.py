"""Whether an action goes ahead: nothing holds it, or two people agreed that it may."""

from domain.access import OWN_MATTER
from domain.conflict import asking, refuse_conflict
from domain.errors import NotAllowed, Refused, Unknown, WrongStage
from domain.hold import (
    ActionCleared,
    Hold,
    HoldKind,
    HoldOverridden,
    HoldOverrideProposed,
    Holds,
)
from domain.holding.placing import OfHold, OfPerson, law_of, refuse_words, rule_text
from domain.person import person_named
from domain.record import Decision, Given
from domain.records.words import demand

SECOND = "one person proposes that a held action goes ahead, and another agrees"
ONCE = "an override is for one action, once"


class Held(Refused):
    """An action does not go ahead; it says what holds it, why, and until what."""


class ProposeOverride(OfHold):
    """Ask that one action go ahead though it is held; a second person has to agree."""

    target: str
    text: str

    def decide(self, holds: Holds, given: Given) -> Decision:
        found = self.standing(holds)
        refuse_conflict(given, found.placed.person)
        rule = f"{SECOND}; {rule_text(*law_of(given, found.placed))}"
        refuse_words("target", self.target)
        demand("text", self.text, what="say why it is to go ahead", rule=rule)
        if found.placed.target not in (None, self.target):
            reason = f"{self.hold} holds {found.placed.target} alone"
            raise WrongStage(reason, rule=rule)
        yield HoldOverrideProposed(
            hold=self.hold,
            override=f"{self.hold}:{holds.overrides + 1}",
            target=self.target,
            text=self.text,
            proposed_by=given.by.id,
        )


class AgreeOverride(OfHold):
    """Agree to what another proposed; the action can then be cleared, once."""

    override: str
    text: str

    def decide(self, holds: Holds, given: Given) -> Decision:
        found = self.standing(holds)
        refuse_conflict(given, found.placed.person)
        rule = f"{SECOND}; {rule_text(*law_of(given, found.placed))}"
        demand("text", self.text, what="say why it is to go ahead", rule=rule)
        proposed = self.proposed(holds)
        if proposed.proposed_by in asking(given):
            reason = f"{proposed.proposed_by} proposed it"
            raise NotAllowed(reason, rule=rule)
        yield HoldOverridden(
            hold=self.hold,
            override=self.override,
            target=proposed.target,
            proposed_by=proposed.proposed_by,
            text=self.text,
        )

    def proposed(self, holds: Holds) -> HoldOverrideProposed:
        for known in holds.proposed:
            if (known.hold, known.override) == (self.hold, self.override):
                return known
        raise Unknown("override that waits for a second person", self.override)


class ClearAction(OfPerson):
    """Ask for one action to go ahead, before it does: who issues, promotes, lets go.

    It is refused, and nothing is recorded, while anything holds it; the refusal says
    what, why, until what, and when that is looked at again (S2-10).

    Attributes:
        type: what sort of action it is.
        target: which document or action, by the name that a hold or override gives it.
    """

    type: HoldKind
    target: str

    def decide(self, holds: Holds, given: Given) -> Decision:
        person_named(given, self.person)
        if self.person in asking(given):
            raise NotAllowed(f"{self.person} asks for themselves", rule=OWN_MATTER)
        refuse_words("target", self.target)
        override = None
        for hold in holds.holding(self.type, self.target):
            agreed = holds.override_of(hold.name, self.target)
            if agreed is None:
                raise refusal(given, hold)
            override = agreed.override
        yield ActionCleared(
            person=self.person,
            type=self.type,
            target=self.target,
            on=given.at.date(),
            override=override,
        )


def refusal(given: Given, hold: Hold) -> Held:
    """Return why an action is refused: all that the person was told of the hold."""
    placed = hold.placed
    reason = (
        f"{hold.name} holds it on the ground {placed.basis}: {placed.text};"
        f" it is lifted when: {placed.release}; it is reviewed by {hold.review_on}"
    )
    return Held(reason, rule=rule_text(*law_of(given, placed)))
